"""Filters on when help can start, and on what is shown of the results."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from providers.filters.base import Condition, Filter
from providers.filters.search import Search
from providers.index.sql import weeks_from
from providers.rules.sections import SECTION_SQL, Section
from providers.rules.start import (
    SOON_START_WEEKS,
    start_within_unknown_sql,
    starts_within_sql,
    wait_at_most_sql,
    wait_at_most_unknown_sql,
)


class SectionFilter(Filter):
    """One part of the results."""

    param = "deel"
    label = _("Deel van de resultaten")
    description = _("Deel van de zoekresultaten.")
    without = _("Ook de andere delen")
    kept_by_next_question = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(choices=Section.choices, **kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        section = Section(search.criteria[self.param]).value
        days = weeks_from(search.today, [SOON_START_WEEKS])
        yield Condition(f"({SECTION_SQL}) = '{section}'", values=days)


class StartFilter(Filter):
    """Can start within so many weeks."""

    param = "start"
    label = _("Start binnen (weken)")
    description = _(
        "Kan beginnen binnen zoveel weken: door een korte wachttijd of een groep met plek."
    )
    without = _("Ook als het later start")
    has_own_box = True
    keeps_unknown = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.IntegerField(min_value=0, max_value=52, **kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        weeks = int(search.criteria[self.param])
        days = weeks_from(search.today, [weeks])
        of_many = search.municipality is None
        yes = starts_within_sql(weeks, of_many=of_many)
        yield Condition(yes, start_within_unknown_sql(weeks, of_many=of_many), days)

    def chips(self, value: int) -> Iterator[tuple[str | None, str]]:
        text = ngettext("Start binnen %(n)s week", "Start binnen %(n)s weken", value)
        yield None, text % {"n": value}


class WaitFilter(Filter):
    """Has a wait of at most so many weeks."""

    param = "wachttijd"
    label = _("Wachttijd hoogstens (weken)")
    description = _("Totale wachttijd, hoogstens zoveel weken.")
    without = _("Ook met een langere wachttijd")
    keeps_unknown = False

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.IntegerField(min_value=0, max_value=260, **kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        weeks = int(search.criteria[self.param])
        days = weeks_from(search.today, [weeks])
        of_many = search.municipality is None
        yes = wait_at_most_sql(weeks, of_many=of_many)
        yield Condition(yes, wait_at_most_unknown_sql(weeks, of_many=of_many), days)

    def chips(self, value: int) -> Iterator[tuple[str | None, str]]:
        text = ngettext("Wachttijd tot %(n)s week", "Wachttijd tot %(n)s weken", value)
        yield None, text % {"n": value}


class UnknownFilter(Filter):
    """Brings back what the others leave out for not being known; `Search.keeps_unknown`."""

    param = "onbekend"
    label = _("Ook wat niet bekend is")
    description = _("Neem bij wachttijd en start ook aanbod mee waarvan dat niet bekend is.")
    has_own_box = True

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.ChoiceField(choices=[("ja", _("Ja"))], **kwargs)
