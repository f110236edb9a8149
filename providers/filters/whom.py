"""Filters on whom the help is for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.filters.base import Condition, Filter, LinksFilter
from providers.filters.fields import AgesField
from providers.filters.search import Search
from providers.models import TargetGroup
from providers.rules.ages import AGES_UNKNOWN_SQL, FOR_AGES_SQL, ages_values


class TargetGroupFilter(LinksFilter):
    """For one of these target groups."""

    param = "doelgroep"
    label = _("Doelgroep")
    description = _("Code van een doelgroep.")
    without = _("Zonder de doelgroep")
    place_in_panel = 60
    model = TargetGroup
    table = "providers_offer_target_groups"
    key = "targetgroup_id"
    column = "groups"


class AgeFilter(Filter):
    """For at least one of these ages."""

    param = "leeftijd"
    label = _("Leeftijd")
    description = _(
        "Leeftijd in jaren, zoals 14, of van en tot en met, zoals 9-11: één ervan past."
    )
    without = _("Zonder de leeftijd")
    is_question = True
    kept_by_next_question = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return AgesField(**kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        fits = f"(NOT {AGES_UNKNOWN_SQL} AND {FOR_AGES_SQL})"
        yield Condition(fits, f"({FOR_AGES_SQL})", ages_values(search.criteria[self.param]))

    def chips(self, value: Any) -> Iterator[tuple[str | None, str]]:
        yield None, value.words
