"""How long one waits in one municipality: figures per kind of help, quarter and method."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import WaitMethod
from providers.models import Municipality, WaitNorm
from providers.norms import norms_of
from providers.statistics import Figures, Row, measurements, table

YEARS_BACK = 2
BEGAN = (WaitMethod.MEAN, WaitMethod.MEDIAN)
# Fewer than this many measurements say more about one provider than about waiting.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, as page and file print it."""

    quarter: str
    method: str
    kind: str
    is_total: bool
    # A mean or median counts only who began, which has to be told beside it.
    counts_only_started: bool
    cells: tuple[str, ...]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Return each figure with the name of its column."""
        return list(zip(headings(), self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one quarter and one method: a table of its own."""

    quarter: str
    method: str
    lines: tuple[Line, ...]

    @property
    def counts_only_started(self) -> bool:
        """Whether it counts only who began."""
        return any(line.counts_only_started for line in self.lines)


@dataclass(frozen=True, slots=True)
class WaitReport:
    """The table of one municipality, and the norms of its region."""

    municipality: Municipality
    on: dt.date
    lines: tuple[Line, ...]
    norms: tuple[WaitNorm, ...]

    @property
    def parts(self) -> list[Part]:
        """Return the lines by quarter and method, the newest first."""
        grouped = groupby(self.lines, key=lambda line: (line.quarter, line.method))
        return [Part(quarter, method, tuple(lines)) for (quarter, method), lines in grouped]


def headings() -> list[str]:
    """Return the names of the columns with figures."""
    return [
        _("metingen"),
        _("kortste"),
        _("mediaan"),
        _("gemiddelde"),
        _("langste"),
        _("SD"),
        _("< 1 week"),
        _("in de norm"),
        _("wachtenden"),
    ]


def wait_report(municipality: Municipality, *, today: dt.date) -> WaitReport:
    """Return the figures of the last two years in two statements."""
    norms = norms_of(municipality.region_id)  # Statement 1.
    since = today.replace(year=today.year - YEARS_BACK, month=1, day=1)
    rows = table(  # Statement 2: the measurements.
        measurements(municipality=municipality.pk, since=since, until=today),
        norms={kind: norm.weeks for kind, norm in norms.items()},
    )
    return WaitReport(
        municipality=municipality,
        on=today,
        lines=tuple(_line(row) for row in rows),
        norms=tuple(norms.values()),
    )


def _line(row: Row) -> Line:
    return Line(
        quarter=_("%(n)se kwartaal %(year)s") % {"n": row.quarter.number, "year": row.quarter.year},
        method=str(row.method.label),
        kind=str(row.kind.label) if row.kind else _("Alle soorten hulp"),
        is_total=row.kind is None,
        counts_only_started=row.method in BEGAN,
        cells=cells(row.figures),
    )


def cells(figures: Figures) -> tuple[str, ...]:
    """Return figures as people read them; below five measurements only that there are few."""
    waiting = _("onbekend") if figures.waiting is None else str(figures.waiting)
    if figures.n < FEWEST:
        few = _("minder dan %(n)s") % {"n": FEWEST} if figures.n else _("geen")
        return (few, *("–" for _column in range(7)), "–" if figures.n else waiting)
    return (
        str(figures.n),
        measured(figures.low),
        weeks(figures.median),
        weeks(figures.mean),
        measured(figures.high),
        weeks(figures.sd),
        percentage(figures.under_a_week),
        _("geen norm") if figures.within_norm is None else percentage(figures.within_norm),
        waiting,
    )


def measured(value: Decimal | None) -> str:
    """Return the weeks of one measurement: '47', '0,5'."""
    if value is not None and value == value.to_integral():
        return str(int(value))
    return weeks(value)


def weeks(value: Decimal | None) -> str:
    """Return weeks that were calculated, with one decimal: '5,4', '8,0'."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return formats.number_format(rounded, decimal_pos=1)


def percentage(share: Decimal | None) -> str:
    """Return a share as a whole percentage."""
    if share is None:
        return "–"
    return f"{(share * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)}%"
