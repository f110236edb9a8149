"""Filters on whom the help is for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from providers.enums import AlsoTakes
from providers.filters.base import Condition, EnumFilter, Filter, LinksFilter
from providers.filters.facets import MayBe
from providers.filters.fields import AgesField
from providers.filters.search import Search
from providers.models import TargetGroup
from providers.models.referral.facts import TAKES_FIELDS
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


class AlsoTakesFilter(EnumFilter):
    """Takes somebody for whom this is the case beside the question: all of it."""

    param = "neemt"
    label = _("Neemt ook aan bij")
    description = _(
        "Wat er naast de hulpvraag speelt. Meer waarden: het aanbod neemt iemand aan bij elk "
        "ervan. Wie dat niet opgaf, blijft staan, lager."
    )
    without = _("Zonder “neemt ook aan bij”")
    place_in_panel = 65
    values = AlsoTakes
    facet = MayBe(TAKES_FIELDS)
    more_is_less = True

    def conditions(self, search: Search) -> Iterator[Condition]:
        for code in search.criteria[self.param]:
            column = f"i.{TAKES_FIELDS[AlsoTakes(code)]}"
            yield Condition(f"COALESCE({column}, FALSE)", f"{column} IS NULL")

    def chips(self, value: list[str]) -> Iterator[tuple[str | None, str]]:
        for code in value:
            yield code, _now("Ook bij: %(what)s") % {"what": AlsoTakes(code).in_a_row}
