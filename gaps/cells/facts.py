"""What the calculation needs of an area: frozen, read once, shared by its cells."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from gaps.cells.cell import Thresholds
from providers.rules.ages import Ages

# A place in metres of the national grid.
Grid = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the young people of a municipality live: the middle of each postal area, and how many.

    `youths` is an estimate per postal area; where none is known at all, each area counts alike.
    """

    middles: tuple[Grid, ...] = ()
    youths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A help question and the ages at which people ask it."""

    code: str
    age_min: int | None
    age_max: int | None


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer, judged by the rules of the domain with the clocks of the area.

    `weeks` until it can start, by recent news only; None when that is not known. `places` are the
    points of its locations.
    """

    pk: int
    provider: int
    level: int
    age_min: int | None
    age_max: int | None
    group: bool
    comes_along: bool
    weeks: float | None
    timely: bool
    late: bool
    within_norm: bool | None
    fresh: bool
    questions: tuple[str, ...]
    reserved_for: str
    target_groups: tuple[str, ...]
    languages: tuple[str, ...]
    also_takes: tuple[str, ...]
    funded_until: dt.date | None
    places: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """Everything about some municipalities of one region, from which their cells follow.

    `served` has per municipality its offers with the last day there, if any; `homes` where its
    young people live.
    """

    today: dt.date
    thresholds: Thresholds
    questions: tuple[QuestionFacts, ...]
    bands: tuple[tuple[str, Ages], ...]
    offers: Mapping[int, OfferFacts]
    served: Mapping[str, tuple[tuple[int, dt.date | None], ...]]
    homes: Mapping[str, Homes]
