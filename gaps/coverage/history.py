"""How a cell, and a whole municipality, stood at the end of earlier months: by what was stored."""

import datetime as dt
from dataclasses import dataclass

from gaps.cells.cell import Cell, Thresholds
from gaps.coverage.report import Coverage, coverage_from
from gaps.coverage.snapshots import last_of_each_month
from gaps.coverage.words import KindWords, kind_words, weeks_words
from gaps.models import CoverageSnapshot
from providers.figures.demand import CellKey
from providers.models import Municipality

MONTHS = 13


@dataclass(frozen=True, slots=True)
class Moment:
    """How one cell stood on one day."""

    on: dt.date
    words: KindWords
    offers: int
    best: str
    median: str


def history_of(
    place: Municipality, key: CellKey, thresholds: Thresholds, *, today: dt.date
) -> tuple[Moment, ...]:
    """Return a cell at the end of each month of the past year, the newest first: two statements."""
    stored = CoverageSnapshot.objects.filter(
        municipality=place,
        taken_on__range=(today - dt.timedelta(days=MONTHS * 31), today - dt.timedelta(days=1)),
    )
    days = last_of_each_month(stored.order_by().values_list("taken_on", flat=True))
    moments = []
    for row in stored.filter(taken_on__in=days).order_by("-taken_on"):
        cell = coverage_from(place, row.taken_on, row.content).by_key.get(key)
        if cell is not None:
            moments.append(_moment(row.taken_on, cell, thresholds))
    return tuple(moments)


def _moment(on: dt.date, cell: Cell, thresholds: Thresholds) -> Moment:
    return Moment(
        on,
        kind_words(cell.kind, thresholds),
        cell.supply.offers,
        weeks_words(cell.supply.best_weeks),
        weeks_words(cell.supply.median_weeks),
    )


def stored_on(place: Municipality, on: dt.date) -> CoverageSnapshot | None:
    """Return the snapshot of this day, if there is one."""
    return CoverageSnapshot.objects.filter(municipality=place, taken_on=on).first()


def last_quarter(place: Municipality, *, today: dt.date) -> Coverage | None:
    """Return how it stood at the end of the last quarter: the last day stored before this one.

    None when nothing was stored in that quarter or earlier.
    """
    began = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    row = CoverageSnapshot.objects.filter(municipality=place, taken_on__lt=began).first()
    return coverage_from(place, row.taken_on, row.content) if row else None
