"""What a public filter is: one class, from which everything that knows of filters is made.

The filter set, the page with its counts and chips, the map, the groups, the API with its
documentation and the scripts all ask the classes in `providers.filters.registry`.
docs/development.md has the recipe for one more.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import Choices, Model
from django.utils.functional import Promise

from providers.enums import Ternary
from providers.filters.facets import Codes, Facet, Flags, YesOrNo
from providers.filters.search import Search
from providers.index.sql import among, any_flag, linked, numbered
from providers.languages import cached_per_language
from providers.vocabulary.choices import CachedChoiceField, labels

Words = str | Promise
Option = tuple[str, str]
YES_OR_NO = [(one.value, one.label) for one in (Ternary.YES, Ternary.NO)]


@dataclass(frozen=True, slots=True)
class Condition:
    """When an offer is known to be what was asked, and when that is not known.

    SQL on a row `i` of the search index, with the values that it names. Never null. `unknown` may
    hold besides `yes`, which then counts.
    """

    yes: str
    unknown: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def possible(self) -> str:
        """When it may be what was asked."""
        return f"({self.yes} OR {self.unknown})" if self.unknown else self.yes

    @property
    def doubt(self) -> str:
        """When it is not known whether it is what was asked."""
        return f"{self.unknown} AND NOT {self.yes}"


class Parameter(ABC):
    """One parameter of an address: its name, what it is called, and the field that reads it."""

    param: ClassVar[str]
    label: ClassVar[Words]

    @cached_property
    def field(self) -> forms.Field:
        """The form field that reads the parameter."""
        return self.make_field(required=False, label=self.label)

    @abstractmethod
    def make_field(self, **kwargs: Any) -> forms.Field:
        """Return the form field."""


class Filter(Parameter):
    """One public filter on offers.

    `description` is for the documentation of the API. `without` is what the search without this
    filter is called, where little is found; `together` are the filters that go off with it.

    Unknown is never silently taken for no: a filter keeps offers of which the fact is not known,
    below a known yes, or leaves them out and says how many (`keeps_unknown`).
    """

    description: ClassVar[Words]
    without: ClassVar[Words] = ""
    together: ClassVar[tuple[str, ...]] = ()

    keeps_unknown: ClassVar[bool] = True
    # Then only help taken over from a list can be unknown: the rest need not be looked through.
    unknown_only_if_listed: ClassVar[bool] = False

    # Part of the question, rather than a choice among its results.
    is_question: ClassVar[bool] = False
    kept_by_next_question: ClassVar[bool] = True

    # The order in which the filters stand above the results; None for no place of its own.
    place_in_panel: ClassVar[int | None] = None
    # Whether the page has a box for it elsewhere.
    has_own_box: ClassVar[bool] = False
    # What choosing nothing is called, where only one can be chosen.
    choose_none: ClassVar[Words] = ""
    # How results are counted per value.
    facet: Facet | None = None
    # Whether more values ask for more, and so leave fewer results.
    more_is_less: ClassVar[bool] = False

    @property
    def params(self) -> tuple[str, ...]:
        """The parameters that go off together."""
        return (self.param, *self.together)

    def is_in(self, search: Search) -> bool:
        """Whether this filter is on."""
        return not search.criteria.keys().isdisjoint(self.params)

    def conditions(self, search: Search) -> Iterable[Condition]:
        """Return what has to hold of an offer; asked only when the filter is on."""
        return ()

    def chips(self, value: Any) -> Iterator[tuple[str | None, str]]:
        """Return what was chosen in words, with the value in the address; None for all of it."""
        return iter(())

    def is_countable(self, search: Search) -> bool:
        """Whether there is anything to count the values of."""
        return True

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        """Return the values to choose from, with their words."""
        return ()


class EnumFilter(Filter):
    """A choice of some values of an enumeration."""

    values: ClassVar[type[Choices]]

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(choices=self.values.choices, **kwargs)

    def chips(self, value: list[str]) -> Iterator[tuple[str | None, str]]:
        return ((code, str(self.values(code).label)) for code in value)

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        return _options_of(self.values)


@cached_per_language()
def _options_of(values: type[Choices]) -> tuple[Option, ...]:
    return tuple((str(value), str(label)) for value, label in values.choices)


class FlagsFilter(EnumFilter):
    """Columns of the index, one a value, of which one has to be true; unknown when none is."""

    columns: ClassVar[Mapping[Any, str]]

    @cached_property
    def facet(self) -> Facet:  # type: ignore[override]
        return Flags(self.columns)

    def conditions(self, search: Search) -> Iterator[Condition]:
        chosen = [self.columns[self.values(code)] for code in search.criteria[self.param]]
        yield Condition(any_flag("i", chosen), f"NOT {any_flag('i', self.columns.values())}")


class TernaryFilter(Filter):
    """A column of the index that is true, false, or null for not known."""

    column: ClassVar[str]
    # What each is called in a chip.
    words: ClassVar[Mapping[str, Words]]

    @cached_property
    def facet(self) -> Facet:  # type: ignore[override]
        return YesOrNo(self.column)

    def make_field(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(choices=YES_OR_NO, **kwargs)

    def conditions(self, search: Search) -> Iterator[Condition]:
        wanted = {Ternary.YES: f"i.{self.column}", Ternary.NO: f"NOT i.{self.column}"}
        chosen = " OR ".join(wanted[Ternary(code)] for code in search.criteria[self.param])
        yield Condition(f"COALESCE({chosen}, FALSE)", f"i.{self.column} IS NULL")

    def chips(self, value: list[str]) -> Iterator[tuple[str | None, str]]:
        return ((code, str(self.words[code])) for code in value)

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        """Return "yes"; nobody is offered a "no", but who asked for it can see so."""
        offered = {Ternary.YES, *chosen}
        return [(code, str(label)) for code, label in YES_OR_NO if code in offered]


class VocabularyFilter(Filter):
    """A choice of some rows of a vocabulary."""

    model: ClassVar[type[Model]]

    def make_field(self, **kwargs: Any) -> forms.Field:
        return CachedChoiceField(queryset=self.model._default_manager.all(), **kwargs)

    def chips(self, value: list[Any]) -> Iterator[tuple[str | None, str]]:
        return ((row.pk, self.in_words(row)) for row in value)

    def in_words(self, row: Any) -> str:
        """Return what a chosen row is called in a chip."""
        return str(row.label)


class LinksFilter(VocabularyFilter):
    """Rows of which one has to be linked to the offer; unknown when none is.

    `column` of the index holds the codes of what is linked.
    """

    table: ClassVar[str]
    key: ClassVar[str]
    column: ClassVar[str]

    @cached_property
    def facet(self) -> Facet:  # type: ignore[override]
        return Codes(self.column)

    def conditions(self, search: Search) -> Iterator[Condition]:
        codes = [row.pk for row in search.criteria[self.param]]
        yes = linked(self.table, among(f"k.{self.key}", self.param, codes))
        yield Condition(yes, f"NOT {linked(self.table)}", numbered(self.param, codes))

    def options(
        self, counts: Counter[str], chosen: Collection[str], search: Search
    ) -> Iterable[Option]:
        """Return those that one of the results has: most of a vocabulary occurs nowhere."""
        return [(code, name) for code, name in labels(self.model) if counts[code] or code in chosen]
