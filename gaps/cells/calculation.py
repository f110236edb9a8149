"""From the facts of an area to its cells: pure, no statement."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from gaps.cells.cell import Cell, Demand, Supply
from gaps.cells.classes import classify
from gaps.cells.facts import AreaFacts, Grid, Homes, OfferFacts, QuestionFacts
from providers.enums import CareLevel
from providers.figures.demand import CellKey, DemandFigures
from providers.rules.ages import Ages, suits_ages
from providers.rules.danger import SpokenOf

NOT_COUNTED = DemandFigures()
Distances = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ServedOffer:
    """An offer in one municipality: whether it goes on there, and how far it is.

    `metres` has the distance from each postal area to its nearest place; None without a place.
    `youths` says how many young people live in each of those areas.
    """

    facts: OfferFacts
    goes_on: bool
    metres: Distances | None
    youths: tuple[int, ...] = ()


def cells_of(area: AreaFacts, demand: Demand | None = None) -> list[Cell]:
    """Return every cell of these municipalities, in the order of the vocabulary and the ages."""
    return [cell for code in area.served for cell in _of_municipality(area, code, demand or {})]


def _of_municipality(area: AreaFacts, code: str, demand: Demand) -> Iterator[Cell]:
    counted = offers_by_cell(area, code)
    for key in keys_of(area, code):
        supply = supply_of(counted.get(key, ()))
        figures = demand.get(key, NOT_COUNTED)
        yield Cell(key, supply, figures, classify(supply, area.thresholds))


def keys_of(area: AreaFacts, code: str) -> Iterator[CellKey]:
    """Yield the cells of a municipality: each help question at each age at which it is asked."""
    for question in area.questions:
        for band, ages in area.bands:
            if suits_ages(question, ages):
                yield CellKey(code, question.code, band)


def offers_by_cell(area: AreaFacts, code: str) -> dict[CellKey, list[ServedOffer]]:
    """Return the offers of each cell that has any: those that a search there would find."""
    bands_of_question = _bands_by_question(area.questions, area.bands)
    found: dict[CellKey, list[ServedOffer]] = {}
    for offer in _served(area, code):
        facts = offer.facts
        bands = {band for band, ages in area.bands if suits_ages(facts, ages)}
        for question in facts.questions:
            if not is_shown_for(question, facts.reserved_for):
                continue
            for band in bands_of_question.get(question, ()):
                if band in bands:
                    found.setdefault(CellKey(code, question, band), []).append(offer)
    return found


def is_shown_for(question: str, reserved_for: str) -> bool:
    """Whether who asks this question is shown an offer that may be reserved for a danger."""
    return not reserved_for or SpokenOf([question]).allows(reserved_for)


def _bands_by_question(
    questions: Iterable[QuestionFacts], bands: Sequence[tuple[str, Ages]]
) -> dict[str, list[str]]:
    return {one.code: [band for band, ages in bands if suits_ages(one, ages)] for one in questions}


def _served(area: AreaFacts, code: str) -> Iterator[ServedOffer]:
    ends_by = area.today + dt.timedelta(days=area.thresholds.ends_days)
    homes = area.homes.get(code, Homes())
    nearest = cache(lambda places: metres_to_nearest(homes.middles, places))
    for pk, ends_on in area.served[code]:
        facts = area.offers.get(pk)
        if facts is not None:
            goes_on = all(day is None or day > ends_by for day in (ends_on, facts.funded_until))
            metres = nearest(facts.places) if facts.places else None
            yield ServedOffer(facts, goes_on, metres, homes.youths)


def metres_to_nearest(homes: Iterable[Grid], places: Sequence[Grid]) -> Distances:
    """Return from each home the metres to the nearest of these places."""
    return tuple(min(math.dist(home, place) for place in places) for home in homes)


def supply_of(offers: Sequence[ServedOffer]) -> Supply:
    """Return the offers of one cell counted."""
    if not offers:
        return Supply()
    facts = [one.facts for one in offers]
    weeks = [one.weeks for one in facts if one.weeks is not None]
    return Supply(
        offers=len(facts),
        providers=len({one.provider for one in facts}),
        by_level=_by_level(facts),
        groups=sum(one.group for one in facts),
        timely=sum(one.timely for one in facts),
        late=sum(one.late for one in facts),
        fresh=sum(one.fresh for one in facts),
        best_weeks=min(weeks, default=None),
        median_weeks=median(weeks) if weeks else None,
        with_norm=sum(one.within_norm is not None for one in facts),
        within_norm=sum(one.within_norm is True for one in facts),
        nearest_km=_nearest_km([one.metres for one in offers if one.metres], offers[0].youths),
        come_along=sum(one.comes_along for one in facts),
        place_unknown=sum(not one.places and not one.comes_along for one in facts),
        ending=sum(not one.goes_on for one in offers),
        lasting_providers=len({one.facts.provider for one in offers if one.goes_on}),
        languages=_all_codes(one.languages for one in facts),
        target_groups=_all_codes(one.target_groups for one in facts),
        also_takes=_all_codes(one.also_takes for one in facts),
    )


def _by_level(facts: Iterable[OfferFacts]) -> tuple[int, ...]:
    levels = [one.level for one in facts]
    return tuple(levels.count(step) for step in CareLevel)


def _nearest_km(distances: Sequence[Distances], youths: Sequence[int]) -> float | None:
    """Return the mean over the young people of the distance to the nearest offer, in kilometres."""
    if not distances:
        return None
    nearest = [min(from_home) for from_home in zip(*distances, strict=True)]
    metres = sum(far * many for far, many in zip(nearest, youths, strict=True))
    return float(metres) / sum(youths) / 1000


def _all_codes(codes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({code for some in codes for code in some}))
