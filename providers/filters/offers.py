"""OfferFilterSet: the one place that names the public filters.

Search page, map, API and exports all read the same parameters through it. Unknown is never
silently taken for no: a filter keeps offers of which the one is not known (they rank below
a known yes), or, for the question, the place and the two filters on time, leaves them out and
says how many (`left_out`), with `onbekend=ja` to bring them back.
"""

import copy
import datetime as dt
import functools
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from providers.enums import AccessRoute, CareLevel, CarePhase, OfferFormat, OfferStatus
from providers.filters.conditions import any_flag, any_link, linked, not_told
from providers.filters.fields import MAX_WORDS, NamesFilter, WordsField, WordsFilter
from providers.geography.places import Place, find_place, read_place
from providers.index.word_forms import WordForms
from providers.index.words import forms_of
from providers.models import HelpQuestion, Language, Municipality, Offer, ServiceArea, TargetGroup
from providers.models.areas import ROUTE_FIELDS
from providers.models.facts import FactsQuerySet, answers
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.rules import start as start_rule
from providers.rules.ages import Ages, ages_unknown
from providers.rules.clocks import clocks_in
from providers.rules.danger import SpokenOf
from providers.rules.freshness import Clocks
from providers.rules.sections import Section, in_section
from providers.vocabulary.choices import KeptChoiceFilter, KeptOneFilter

__all__ = [
    "MAX_WORDS",
    "AgesField",
    "OfferFilterSet",
    "PlaceField",
    "WordsField",
]


class Condition(NamedTuple):
    """When an offer is known to be what was asked, and when that is not known."""

    yes: Q
    unknown: Q


