"""Filters on what kind of help it is."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from providers.enums import UPSTREAM_LEVELS, CareLevel, CarePhase, OfferFormat
from providers.filters.base import Condition, Filter, FlagsFilter, LinksFilter, Option
from providers.filters.facets import Number
from providers.filters.search import Search
from providers.models import Language
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.vocabulary.choices import level_choices, level_label


class FormatFilter(FlagsFilter):
    """In one of these forms."""

    param = "vorm"
    label = _("Groep of individueel")
    description = _("Hoe en waar de hulp gegeven wordt.")
    without = _("Zonder “groep of individueel”")
    place_in_panel = 10
    values = OfferFormat
    columns = FORMAT_FIELDS


class LevelFilter(Filter):
    """On one of these steps of the ladder, light to heavy; always known."""

    param = "trede"
    label = _("Hoe licht of zwaar")
    description = _("Trede van licht (0) naar zwaar (6).")
    without = _("Ook lichter of zwaarder")
    place_in_panel = 20
    facet = Number("level", bits=3)

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=CareLevel.choices, coerce=int, empty_value=[], **kwargs
        )

    def conditions(self, search: Search) -> Iterator[Condition]:
        levels = ", ".join(str(int(level)) for level in search.criteria[self.param])
        yield Condition(f"i.level IN ({levels})")

    def chips(self, value: list[int]) -> Iterator[tuple[str | None, str]]:
        """Name each step; all light ones together are one wish."""
        if set(value) == set(UPSTREAM_LEVELS):
            yield None, _now("Lichte hulp")
            return
        yield from ((str(level), level_label(level)) for level in value)

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        return [(str(level), name) for level, name in level_choices()]


class PhaseFilter(FlagsFilter):
    """In one of these phases of care."""

    param = "fase"
    label = _("Fase")
    description = _("Wanneer de hulp past: voor, tijdens of na zorg, of tijdens het wachten.")
    without = _("Ook in een andere fase")
    place_in_panel = 50
    values = CarePhase
    columns = PHASE_FIELDS


class LanguageFilter(LinksFilter):
    """In one of these languages."""

    param = "taal"
    label = _("Taal")
    description = _("Code van een taal (BCP 47).")
    without = _("Zonder de taal")
    place_in_panel = 70
    model = Language
    table = "providers_offer_languages"
    key = "language_id"
    column = "tongues"

    def in_words(self, row: Any) -> str:
        return _now("In het %(language)s") % {"language": row.label}
