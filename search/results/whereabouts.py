"""What the page says of the place that was asked for: one to ask about, or one far away."""

from dataclasses import dataclass

from django.conf import settings

from providers.filters.offers import OfferFilterSet
from search.results.params import SearchParams


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What to say of the place in a search.

    `postcode` and `town` are of a place that four digits of the question may be, `outside` is
    the name of the place asked for when it lies outside the region of this site.
    """

    postcode: str
    town: str
    with_postcode: str
    outside: str
    without_place: str


def whereabouts(params: SearchParams) -> Whereabouts:
    """Return what to say of the place, with the addresses of the search with or without it."""
    place = params.possible_postcode
    return Whereabouts(
        postcode=place.key if place else "",
        town=place.label.partition(" ")[2] if place else "",
        with_postcode=params.address(plaats=place.key) if place else "",
        outside=_outside(params.filterset),
        without_place=params.address(dropping=("plaats", "gemeente")),
    )


def _outside(filterset: OfferFilterSet) -> str:
    chosen = filterset.criteria.get("gemeente")
    if chosen is not None:
        return str(chosen.name) if chosen.region_id != settings.REGION_CODE else ""
    place = filterset.place
    return place.label if place and place.is_outside else ""