class PlaceField(forms.CharField):
    """A postcode, town or municipality; cleans to a Place."""

    def clean(self, value: Any) -> Place | None:
        text = super().clean(value)
        return read_place(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Return how the place is written in the field: also for a key from an address."""
        place = find_place(value) if isinstance(value, str) else None
        return place.label if place else value


class PlaceFilter(filters.Filter):
    """Filter on the municipality of a place."""

    field_class = PlaceField


class AgesField(forms.CharField):
    """One age, or from one age to another; cleans to Ages."""

    def clean(self, value: Any) -> Ages | None:
        text = super().clean(value)
        return Ages.read(text) if text else None


class AgesFilter(filters.Filter):
    """Filter on an age, or on ages of which one has to fit."""

    field_class = AgesField


class IntegerFilter(filters.Filter):
    """A whole number within bounds."""

    field_class = forms.IntegerField


class SharedFilters(OrderedDict[str, filters.Filter]):
    """The filters of a class, of which each filterset takes copies that share their settings.

    Copied to the bottom, choices and querysets with them, they would take as long as a statement.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedFilters":
        copies = SharedFilters((name, copy.copy(one)) for name, one in self.items())
        for one in copies.values():
            one.method = one.method  # finds its method through this copy
        return copies


class OfferFilterSet(filters.FilterSet):
    """The public filters on offers."""

    hulpvraag = KeptChoiceFilter(
        label=_("Hulpvraag"), queryset=HelpQuestion.objects.all(), method="keep"
    )
    ook = KeptChoiceFilter(label=_("Ook voor"), queryset=HelpQuestion.objects.all(), method="keep")
    woord = WordsFilter(label=_("Woord"), method="keep")
    naam = NamesFilter(label=_("Naam"), method="keep")
    plaats = PlaceFilter(label=_("Postcode of plaats"), method="keep", max_length=80)
    gemeente = KeptOneFilter(
        label=_("Gemeente"), queryset=Municipality.objects.all(), method="keep"
    )
    leeftijd = AgesFilter(label=_("Leeftijd"), method="filter_age")
    trede = filters.TypedMultipleChoiceFilter(
        label=_("Hoe licht of zwaar"),
        choices=CareLevel.choices,
        coerce=int,
        method="filter_level",
    )
    vorm = filters.MultipleChoiceFilter(
        label=_("Groep of individueel"), choices=OfferFormat.choices, method="filter_format"
    )
    fase = filters.MultipleChoiceFilter(
        label=_("Fase"),
        choices=CarePhase.choices,
        method="filter_phase",
        widget=forms.CheckboxSelectMultiple,
    )
    doelgroep = KeptChoiceFilter(
        label=_("Doelgroep"), queryset=TargetGroup.objects.all(), method="filter_target_group"
    )
    taal = KeptChoiceFilter(
        label=_("Taal"), queryset=Language.objects.all(), method="filter_language"
    )
    toegang = filters.MultipleChoiceFilter(
        label=_("Toegang"), choices=AccessRoute.choices, method="filter_access"
    )
    wachttijd = IntegerFilter(
        label=_("Wachttijd hoogstens (weken)"), method="keep", min_value=0, max_value=260
    )
    start = IntegerFilter(label=_("Start binnen (weken)"), method="keep", min_value=0, max_value=52)
    onbekend = filters.ChoiceFilter(
        label=_("Ook wat niet bekend is"), choices=[("ja", _("Ja"))], method="keep"
    )
    deel = filters.ChoiceFilter(
        label=_("Deel van de resultaten"), choices=Section.choices, method="filter_section"
    )

    class Meta:
        model = Offer
        fields: list[str] = []

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today or timezone.localdate()

    @classmethod
    def get_filters(cls) -> SharedFilters:
        """Return the filters by name."""
        return SharedFilters(super().get_filters())

    @classmethod
    @functools.cache
    def _form_class(cls) -> type[forms.Form]:
        fields = {name: one.field for name, one in cls().filters.items()}
        return type("OfferFilterForm", (forms.Form,), fields)

    def get_form_class(self) -> type[forms.Form]:
        """Return the form of the parameters, made once: that takes longer than to read one."""
        return self._form_class()

    # --- what was asked ------------------------------------------------------------------------

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The values that could be read; a parameter with an error is left out."""
        if not self.is_bound:
            return {}
        self.form.errors  # noqa: B018 - fills cleaned_data
        return {name: value for name, value in self.form.cleaned_data.items() if _given(value)}

    @property
    def place(self) -> Place | None:
        """The place asked for."""
        return self.asked.get("plaats")

    @property
    def municipality(self) -> str | None:
        """CBS code of the municipality whose contracts count."""
        chosen = self.asked.get("gemeente")
        if chosen is not None:
            return str(chosen.pk)
        return self.place.municipality if self.place else None

    @cached_property
    def clocks(self) -> Clocks:
        """The clocks of the region of that municipality, on the day of the question."""
        return clocks_in(self.municipality, self.today)

    @property
    def question_codes(self) -> list[str]:
        """Codes of the help questions asked for."""
        return [question.pk for question in self.asked.get("hulpvraag", [])]

    @cached_property
    def words(self) -> list[WordForms]:
        """The words asked for, in the forms in which they may be found."""
        return [forms_of(word) for word in self.asked.get("woord", [])]

    @property
    def spoken_of(self) -> SpokenOf:
        """What was spoken of, to which some help is reserved."""
        questions = [*self.question_codes, *(one.pk for one in self.asked.get("ook", []))]
        return SpokenOf.with_phases(questions, self.asked.get("fase", []))

    @property
    def named(self) -> list[int]:
        """Numbers of the offers that were called by name, or whose provider was."""
        each = (name.offers for name in self.asked.get("naam", []))
        return list(dict.fromkeys(offer for offers in each for offer in offers))

    def without(self, *names: str, **instead: Any) -> "OfferFilterSet":
        """Return the same search with some filters off, and others put in.

        What was asked is not read again: that takes a statement per vocabulary. So what is put
        in has to be a cleaned value.
        """
        other = OfferFilterSet(self.data, queryset=self.queryset, today=self.today)
        left = {key: value for key, value in self.asked.items() if key not in names}
        other.asked = left | instead
        return other

    def rows_without(self, *names: str, **instead: Any) -> QuerySet[Any]:
        """Return the results as they would be with some filters off, and others put in."""
        other = self.without(*names, **instead)
        return other.filter_queryset(other.queryset.all())

    # --- filtering -----------------------------------------------------------------------------

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Apply the filters that keep what is unknown, then those that leave it out."""
        for name, value in self.asked.items():
            queryset = self.filters[name].filter(queryset, value)
        queryset = self.spoken_of.shown(queryset, self.words, self.named)
        self._before_strict = queryset
        if self.asked.get("onbekend"):
            return queryset.filter(*(one.yes | one.unknown for one in self._strict.values()))
        return queryset.filter(*(one.yes for one in self._strict.values()))

    @cached_property
    def _strict(self) -> dict[str, Condition]:
        """What was asked of which the unknown is left out, by the filter that asks it."""
        return dict(self._strict_conditions())

    def _strict_conditions(self) -> Iterator[tuple[str, Condition]]:
        if self.question_codes or self.words or self.named:
            fits = answers(self.question_codes, self.words) | Q(pk__in=self.named)
            yield "hulpvraag", Condition(fits, not_told("question_links"))
        for question in self.asked.get("ook", []):
            # One by one: each has to be there.
            also = answers([question.pk], [])
            yield f"ook {question.pk}", Condition(also, not_told("question_links"))
        for code in self._municipalities:
            areas = ServiceArea.objects.current(self.today).filter(municipality=code)
            served = Q(pk__in=areas.order_by().values("offer"))
            yield f"gemeente {code}", Condition(served, not_told("service_areas"))
        if "wachttijd" in self.asked:
            weeks = self.asked["wachttijd"]
            open_ = start_rule.wait_at_most_unknown(weeks, self.clocks)
            yield "wachttijd", Condition(start_rule.wait_at_most(weeks, self.clocks), open_)
        if "start" in self.asked:
            weeks = self.asked["start"]
            open_ = start_rule.start_within_unknown(weeks, self.clocks)
            yield "start", Condition(start_rule.starts_within(weeks, self.clocks), open_)

    @cached_property
    def left_out(self) -> int:
        """How many offers are left out only because something asked is not known of them."""
        if not self._strict or self.asked.get("onbekend"):
            return 0
        self.qs  # noqa: B018 - filters, if that was not done before
        rows = self._before_strict
        if not {"wachttijd", "start"} & self._strict.keys():
            # What is published has a question and a municipality: look among the others only.
            rows = rows.filter(status=OfferStatus.LISTED)
        possible = (one.yes | one.unknown for one in self._strict.values())
        fitting = reduce(and_, (one.yes for one in self._strict.values()))
        return int(rows.filter(*possible).exclude(fitting).count())

    def keep(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave the rows alone: this parameter is handled together with others."""
        return queryset

    def filter_age(self, queryset: FactsQuerySet, name: str, value: Ages) -> FactsQuerySet:
        return queryset.suitable_for_ages(*value)

    def filter_level(self, queryset: FactsQuerySet, name: str, value: list[int]) -> FactsQuerySet:
        return queryset.filter(level__in=value)

    def filter_format(self, queryset: FactsQuerySet, name: str, value: list[str]) -> FactsQuerySet:
        return queryset.filter(any_flag(FORMAT_FIELDS, value) | self._unknown["vorm"])

    def filter_phase(self, queryset: FactsQuerySet, name: str, value: list[str]) -> FactsQuerySet:
        return queryset.filter(any_flag(PHASE_FIELDS, value) | self._unknown["fase"])

    def filter_target_group(self, queryset: FactsQuerySet, name: str, value: Any) -> FactsQuerySet:
        return queryset.filter(linked("target_groups", value) | self._unknown["doelgroep"])

    def filter_language(self, queryset: FactsQuerySet, name: str, value: Any) -> FactsQuerySet:
        return queryset.filter(linked("languages", value) | self._unknown["taal"])

    def filter_access(self, queryset: FactsQuerySet, name: str, value: list[str]) -> FactsQuerySet:
        return queryset.filter(reduce(and_, (one.yes | one.unknown for one in self._ways_in())))

    def filter_section(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return in_section(queryset, Section(value), self.clocks)

    # --- unknown -------------------------------------------------------------------------------

    @cached_property
    def _unknown(self) -> dict[str, Q]:
        """For each filter that keeps what is unknown: when it is unknown."""
        return {
            "vorm": Q(**dict.fromkeys(FORMAT_FIELDS.values(), False)),
            "fase": Q(**dict.fromkeys(PHASE_FIELDS.values(), False)),
            "doelgroep": ~any_link("target_groups"),
            "taal": ~any_link("languages"),
            "leeftijd": ages_unknown(),
        }

    def _ways_in(self) -> Iterator[Condition]:
        """Whether the routes asked for lead in, in each municipality asked for."""
        chosen = self.asked.get("toegang", [])
        for areas in map(self._areas, self._municipalities or [""]):
            without_route = areas.filter(**dict.fromkeys(ROUTE_FIELDS.values(), False))
            yield Condition(
                Q(Exists(areas.filter(any_flag(ROUTE_FIELDS, chosen)))),
                Q(Exists(without_route)) | ~Q(Exists(areas)),
            )

    @property
    def _municipalities(self) -> list[str]:
        """CBS codes of the municipalities asked for, by name or by a place in them."""
        codes = [self.place.municipality] if self.place else []
        return list(dict.fromkeys([*codes, *filter(None, [self.municipality])]))

    def _areas(self, municipality: str) -> QuerySet[ServiceArea]:
        areas = ServiceArea.objects.current(self.today).filter(offer=OuterRef("pk"))
        return areas.filter(municipality=municipality) if municipality else areas

    def _unknowns(self) -> Iterable[Q]:
        yield from (self._unknown[name] for name in self.asked if name in self._unknown)
        met = list(self._ways_in()) if "toegang" in self.asked else []
        if self.asked.get("onbekend"):
            met += self._strict.values()
        yield from (one.unknown & ~one.yes for one in met)

    def with_unknowns(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Annotate `unknowns`: for how many of the filters in use the one is not known."""
        total: Any = Value(0)
        for condition in self._unknowns():
            total = total + Case(
                When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()
            )
        annotated: QuerySet[Any] = queryset.annotate(unknowns=total)
        return annotated


def _given(value: Any) -> bool:
    # Of rows to choose from, none chosen is an empty queryset.
    return not isinstance(value, QuerySet) and value not in (None, "", [])
