"""Filters on where help is given, and how one gets in there."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from providers.enums import AccessRoute, Ternary
from providers.filters.base import Condition, EnumFilter, Filter, Option, TernaryFilter
from providers.filters.facets import Facet, Routes
from providers.filters.fields import PlaceField
from providers.filters.search import Search
from providers.geography.places import Place
from providers.index.sql import CURRENT_AREA, LISTED, any_flag, linked
from providers.models import Municipality
from providers.models.areas import ROUTE_FIELDS
from providers.vocabulary.choices import CachedOneField, choices

# Only of an offer taken over from a list may the municipality be missing.
NO_AREA = f"({LISTED} AND NOT {linked('providers_servicearea')})"


class PlaceFilter(Filter):
    """A postcode or place: help for the municipality it lies in."""

    param = "plaats"
    label = _("Postcode of plaats")
    description = _("Postcode of plaats. Geeft aanbod voor de gemeente waar die ligt.")
    is_question = True
    kept_by_next_question = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return PlaceField(max_length=80, **kwargs)

    def chips(self, value: Place) -> Iterator[tuple[str | None, str]]:
        yield None, value.label


class MunicipalityFilter(Filter):
    """Help for the municipalities asked for, by name or by a place in them."""

    param = "gemeente"
    label = _("Gemeente")
    description = _("CBS-code van een gemeente die het aanbod bedient, zoals GM0546.")
    without = _("In heel Nederland")
    together = ("plaats",)
    is_question = True
    kept_by_next_question = False
    keeps_unknown = False
    unknown_only_if_listed = True
    place_in_panel = 80
    choose_none = _("Alle gemeenten")

    def make_field(self, **kwargs: Any) -> forms.Field:
        return CachedOneField(queryset=Municipality.objects.all(), **kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        for n, _code in enumerate(search.municipalities):
            served = f"""i.offer_id IN (SELECT a.offer_id FROM providers_servicearea a
                WHERE a.municipality_id = %(served_{n})s AND {CURRENT_AREA})"""  # noqa: S608
            yield Condition(served, NO_AREA)

    def chips(self, value: Municipality) -> Iterator[tuple[str | None, str]]:
        yield None, value.name

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        """Return those of the region that have results, and the one chosen; none with a place."""
        if search.place is not None:
            return []
        names = {code: name for code, name in nearby(search).items() if code in counts}
        wanted = search.criteria.get(self.param)
        return [*(names | ({wanted.pk: wanted.name} if wanted else {})).items()]


def nearby(search: Search) -> dict[str, str]:
    """Return the municipalities of the region in view, by code and in the order of their names.

    The region is that of the municipality chosen, else that of this site.
    """
    chosen = search.criteria.get("gemeente")
    region = chosen.region_id if chosen else settings.REGION_CODE
    here = (row for row in choices(Municipality).values() if row.region_id == region)
    return {row.pk: row.name for row in sorted(here, key=attrgetter("name"))}


class WheelchairFilter(TernaryFilter):
    """At a location that one can enter in a wheelchair."""

    param = "rolstoel"
    label = _("Rolstoeltoegankelijk")
    description = _("Of een van de locaties rolstoeltoegankelijk is: ja of nee.")
    without = _("Ook zonder toegang met een rolstoel")
    place_in_panel = 35
    column = "wheelchair"
    words = {Ternary.YES: _("Rolstoeltoegankelijk"), Ternary.NO: _("Niet rolstoeltoegankelijk")}


class AccessFilter(EnumFilter):
    """Ways in, of which one has to lead in: in each municipality asked for, or anywhere."""

    param = "toegang"
    label = _("Toegang")
    description = _("Manier om binnen te komen.")
    without = _("Zonder het filter op toegang")
    place_in_panel = 30
    values = AccessRoute

    @cached_property
    def facet(self) -> Facet:  # type: ignore[override]
        return Routes(ROUTE_FIELDS)

    def conditions(self, search: Search) -> Iterator[Condition]:
        chosen = [ROUTE_FIELDS[AccessRoute(code)] for code in search.criteria[self.param]]
        here = [
            f" AND a.municipality_id = %(served_{n})s" for n in range(len(search.municipalities))
        ]
        for only in here or [""]:
            areas = f"""EXISTS (SELECT 1 FROM providers_servicearea a
                WHERE a.offer_id = i.offer_id AND {CURRENT_AREA}{only}"""  # noqa: S608
            without_route = f"{areas} AND NOT {any_flag('a', ROUTE_FIELDS.values())})"
            yield Condition(
                f"{areas} AND {any_flag('a', chosen)})", f"({without_route} OR NOT {areas}))"
            )

    def is_countable(self, search: Search) -> bool:
        """Ways in differ per municipality: without one there is nothing to count."""
        return search.municipality is not None
