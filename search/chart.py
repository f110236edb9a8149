"""The line of a year: total weeks of wait, drawn on the server as SVG."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from providers.availability import Band, band_of_weeks
from providers.models import WaitTime

LEFT, RIGHT, TOP, BOTTOM = 36, 536, 29, 122


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the line with the month below it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A horizontal line with the number of weeks beside it."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of 560 by 150 with the same content in words."""

    kind: Band
    summary: str
    path: str
    points: list[Mark]
    ticks: list[Tick]
    now_label: str
    now_x: float
    now_y: float


def wait_chart(waits: Sequence[WaitTime], *, stale: bool) -> Chart | None:
    """Draw measurements, oldest first; None when fewer than two have a total."""
    known = [(wait.measured_on, wait.total_weeks) for wait in waits if wait.total_weeks is not None]
    if len(known) < 2:
        return None
    high = _top(max(weeks for _day, weeks in known))
    marks = _marks(known, high)
    last = known[-1][1]
    now_label = _("%(n)s weken") % {"n": round(last)}
    return Chart(
        kind=Band.STALE if stale else band_of_weeks(last),
        summary=_summary(known),
        path="M" + "L".join(f"{mark.x} {mark.y}" for mark in marks),
        points=marks,
        ticks=[Tick(_y(value, high), str(value)) for value in (0, high // 2, high)],
        now_label=now_label,
        now_x=marks[-1].x,
        now_y=marks[-1].y,
    )


def _top(weeks: Decimal) -> int:
    """Return an even upper end of the scale."""
    for step in (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80, 120, 200):
        if weeks <= step:
            return step
    return 520


def _y(weeks: Decimal | int, high: int) -> float:
    return round(BOTTOM - float(weeks) / high * (BOTTOM - TOP), 1)


def _marks(known: Sequence[tuple[dt.date, Decimal]], high: int) -> list[Mark]:
    first, last = known[0][0], known[-1][0]
    span = max(1, (last - first).days)
    marks, shown = [], ""
    for day, weeks in known:
        x = round(LEFT + (day - first).days / span * (RIGHT - LEFT), 1)
        month = formats.date_format(day, "M").lower()
        marks.append(Mark(x, _y(weeks, high), month if month != shown else ""))
        shown = month
    return marks


def _summary(known: Sequence[tuple[dt.date, Decimal]]) -> str:
    (first_day, first), (last_day, last) = known[0], known[-1]
    return _("Wachttijd in weken: %(first)s in %(then)s, %(last)s in %(now)s") % {
        "first": round(first),
        "then": formats.date_format(first_day, "F Y"),
        "last": round(last),
        "now": formats.date_format(last_day, "F Y"),
    }
