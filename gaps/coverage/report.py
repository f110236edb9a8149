"""The cells of municipalities on a day: as stored that night, or computed now."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from gaps.cells.calculation import cells_of
from gaps.cells.cell import Cell, CellClass, Demand, Thresholds
from gaps.cells.loading import load_area
from gaps.coverage.demand import demand_in
from gaps.coverage.stored import Content, cells_from, thresholds_from
from gaps.models import CoverageSnapshot
from gaps.turns import one_at_a_time
from providers.figures.demand import CellKey
from providers.models import Municipality


@dataclass(frozen=True)
class Coverage:
    """What there is in one municipality on one day."""

    municipality: Municipality
    on: dt.date
    thresholds: Thresholds
    cells: tuple[Cell, ...]

    @cached_property
    def by_key(self) -> dict[CellKey, Cell]:
        """The cells by their key."""
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def counts(self) -> Counter[CellClass]:
        """How many cells there are of each class."""
        return Counter(cell.kind for cell in self.cells)


def coverage_of(place: Municipality, *, today: dt.date) -> Coverage:
    """Return what there is in this municipality today: see `coverage_of_all`."""
    return coverage_of_all([place], today=today)[0]


def coverage_in_region(place: Municipality, *, today: dt.date) -> list[Coverage]:
    """Return that of every municipality in the region of this one, by name."""
    region = Municipality.objects.filter(region=place.region_id).order_by("name")
    return coverage_of_all(list(region), today=today)


def coverage_of_all(places: list[Municipality], *, today: dt.date) -> list[Coverage]:
    """Return what there is in municipalities of one region today.

    Four statements: what was stored last night, and what was asked for; of what was not stored
    those of `load_area` as well. What was asked for is never stored with the supply: a frozen
    snapshot holds nothing about people.
    """
    stored = {
        row.municipality_id: row.content
        for row in CoverageSnapshot.objects.filter(municipality__in=places, taken_on=today)
    }
    demand = demand_in([place.pk for place in places], today)
    rest = [place for place in places if place.pk not in stored]
    fresh = computed(rest, today=today, demand=demand)
    return [
        Coverage(place, today, thresholds_from(stored[place.pk]), cells)
        if place.pk in stored and (cells := tuple(cells_from(place.pk, stored[place.pk], demand)))
        else fresh[place.pk]
        for place in places
    ]


@one_at_a_time
def computed(
    places: Iterable[Municipality], *, today: dt.date, demand: Demand | None = None
) -> dict[str, Coverage]:
    """Return what there is by what the catalogue says now; none for no municipalities."""
    here = list(places)
    if not here:
        return {}
    area = load_area(here, today=today)
    found: dict[str, list[Cell]] = {place.pk: [] for place in here}
    for cell in cells_of(area, demand):
        found[cell.key.municipality].append(cell)
    return {
        place.pk: Coverage(place, today, area.thresholds, tuple(found[place.pk])) for place in here
    }


def coverage_from(place: Municipality, on: dt.date, content: Content) -> Coverage:
    """Return what a stored content says of a municipality on a day."""
    return Coverage(place, on, thresholds_from(content), tuple(cells_from(place.pk, content, {})))
