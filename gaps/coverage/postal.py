"""What was asked for per postal area, and how much help has a place nearby."""

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from gaps.cells.cell import Thresholds
from gaps.missed import DAYS
from providers.models import Municipality, Offer, PostalArea
from providers.models.policy import Demand
from providers.models.policy.demand import IN_VAIN

# Under so many young people one search more or less says nothing about an area.
FEWEST_YOUTHS = 100


@dataclass(frozen=True, slots=True)
class AreaDemand:
    """One postal area.

    `searches` and `in_vain` are of the past year, of whoever gave this postcode; `nearby` are
    offers that serve the municipality and have a place within the threshold. `youths` is an
    estimate of who is 0-17 there (CBS, 2021); None where that is not known.
    """

    code: str
    town: str
    searches: int
    in_vain: int
    nearby: int
    youths: int | None

    @property
    def per_thousand(self) -> float | None:
        """Searches per 1,000 young people; None where too few live for that, or nobody knows."""
        if self.youths is None or self.youths < FEWEST_YOUTHS:
            return None
        return 1000 * self.searches / self.youths


@dataclass(frozen=True, slots=True)
class PostalPage:
    """Everything the page of the postal areas prints."""

    municipality: Municipality
    on: dt.date
    km: float
    areas: tuple[AreaDemand, ...]
    fewest_youths: int = FEWEST_YOUTHS

    @property
    def title(self) -> str:
        """Its heading."""
        return _("Per postcodegebied in %(name)s") % {"name": self.municipality.name}


def postal_page(place: Municipality, *, today: dt.date) -> PostalPage:
    """Return the postal areas of a municipality: three statements."""
    limit = Thresholds.from_settings().far_km
    areas = list(PostalArea.objects.filter(municipality=place).order_by("code"))
    searches, in_vain = _searches([area.pk for area in areas], today)
    places = _places(place, today)
    return PostalPage(
        municipality=place,
        on=today,
        km=limit,
        areas=tuple(
            AreaDemand(
                area.pk,
                area.town,
                searches[area.pk],
                in_vain[area.pk],
                _nearby((area.rd_x, area.rd_y), places, limit * 1000),
                area.youths,
            )
            for area in areas
        ),
    )


def _searches(codes: list[str], today: dt.date) -> tuple[Counter[str], Counter[str]]:
    since = today - dt.timedelta(days=DAYS - 1)
    counted = (
        Demand.objects.between(since, today)
        .filter(postal_area__in=codes)
        .order_by()
        .values_list("postal_area")
        .annotate(every=Sum("searches"), vain=Sum("searches", filter=IN_VAIN))
    )
    every, vain = Counter[str](), Counter[str]()
    for code, searches, in_vain in counted:
        every[code], vain[code] = searches, in_vain or 0
    return every, vain


def _places(place: Municipality, today: dt.date) -> list[tuple[int, int, int]]:
    """Return offer, x and y of every place of what serves this municipality."""
    offers = Offer.objects.visible().serving(place.pk, on=today)
    found = offers.order_by().filter(locations__rd_x__isnull=False)
    return list(found.values_list("pk", "locations__rd_x", "locations__rd_y"))


def _nearby(home: tuple[int, int], places: list[tuple[int, int, int]], metres: float) -> int:
    return len({offer for offer, x, y in places if math.dist(home, (x, y)) <= metres})
