"""What the score is made of, and the same numbers in words; `ranking` has the statement.

Every term lies between 0 and 1 and is made of sums, products and quotients of floats only, so
that both engines come to the same figure. docs/ranking.md has a worked example.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, IntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Mod
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from providers.languages import cached_per_language
from providers.rules.fit import fit_share
from providers.services.index import TURNS

HALF_WAIT = 4.0  # weeks at which the start counts half
HALF_DISTANCE = 5_000.0  # metres at which nearness counts half
ON_STEP = 353  # turns per day: shares no factor with TURNS
TERMS = {
    "fit": _lazy("Past bij de vraag"),
    "start": _lazy("Kan snel starten"),
    "light": _lazy("Licht, of in een groep"),
    "near": _lazy("Dichtbij"),
    "fresh": _lazy("Pas bevestigd"),
}
SCORE_COLUMNS = ("fit", "start_weeks", "start", "light", "near", "fresh", "score", "unknowns")


class ScoreTerm(NamedTuple):
    """One term of a score in whole points."""

    words: str
    points: int
    out_of: int

    @property
    def share(self) -> str:
        """Return the points as they are said; here, as a template takes ten times as long."""
        return _("%(n)s van %(most)s") % {"n": self.points, "most": self.out_of}


@dataclass(frozen=True, slots=True)
class Score:
    """The numbers behind the place of one result.

    Before the total counts of how many of the filters in use it is not known whether they fit.
    """

    fit: float
    start_weeks: float
    start: float
    light: float
    near: float
    fresh: float
    total: float
    unknowns: int = 0

    @property
    def points(self) -> int:
        """Return the total in whole points: never less than that of a lower total."""
        return round(self.total)

    @property
    def out_of(self) -> int:
        """Return the most points there are."""
        return round(sum(settings.SEARCH_WEIGHTS.values()))

    def parts(self) -> tuple[ScoreTerm, ...]:
        """Return each term in whole points, which add up to `points`."""
        weights = settings.SEARCH_WEIGHTS
        terms = [weights[name] * share for name, share in self._shares().items()]
        return _in_words(tuple(_whole(terms)), tuple(weights[name] for name in TERMS))

    def _shares(self) -> dict[str, float]:
        return {
            "fit": fit_share(self.fit),
            "start": self.start,
            "light": self.light,
            "near": self.near,
            "fresh": self.fresh,
        }


@cached_per_language(4000)
def _in_words(points: tuple[int, ...], weights: tuple[float, ...]) -> tuple[ScoreTerm, ...]:
    named = zip(TERMS.values(), points, weights, strict=True)
    return tuple(ScoreTerm(str(words), whole, round(weight)) for words, whole, weight in named)


def _whole(values: list[float]) -> list[int]:
    """Round so that the sum is the rounded sum: the largest remainders go up."""
    floors = [int(value) for value in values]
    left = round(sum(values)) - sum(floors)
    largest = sorted(range(len(values)), key=lambda n: floors[n] - values[n])
    return [floor + (n in largest[:left]) for n, floor in enumerate(floors)]


def turn(today: dt.date) -> Combinable:
    """The order between equals: every provider is first on some day, the same all day."""
    shifted = F("turn") + Value(day_shift(today))
    return Mod(shifted, Value(TURNS), output_field=IntegerField())


def day_shift(today: dt.date) -> int:
    """Return by how much the turns have moved on this day."""
    return (today.toordinal() * ON_STEP) % TURNS
