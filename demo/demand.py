"""What made-up referrers searched for in the demo region in the past year.

How often follows from the young people of a municipality. Some questions mostly found nothing, so
that pages for municipalities have something to say.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from demo.moments import chance
from providers.enums import AgeBand, DemandOutcome
from providers.models import Demand, Municipality, PostalArea
from providers.models.policy import Searched
from providers.services.policy.demand import DAYS_KEPT

# No filter is called so: those of real searches are codes of the registry.
MADE_UP = "demo"
PAST_DAYS = 360
# How many referrers give a postcode; the others give the municipality.
WITH_POSTCODE = 0.6
# The size of Leiden, for which the numbers below hold.
YOUTHS = 20_000


class Wanted(NamedTuple):
    """So often a year a question was searched for at one age, and which part of it in vain."""

    help_question: str
    age_band: AgeBand
    times: int
    in_vain: float


WANTED = (
    Wanted("somberheid", AgeBand.TEEN, 64, 0.1),
    Wanted("somberheid", AgeBand.OLDER, 41, 0.2),
    Wanted("angst", AgeBand.MIDDLE, 38, 0.1),
    Wanted("angst", AgeBand.TEEN, 33, 0.1),
    Wanted("schoolverzuim", AgeBand.TEEN, 52, 0.5),
    Wanted("pesten", AgeBand.MIDDLE, 27, 0.1),
    Wanted("druk-en-afgeleid", AgeBand.YOUNG, 24, 0.2),
    Wanted("druk-en-afgeleid", AgeBand.MIDDLE, 46, 0.1),
    Wanted("opvoedvragen", AgeBand.TODDLER, 29, 0.0),
    Wanted("scheiding", AgeBand.MIDDLE, 31, 0.3),
    Wanted("autisme", AgeBand.YOUNG, 18, 0.4),
    Wanted("autisme", AgeBand.TEEN, 22, 0.3),
    Wanted("tics", AgeBand.YOUNG, 12, 0.9),
    Wanted("tics", AgeBand.MIDDLE, 9, 0.8),
    Wanted("komt-niet-buiten", AgeBand.OLDER, 14, 0.6),
    Wanted("gamen-en-scherm", AgeBand.TEEN, 19, 0.5),
    Wanted("rouw-na-zelfdoding", AgeBand.TEEN, 7, 0.7),
    Wanted("eetproblemen", AgeBand.TEEN, 16, 0.4),
    Wanted("zelfstandig-wonen", AgeBand.OLDER, 11, 0.5),
    Wanted("geldzorgen", AgeBand.MIDDLE, 13, 0.0),
)


def remove_demand() -> None:
    """Remove the searches of the demo; those of real referrers stay."""
    Demand.objects.filter(filters=MADE_UP).delete()


def add_demand(*, region: str, today: dt.date, seed: str) -> None:
    """Add the searches of a year in every municipality of the region."""
    areas: dict[str, list[PostalArea]] = {}
    for area in PostalArea.objects.filter(municipality__region=region).order_by("code"):
        areas.setdefault(area.municipality_id, []).append(area)
    counted = Counter(
        (_kept_on(day, today), searched)
        for place in Municipality.objects.filter(region=region).order_by("code")
        for day, searched in _searches(place, areas.get(place.pk, []), today, seed)
    )
    Demand.objects.bulk_create(
        (
            Demand(day=day, is_month=is_month, searches=times, **searched._asdict())
            for ((day, is_month), searched), times in counted.items()
        ),
        batch_size=1000,
    )


def _kept_on(day: dt.date, today: dt.date) -> tuple[dt.date, bool]:
    """Return on which day a search of this day is kept by now, and whether that is a month."""
    if (today - day).days > DAYS_KEPT:
        return day.replace(day=1), True
    return day, False


def _searches(
    place: Municipality, areas: list[PostalArea], today: dt.date, seed: str
) -> Iterator[tuple[dt.date, Searched]]:
    for wanted in WANTED:
        rng = chance(seed, "demand", place.pk, wanted.help_question, wanted.age_band)
        for _n in range(round(wanted.times * (place.youths or 0) / YOUTHS)):
            yield today - dt.timedelta(rng.randrange(PAST_DAYS)), _search(wanted, place, areas, rng)


def _search(
    wanted: Wanted, place: Municipality, areas: list[PostalArea], rng: random.Random
) -> Searched:
    postcode = ""
    if areas and rng.random() < WITH_POSTCODE:
        lived_in = [area.youths or 1 for area in areas]
        postcode = rng.choices(areas, weights=lived_in)[0].pk
    if rng.random() < wanted.in_vain:
        outcome = rng.choice((DemandOutcome.NONE, DemandOutcome.NONE, DemandOutcome.LATE))
    else:
        outcome = rng.choice((DemandOutcome.FEW, DemandOutcome.MANY, DemandOutcome.MANY))
    return Searched(
        municipality=place.pk,
        postal_area=postcode,
        help_question=wanted.help_question,
        age_band=wanted.age_band,
        formats="",
        outcome=outcome,
        filters=MADE_UP,
    )
