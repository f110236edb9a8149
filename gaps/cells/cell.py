"""One cell: what there is in a municipality for one help question at one age band."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from providers.enums import UPSTREAM_LEVELS, AgeBand, CareLevel
from providers.figures.demand import CellKey, DemandFigures
from providers.forming import ages_of
from providers.rules.ages import Ages

# The bands of children and young people; help for parents counts at the age of their child.
BANDS = (AgeBand.TODDLER, AgeBand.YOUNG, AgeBand.MIDDLE, AgeBand.TEEN, AgeBand.OLDER)


def band_ages(band: str) -> Ages:
    """Return the ages of a band, both ends included."""
    return Ages(*(ages_of(band) or (0, 0)))


class CellClass(StrEnum):
    """What a cell amounts to, worst first: the first that holds is its class."""

    NOTHING = "niets"
    TOO_FAR = "te-ver"
    TOO_LATE = "te-laat"
    ONLY_HEAVY = "alleen-zwaar"
    NO_GROUP = "geen-groep"
    FRAGILE = "kwetsbaar"
    UNKNOWN = "onbekend"
    COVERED = "gedekt"

    @property
    def rank(self) -> int:
        """Its place in the order: 0 is the worst."""
        return list(CellClass).index(self)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where something is too far, too late or fragile; shown with every figure."""

    far_km: float
    late_weeks: float
    ends_days: float
    fewest_providers: float

    @classmethod
    def from_settings(cls) -> "Thresholds":
        """Return those of GAP_THRESHOLDS."""
        return cls(**settings.GAP_THRESHOLDS)


Demand = Mapping[CellKey, DemandFigures]


@dataclass(frozen=True, slots=True)
class Supply:
    """The offers of a cell, counted. Counts are of offers, not of people.

    `timely` are offers known by recent news to start within the limit that holds for them: the
    norm of the region for their kind of help, or else the threshold. `late` are those whose last
    word, however old, was that they start later or take nobody: an old measurement is no reason
    to call help that was late better than it was. Weeks run from referral to the start of help
    and only count while they are recent. `nearest_km` is the mean, over the young people of
    the municipality, of the distance from the middle of their postal area to the nearest place.
    None of an offer that comes to people, or without a known place.
    """

    offers: int = 0
    providers: int = 0
    by_level: tuple[int, ...] = (0,) * len(CareLevel)
    groups: int = 0
    timely: int = 0
    late: int = 0
    fresh: int = 0
    best_weeks: float | None = None
    median_weeks: float | None = None
    # Offers with a recent wait and a norm of the region for their kind, and those within it.
    with_norm: int = 0
    within_norm: int = 0
    nearest_km: float | None = None
    # Offers that come to people (at home, at school, online), and of which the place is not known.
    come_along: int = 0
    place_unknown: int = 0
    # Offers whose contract or money ends within the threshold; providers with any that goes on.
    ending: int = 0
    lasting_providers: int = 0
    languages: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    also_takes: tuple[str, ...] = ()

    @property
    def light(self) -> int:
        """Offers on the steps 0-2."""
        return sum(self.by_level[step] for step in UPSTREAM_LEVELS)

    def percentage(self, part: int) -> int | None:
        """Return so many of the offers as a whole percentage; None without offers."""
        return round(100 * part / self.offers) if self.offers else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its class: what there is, what is asked for, and what that comes to."""

    key: CellKey
    supply: Supply
    demand: DemandFigures
    kind: CellClass
