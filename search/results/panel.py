"""The filters above the results: what can be chosen, what is, and how many each choice gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.filters.base import Filter
from providers.filters.facets import UNKNOWN
from providers.filters.offers import OfferFilterSet
from providers.filters.place import MunicipalityFilter
from providers.filters.registry import IN_PANEL
from search.results.params import SearchParams
from search.results.run import SearchCounts

# What referrers filter on most, one tap away: the name and the value of a filter.
QUICK = (("start", "6"), ("vorm", "groep"), ("toegang", "vrij"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One tick box or radio button of a filter."""

    name: str
    value: str
    label: str
    checked: bool
    count: int | None = None

    @property
    def id(self) -> str:
        """Return the HTML id of the tick box."""
        return f"f-{self.name}-{self.value}"


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter with its tick boxes, or with radio buttons where only one can be chosen.

    `unknown` counts the results of which it is not known; choosing keeps those or leaves them out.
    """

    label: str
    choices: tuple[Choice, ...]
    unknown: int = 0
    keeps_unknown: bool = True
    only_one: bool = False

    @property
    def chosen(self) -> int:
        """Return how many boxes are ticked."""
        return sum(choice.checked and bool(choice.value) for choice in self.choices)

    @property
    def kind(self) -> str:
        """Return the kind of the boxes."""
        return "radio" if self.only_one else "checkbox"


@dataclass(frozen=True, slots=True)
class QuickFilter:
    """One value of a filter as a link of its own, to the search with it or without it."""

    label: str
    count: int | None
    url: str
    is_on: bool


class Panel:
    """The filters of one search, in the order in which they stand on the page."""

    def __init__(self, filterset: OfferFilterSet, counts: SearchCounts) -> None:
        self.filterset = filterset
        self.counts = counts.facets | {MunicipalityFilter.param: counts.nearby.counts}
        self.is_bounded = counts.is_bounded

    @property
    def groups(self) -> list[FilterGroup]:
        """Return every filter with its choices; one without choices is left out."""
        found = [self._group(one) for one in IN_PANEL]
        return [group for group in found if group.choices]

    def _group(self, one: Filter) -> FilterGroup:
        chosen, counts = self._chosen(one), self.counts[one.param]
        countable = one.is_countable(self.filterset) and not self.is_bounded
        choices = [
            Choice(one.param, code, words, code in chosen, counts[code] if countable else None)
            for code, words in one.options(counts, chosen, self.filterset)
        ]
        if choices and one.choose_none:
            choices.insert(0, Choice(one.param, "", str(one.choose_none), not chosen))
        return FilterGroup(
            str(one.label),
            tuple(choices),
            counts[UNKNOWN] if countable else 0,
            one.keeps_unknown or self.filterset.keeps_unknown,
            only_one=bool(one.choose_none),
        )

    def _chosen(self, one: Filter) -> set[str]:
        if one.choose_none:
            chosen = self.filterset.criteria.get(one.param)
            return {chosen.pk} if chosen else set()
        return set(self.filterset.data.getlist(one.param))


def start_choices(
    chosen: int | None, counts: Mapping[int, int | None], total: int | None
) -> list[Choice]:
    """Return the terms within which help has to start, with how many results each has.

    A chosen term that is none of these ("deze week") stands among them, with the `total`.
    None is a number that nobody counted.
    """
    if chosen is not None:
        counts = dict(sorted(({chosen: total} | dict(counts)).items()))
    choices = [Choice("start", "", _("Maakt niet uit"), chosen is None)]
    for weeks, count in counts.items():
        label = ngettext("Binnen %(n)s week", "Binnen %(n)s weken", weeks) % {"n": weeks}
        choices.append(Choice("start", str(weeks), label, chosen == weeks, count))
    return choices


def quick_filters(choices: Iterable[Choice], params: SearchParams) -> list[QuickFilter]:
    """Return the values of QUICK that are among these choices, but for those that find nothing.

    Where nobody counted they stay, without a number: there one has to narrow most.
    """
    known = {(choice.name, choice.value): choice for choice in choices}
    found = [known[one] for one in QUICK if one in known]
    return [
        QuickFilter(choice.label, choice.count, _toggled(choice, params), choice.checked)
        for choice in found
        if choice.checked or choice.count != 0
    ]


def _toggled(choice: Choice, params: SearchParams) -> str:
    if choice.checked:
        return params.address(without=(choice.name, choice.value))
    if choice.name == "start":
        return params.address(start=choice.value)
    return params.with_value(choice.name, choice.value)
