"""Places as people name them: a postcode, a town, a municipality.

What is typed is first compared in memory with the names there are: it may hold something else,
and statements can end up in a log.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Value, When

from providers.models import Municipality, PostalArea, Town
from providers.text.kept import Kept
from providers.words import normalise

KEPT_SECONDS = 60
POSTCODE = re.compile(r"^\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A point people search around, in the municipality whose contracts count."""

    key: str
    label: str
    municipality: str
    municipality_name: str
    x: int
    y: int


def find_place(text: str) -> Place | None:
    """Return the place for a postcode, town, municipality or its key; None when unknown.

    Of a full postcode only the four digits are used: six characters can point at one street.
    What was found is kept for a minute: the same few towns are asked for all day.
    """
    match = POSTCODE.match(text)
    key = match.group(1) if match else normalise(text)[:80]
    if key not in _names.get():
        return None
    kept_as = "place." + key.replace(" ", "-")
    place: Place | None = cache.get(kept_as)
    if place is None:
        place = _postal_place(key) if match else _town_place(key) or _municipality_place(key)
        if place is not None:
            cache.set(kept_as, place, KEPT_SECONDS)
    return place


def _postal_place(code: str) -> Place | None:
    area = PostalArea.objects.select_related("municipality").filter(code=code).first()
    if area is None:
        return None
    town = area.municipality
    return Place(code, str(area), town.code, town.name, area.rd_x, area.rd_y)


def _town_place(key: str) -> Place | None:
    # Of two towns with one name, the one in this region is meant; else the larger.
    here = Case(
        When(municipality__region=settings.REGION_CODE, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    towns = Town.objects.select_related("municipality")
    largest = F("inhabitants").desc(nulls_last=True)
    town = towns.filter(key=key).order_by(here, largest, "slug").first()
    town = town or towns.filter(slug=key.replace(" ", "-")).first()
    return place_of_town(town) if town else None


def place_of_town(town: Town) -> Place:
    """Return the place that a town stands for."""
    return Place(
        town.slug, town.name, town.municipality_id, town.municipality.name, town.rd_x, town.rd_y
    )


def _municipality_place(key: str) -> Place | None:
    found = Municipality.objects.filter(slug=key.replace(" ", "-")).first()
    if found is None:
        return None
    return Place(found.slug, found.name, found.code, found.name, found.rd_x, found.rd_y)


def suggest_places(text: str, *, limit: int = 7) -> list[Place]:
    """Return places that start with what was typed, those of this region first."""
    match = re.match(r"^\s*([1-9]\d{0,3})", text)
    if match:
        areas = PostalArea.objects.select_related("municipality").filter(
            code__startswith=match.group(1)
        )
        here = areas.filter(municipality__region=settings.REGION_CODE)[:limit]
        rows = list(here) or list(areas[:limit])
        return [
            Place(a.code, str(a), a.municipality_id, a.municipality.name, a.rd_x, a.rd_y)
            for a in rows
        ]
    key = normalise(text)[:80]
    if len(key) < 2:
        return []
    return [place_of_town(town) for town in _towns_starting_with(key)[:limit]]


def _towns_starting_with(key: str) -> list[Town]:
    names = sorted(name for name in _names.get() if name.startswith(key))[:200]
    towns = Town.objects.select_related("municipality").filter(key__in=names)
    return sorted(
        towns,
        key=lambda town: (
            town.municipality.region_id != settings.REGION_CODE,
            -(town.inhabitants or 0),
            town.name,
        ),
    )


# --- kept in memory ------------------------------------------------------------------------------


def _all_names() -> frozenset[str]:
    """Return everything a place is known by, as it is compared."""
    found = set(PostalArea.objects.values_list("code", flat=True))
    for key, slug in Town.objects.order_by().values_list("key", "slug"):
        found |= {key, slug.replace("-", " ")}
    slugs = Municipality.objects.order_by().values_list("slug", flat=True)
    return frozenset(found | {slug.replace("-", " ") for slug in slugs})


def _mark() -> tuple[int, ...]:
    return tuple(
        model._default_manager.aggregate(rows=Count("pk"))["rows"]
        for model in (PostalArea, Town, Municipality)
    )


_names = Kept("place-names", seconds=KEPT_SECONDS, fingerprint=_mark, build=_all_names)
