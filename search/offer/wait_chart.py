"""The line of a year: total weeks of wait, drawn on the server as SVG."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import WaitStatus
from providers.models import WaitTime
from providers.rules.availability import Band, band_of_weeks

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


Known = tuple[dt.date, Decimal]


def wait_chart(waits: Sequence[WaitTime], *, stale: bool) -> Chart | None:
    """Draw measurements, oldest first; None when fewer than two have a total.

    The line breaks where an intake stop or an unknown wait lies between two measurements, and
    where the method changes: different methods make no line together.
    """
    known = [(wait.measured_on, wait.total_weeks) for wait in waits if wait.total_weeks is not None]
    if len(known) < 2:
        return None
    high = _top(max(weeks for _day, weeks in known))
    marks = _marks(known, high, first=waits[0].measured_on, last=waits[-1].measured_on)
    last = known[-1][1]
    return Chart(
        kind=Band.STALE if stale else band_of_weeks(last),
        summary=_summary(known, waits),
        path=_path(marks, _breaks(waits)),
        points=marks,
        ticks=[Tick(_y(value, high), str(value)) for value in (0, high // 2, high)],
        now_label=_("%(n)s weken") % {"n": round(last)},
        now_x=marks[-1].x,
        now_y=marks[-1].y,
    )


def _breaks(waits: Sequence[WaitTime]) -> set[int]:
    """Return the numbers of the known measurements before which the line is broken."""
    breaks, number, before = set(), 0, ""
    for wait in waits:
        if wait.total_weeks is None:
            before = ""
            continue
        if wait.method != before:
            breaks.add(number)
        number, before = number + 1, wait.method
    return breaks


def _path(marks: Sequence[Mark], breaks: set[int]) -> str:
    steps = ("M" if number in breaks else "L" for number in range(len(marks)))
    return "".join(f"{step}{mark.x} {mark.y}" for step, mark in zip(steps, marks, strict=True))


def _top(weeks: Decimal) -> int:
    """Return an even upper end of the scale."""
    for step in (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80, 120, 200):
        if weeks <= step:
            return step
    return 520


def _y(weeks: Decimal | int, high: int) -> float:
    return round(BOTTOM - float(weeks) / high * (BOTTOM - TOP), 1)


def _marks(known: Sequence[Known], high: int, *, first: dt.date, last: dt.date) -> list[Mark]:
    span = max(1, (last - first).days)
    marks, shown = [], ""
    for day, weeks in known:
        x = round(LEFT + (day - first).days / span * (RIGHT - LEFT), 1)
        month = formats.date_format(day, "M").lower()
        marks.append(Mark(x, _y(weeks, high), month if month != shown else ""))
        shown = month
    return marks


def _summary(known: Sequence[Known], waits: Sequence[WaitTime]) -> str:
    (first_day, first), (last_day, last) = known[0], known[-1]
    line = _("Wachttijd in weken: %(first)s in %(then)s, %(last)s in %(now)s") % {
        "first": round(first),
        "then": formats.date_format(first_day, "F Y"),
        "last": round(last),
        "now": formats.date_format(last_day, "F Y"),
    }
    gaps = [_months(waits, WaitStatus.STOP, _("Aanmeldstop in %(months)s"))]
    gaps.append(_months(waits, WaitStatus.UNKNOWN, _("Onbekend in %(months)s")))
    return ". ".join(filter(None, [line, *gaps]))


def _months(waits: Sequence[WaitTime], status: WaitStatus, words: str) -> str:
    days = [wait.measured_on for wait in waits if wait.status == status]
    months = dict.fromkeys(formats.date_format(day, "F Y") for day in days)
    return words % {"months": ", ".join(months)} if months else ""
