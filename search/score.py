"""One score, computed in the database, and the same numbers in words.

Every term lies between 0 and 1 and is made of sums, products and quotients of floats only, so
that both engines come to the same figure. docs/ranking.md has a worked example.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, F, FloatField, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least, Mod
from django.utils.translation import gettext as _

from providers.availability import fresh_wait, run_with_places
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.services.index import TURNS

# Weeks of what is not known or has stopped: longer than any wait, so a known wait goes before.
NEVER = 999.0
RUN_BANDS = (2, 6, 12)
HALF_WAIT = 4.0  # weeks at which the start counts half
HALF_DISTANCE = 5_000.0  # metres at which nearness counts half
HALF_FIT = 2.0  # points at which the fit counts half
ON_STEP = 353  # turns per day: shares no factor with TURNS
SCORE_COLUMNS = ("fit", "start_weeks", "light", "near", "fresh", "score")


@dataclass(frozen=True, slots=True)
class Score:
    """The numbers behind the place of one result."""

    fit: float
    start_weeks: float
    light: float
    near: float
    fresh: float
    total: float

    def parts(self) -> list[tuple[str, int, int]]:
        """Return (what, points, out of) for each term: the explanation is the sum."""
        weights = settings.SEARCH_WEIGHTS
        shares = {
            "fit": (_("past bij de vraag"), self.fit / (self.fit + HALF_FIT)),
            "start": (_("kan snel starten"), HALF_WAIT / (HALF_WAIT + self.start_weeks)),
            "light": (_("licht, in een groep"), self.light),
            "near": (_("dichtbij"), self.near),
            "fresh": (_("pas bevestigd"), self.fresh),
        }
        return [
            (words, round(weights[name] * share), round(weights[name]))
            for name, (words, share) in shares.items()
        ]


def with_score(rows: Any, filterset: OfferFilterSet) -> Any:
    """Annotate the terms, `score` and `turn_today` on rows of the search index."""
    weights = settings.SEARCH_WEIGHTS
    rows = rows.with_fit(filterset.question_codes, filterset.words)
    rows = rows.annotate(
        start_weeks=start_weeks(filterset.today),
        light=_light(),
        fresh=_fresh(filterset.today),
        near=_near(filterset),
    )
    fit = Cast("fit", FloatField())
    score = (
        weights["fit"] * (fit / (fit + HALF_FIT))
        + weights["start"] * (_number(HALF_WAIT) / (HALF_WAIT + F("start_weeks")))
        + weights["light"] * F("light")
        + weights["near"] * F("near")
        + weights["fresh"] * F("fresh")
    )
    return rows.annotate(score=Cast(score, FloatField()), turn_today=turn(filterset.today))


def _number(value: float) -> Combinable:
    # PostgreSQL reads a bare 4.0 as numeric, whose quotients differ from those of floats.
    return Cast(Value(value), FloatField())


def start_weeks(today: dt.date) -> Combinable:
    """Weeks until it can start, by the wait or a run with places; NEVER when not known."""
    wait = Case(When(fresh_wait(today), then=F("wait_weeks")), output_field=FloatField())
    bands = [
        When(Q(run_with_places(today, weeks=weeks)), then=_number(weeks)) for weeks in RUN_BANDS
    ]
    run = Case(*bands, default=_number(NEVER), output_field=FloatField())
    return Least(Coalesce(wait, _number(NEVER)), run)


def _light() -> Combinable:
    """Four fifths for the step, one fifth for a group."""
    step = (_number(6.0) - Cast("level", FloatField())) / _number(6.0)
    group = Case(When(group=True, then=_number(0.2)), default=_number(0.0))
    return step * _number(0.8) + group


def _fresh(today: dt.date) -> Combinable:
    confirmed = Q(confirmed_on__gte=fresh_since(Fact.OFFER, today))
    return Case(When(confirmed, then=_number(1.0)), default=_number(0.0))


def _near(filterset: OfferFilterSet) -> Combinable:
    """Help without an address counts as if it were five kilometres away: half."""
    if not filterset.place:
        return _number(0.0)
    square = Cast("square_distance", FloatField()) / _number(HALF_DISTANCE**2)
    return Coalesce(_number(1.0) / (_number(1.0) + square), _number(0.5))


def turn(today: dt.date) -> Combinable:
    """The order between equals: every provider is first on some day, the same all day."""
    shifted = F("turn") + Value((today.toordinal() * ON_STEP) % TURNS)
    return Mod(shifted, Value(TURNS), output_field=IntegerField())
