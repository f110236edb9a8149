"""Parse: what the address of a search asks for, and the addresses of the searches next to it."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

from providers.filters.offers import MAX_WORDS, OfferFilterSet
from providers.filters.registry import QUESTION_PARAMS, UNSEEN_PARAMS
from providers.filters.whom import AlsoTakesFilter
from providers.geography.places import Place, find_place
from providers.models import HelpQuestion, OfferIndex
from providers.vocabulary.choices import choices
from search.asking.emergency import emergency_lines
from search.asking.forms import CARRIED_ALONG, MAYBE_MEANT, MAYBE_PLACE
from search.asking.need import Need
from search.asking.understanding import in_catalogue
from search.asking.understanding.questions.certainty import MOST_LIKELY
from search.asking.understanding.spelling import known_words
from search.cards.card import SearchContext
from search.finding.matching import Order

# Besides the filters: what the page says once, its order, and where in the results one is.
FIGURES = ("pagina", "niet_gebruikt", "vak", "genummerd", MAYBE_PLACE)
MESSAGES = ("volgorde", "signaal", "gelezen_als", MAYBE_MEANT, *FIGURES)
ONCE = ("niet_gebruikt", "gelezen_als", MAYBE_PLACE)
NUMBERS = re.compile(r"[0-9.,-]*")


@dataclass(frozen=True)
class SearchParams:
    """One search as its address asks for it.

    `read_as` are the words of ours that misspelt ones were read as.
    """

    query: QueryDict
    today: dt.date
    filterset: OfferFilterSet
    order: Order
    read_as: tuple[str, ...]
    need: Need

    @classmethod
    def from_query(cls, query: QueryDict, *, today: dt.date) -> Self:
        """Read an address; what is not ours is left out."""
        filterset = OfferFilterSet(query, queryset=OfferIndex.objects.visible(), today=today)
        return cls(
            query=query,
            today=today,
            filterset=filterset,
            order=_order(query.get("volgorde", ""), filterset),
            read_as=tuple(known_words(query.getlist("gelezen_als")[:MAX_WORDS])),
            need=Need.read(query),
        )

    @property
    def municipality(self) -> str | None:
        """Return the CBS code of the municipality in view."""
        return self.filterset.municipality

    @property
    def is_search(self) -> bool:
        """Whether there is anything to search for; if not, the page only invites to ask."""
        has_message = bool(self.need.signals or self.possible_postcode)
        return has_message or any(name in self.query for name in self.filterset.filters)

    @property
    def possible_postcode(self) -> Place | None:
        """Return the postcode that four digits of the question may be, if no place is known."""
        code = self.query.get(MAYBE_PLACE, "")
        is_open = len(code) == 4 and code.isdigit() and not self.municipality
        return find_place(code) if is_open else None

    @property
    def maybe_meant(self) -> list[HelpQuestion]:
        """Return the help questions to ask about that are not searched for yet."""
        known = choices(HelpQuestion)
        given = dict.fromkeys(self.query.getlist(MAYBE_MEANT)[:MOST_LIKELY])
        asked = self.filterset.question_codes
        return [known[code] for code in given if code in known and code not in asked]

    @cached_property
    def context(self) -> SearchContext:
        """Return what cards refer to."""
        place = self.filterset.place
        return SearchContext(
            today=self.today,
            own_clocks=self.filterset.clocks.own,
            questions=self.filterset.question_codes,
            also=self.filterset.criteria.get(AlsoTakesFilter.param, ()),
            age=self.filterset.criteria.get("leeftijd"),
            point=(place.x, place.y) if place else None,
            place=self._place_words,
            municipality=self.municipality,
            query=self.way_back,
        )

    @property
    def _place_words(self) -> str:
        if self.filterset.place:
            return self.filterset.place.label
        chosen = self.filterset.criteria.get("gemeente")
        return str(chosen.name) if chosen else ""

    @property
    def is_of_codes(self) -> bool:
        """Whether the address says nothing but codes of ours, as our own addresses do."""
        typed = self.query.getlist
        return (
            self.query.keys() <= {*self.filterset.filters, *MESSAGES}
            and not self.filterset.form.errors
            and typed("plaats") == ([self.filterset.place.key] if self.filterset.place else [])
            and typed("woord") == in_catalogue(typed("woord"))
            and typed("gelezen_als") == list(self.read_as)
            and set(typed("volgorde")) <= set(Order.values)
            and all(map(emergency_lines, typed("signaal")))
            and [one.code for one in self.maybe_meant] == typed(MAYBE_MEANT)
            and all(NUMBERS.fullmatch(text) for name in FIGURES for text in typed(name))
        )

    # --- addresses -----------------------------------------------------------------------------

    @property
    def way_back(self) -> str:
        """Return the parameters of this very page, without what it says once."""
        return urlencode([pair for pair in self.query.lists() if pair[0] not in ONCE], doseq=True)

    def address(
        self,
        *,
        without: tuple[str, str | None] | None = None,
        dropping: Iterable[str] = (),
        **put: str,
    ) -> str:
        """Return the address of this search, without one value or filters, or with others."""
        params = _lists(self.query, dropping)
        if without:
            name, value = without
            left = [one for one in params.get(name, ()) if value is not None and one != value]
            params[name] = left
        return _address(params | {name: [value] for name, value in put.items()})

    def with_value(self, name: str, value: str) -> str:
        """Return the address of this search with one value more of a filter that takes several."""
        params = _lists(self.query)
        return _address(params | {name: [*params.get(name, ()), value]})

    def meaning(self, code: str) -> str:
        """Return the address of this search with one help question more, which was asked about."""
        params = _lists(self.query)
        open_still = [one for one in params.get(MAYBE_MEANT, ()) if one != code]
        asked = [*params.get("hulpvraag", ()), code]
        return _address(params | {MAYBE_MEANT: open_still, "hulpvraag": asked})

    @property
    def without_filters(self) -> str:
        """Return the address of this search with its question only."""
        query = QueryDict(mutable=True)
        for name in QUESTION_PARAMS:
            query.setlist(name, self.query.getlist(name))
        return f"?{query.urlencode()}" if query else "/"

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return the parameters that the question form carries along to the next question."""
        names = ("hulpvraag", "woord", *CARRIED_ALONG)
        return [(name, value) for name in names for value in self.query.getlist(name) if value]

    def hidden(self, shown: set[str]) -> list[tuple[str, str]]:
        """Return the parameters the filter form carries along unseen, but for those it shows."""
        return [
            (name, value)
            for name in (*UNSEEN_PARAMS, "signaal")
            for value in self.query.getlist(name)
            if value and name not in shown
        ]


def _lists(query: QueryDict, dropping: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return the parameters of a search from its first page on, without what it says once.

    Not as a copy of the query, which is copied to the bottom: a page has twenty addresses.
    """
    left_out = {"pagina", *ONCE, *dropping}
    return {name: values for name, values in query.lists() if name not in left_out}


def _address(params: Mapping[str, list[str]]) -> str:
    query = urlencode(params, doseq=True)
    return f"?{query}" if query else "/"


def _order(wanted: str, filterset: OfferFilterSet) -> Order:
    """Return the order asked for; nearest means nothing without a place."""
    order = Order(wanted) if wanted in Order.values else Order.BEST
    return Order.BEST if order is Order.NEAREST and not filterset.place else order
