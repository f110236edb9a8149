"""How long one waits in one municipality: figures per kind of help, quarter and method."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import HelpKind, WaitMethod
from providers.models import Municipality, WaitNorm
from providers.rules.norms import norms_of
from providers.rules.small_numbers import Hidden, is_small, protect, small_number_words
from providers.statistics import Figures, Row, measurements, table

YEARS_BACK = 2
BEGAN = (WaitMethod.MEAN, WaitMethod.MEDIAN)
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, as page and file print it."""

    quarter: str
    method: str
    kind: str
    is_total: bool
    # Counts in no total: help of the local team, prevention, and help of an unknown kind.
    is_apart: bool
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
        lines=lines_of(rows),
        norms=tuple(norms.values()),
    )


@dataclass(frozen=True, slots=True)
class Hides:
    """What is hidden of one line: the whole line by its number of measurements, or who waits."""

    line: Hidden | None = None
    waiting: Hidden | None = None

    @classmethod
    def alone(cls, figures: Figures) -> "Hides":
        """Return what is hidden of figures that count in no total."""
        return cls(
            Hidden.SMALL if is_small(figures.n) else None,
            Hidden.SMALL if is_small(figures.waiting or 0) else None,
        )


def lines_of(rows: Iterable[Row]) -> tuple[Line, ...]:
    """Return the rows of a table as lines from which no hidden number follows.

    Fewer than five measurements say more about one provider than about waiting.
    """
    lines: list[Line] = []
    for _part, group in groupby(rows, key=lambda row: (row.quarter, row.method)):
        part = list(group)
        hides = _hides([row for row in part if not row.is_apart])
        lines += [_line(row, hides.get(row.kind) or Hides.alone(row.figures)) for row in part]
    return tuple(lines)


def _hides(rows: list[Row]) -> dict[HelpKind | None, Hides]:
    """Return what is hidden of a total (it comes first, if any) and of each of its parts."""
    if not rows:
        return {}
    total, *kinds = rows
    counts = protect([row.figures.n for row in kinds])
    people = [row.figures.waiting or 0 for row in kinds]
    # A total that is hidden gives nothing to subtract from.
    waiting = None if counts.total else protect(people, blank=list(counts.parts))
    found = {total.kind: Hides(counts.total, waiting.total if waiting else None)}
    for place, row in enumerate(kinds):
        alone = Hides.alone(row.figures).waiting
        hidden = waiting.parts.get(place) if waiting else alone
        found[row.kind] = Hides(counts.parts.get(place), hidden)
    return found


def _line(row: Row, hides: Hides) -> Line:
    return Line(
        quarter=_("%(n)se kwartaal %(year)s") % {"n": row.quarter.number, "year": row.quarter.year},
        method=str(row.method.label),
        kind=str(row.kind.label) if row.kind else _("Alle soorten specialistische hulp"),
        is_total=row.kind is None,
        is_apart=row.is_apart,
        counts_only_started=row.method in BEGAN,
        cells=cells(row.figures, hides),
    )


def cells(figures: Figures, hides: Hides | None = None) -> tuple[str, ...]:
    """Return figures as people read them, without what is hidden."""
    hides = Hides.alone(figures) if hides is None else hides
    if hides.line:
        return (_instead(hides.line, figures.n), *(NO_FIGURE for _column in range(8)))
    waiting = _("onbekend") if figures.waiting is None else str(figures.waiting)
    if hides.waiting:
        waiting = _instead(hides.waiting, figures.waiting or 0)
    if not figures.n:
        return (_("geen"), *(NO_FIGURE for _column in range(7)), waiting)
    return (str(figures.n), *_weeks_and_shares(figures), waiting)


def _instead(hidden: Hidden, number: int) -> str:
    """Return what is shown in the place of a hidden number."""
    if hidden is Hidden.SMALL:
        return small_number_words(number)
    return _("niet getoond") if hidden is Hidden.WITHHELD else NO_FIGURE


def _weeks_and_shares(figures: Figures) -> tuple[str, ...]:
    return (
        measured(figures.low),
        weeks(figures.median),
        weeks(figures.mean),
        measured(figures.high),
        weeks(figures.sd),
        percentage(figures.under_a_week),
        _("geen norm") if figures.within_norm is None else percentage(figures.within_norm),
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
