"""The filters above the results: what can be chosen, what is, and how many each choice gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import AccessRoute, CarePhase, OfferFormat
from providers.filters.offers import OfferFilterSet
from providers.models import HelpQuestion, Language, TargetGroup
from providers.vocabulary.choices import labels, level_choices
from search.finding.facets import UNKNOWN, Counts
from search.finding.nearby import Nearby

# So many other help questions are worth reading through.
MOST_QUESTIONS = 8


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
    choices: list[Choice]
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


class Panel:
    """The filters of one search, in the order in which they stand on the page."""

    def __init__(self, filterset: OfferFilterSet, facets: Counts, nearby: Nearby) -> None:
        self.filterset = filterset
        self.facets = facets
        self.nearby = nearby

    @property
    def groups(self) -> list[FilterGroup]:
        """Return every filter with its choices; one without choices is left out."""
        groups, tongues = labels(TargetGroup), labels(Language)
        found = [
            self._group(_("Groep of individueel"), "vorm", OfferFormat.choices),
            self._group(_("Hoe licht of zwaar"), "trede", level_choices()),
            self._group(_("Toegang"), "toegang", AccessRoute.choices),
            self._also(),
            self._group(_("Fase"), "fase", CarePhase.choices),
            self._group(_("Doelgroep"), "doelgroep", groups, only_found=True),
            self._group(_("Taal"), "taal", tongues, only_found=True),
            self._municipalities(),
        ]
        return [group for group in found if group.choices]

    def _group(
        self, label: str, name: str, options: Any, *, only_found: bool = False
    ) -> FilterGroup:
        chosen, counts = self._chosen(name), self.facets[name]
        # Ways in are counted per municipality: without one there is nothing to count.
        countable = name != "toegang" or self.filterset.municipality is not None
        choices = [
            Choice(
                name,
                str(value),
                str(words),
                str(value) in chosen,
                counts[str(value)] if countable else None,
            )
            for value, words in options
        ]
        if only_found:
            choices = [choice for choice in choices if choice.count or choice.checked]
        return FilterGroup(label, choices, counts[UNKNOWN] if countable else 0)

    def _chosen(self, name: str) -> set[str]:
        return set(self.filterset.data.getlist(name))

    @property
    def _keeps_unknown(self) -> bool:
        return "onbekend" in self.filterset.asked

    def _also(self) -> FilterGroup:
        """What else the results are for: the questions most of them share, without those asked."""
        chosen, counts = self._chosen("ook"), self.facets["ook"]
        names = dict(labels(HelpQuestion))
        asked = {*self.filterset.question_codes, UNKNOWN}
        best = [code for code, _n in counts.most_common() if code in names and code not in asked]
        best = sorted(best, key=lambda code: (-counts[code], names[code]))
        others = [code for code in best if code not in chosen][:MOST_QUESTIONS]
        shown = [code for code in names if code in chosen] + others
        choices = [Choice("ook", c, names[c], c in chosen, counts[c]) for c in shown]
        return FilterGroup(_("Ook voor"), choices, counts[UNKNOWN], self._keeps_unknown)

    def _municipalities(self) -> FilterGroup:
        counts, chosen = self.nearby.counts, self.filterset.asked.get("gemeente")
        names = dict(self.nearby.names)
        if chosen is not None and self.filterset.place is None:
            names.setdefault(chosen.pk, chosen.name)
        choices = [
            Choice("gemeente", code, name, chosen is not None and chosen.pk == code, counts[code])
            for code, name in names.items()
        ]
        if choices:
            choices.insert(0, Choice("gemeente", "", _("Alle gemeenten"), chosen is None))
        return FilterGroup(
            _("Gemeente"), choices, counts[UNKNOWN], self._keeps_unknown, only_one=True
        )


def start_choices(chosen: int | None, counts: Mapping[int, int], total: int) -> list[Choice]:
    """Return the terms within which help has to start, with how many results each has.

    A chosen term that is none of these ("deze week") stands among them, with the `total`.
    """
    if chosen is not None:
        counts = dict(sorted(({chosen: total} | dict(counts)).items()))
    choices = [Choice("start", "", _("Maakt niet uit"), chosen is None)]
    for weeks, count in counts.items():
        label = ngettext("Binnen %(n)s week", "Binnen %(n)s weken", weeks) % {"n": weeks}
        choices.append(Choice("start", str(weeks), label, chosen == weeks, count))
    return choices
