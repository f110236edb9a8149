"""The addresses that a page of results leads to, and whether its own is made of codes only."""

import re
from collections.abc import Iterable

from django.http import QueryDict
from django.utils.http import urlencode

from providers.filters.offers import OfferFilterSet
from search.asking.emergency import emergency_lines
from search.asking.forms import KEPT, MAYBE_PLACE
from search.asking.understanding import in_catalogue
from search.finding.matching import Order
from search.results.panel import FilterGroup

# Besides the filters: what the page says once, its order, and where in the results one is.
FIGURES = ("pagina", "niet_gebruikt", "vak", "genummerd", MAYBE_PLACE)
MESSAGES = ("volgorde", "signaal", "gelezen_als", *FIGURES)
ONCE = ("niet_gebruikt", "gelezen_als", MAYBE_PLACE)
NUMBERS = re.compile(r"[0-9.,-]*")
ASKING = ("hulpvraag", "woord", "naam", "plaats", "leeftijd", "gemeente")


class Addresses:
    """What a page of results, with these parameters, puts in its links and forms."""

    params: QueryDict
    filterset: OfferFilterSet

    @property
    def filter_groups(self) -> list[FilterGroup]:
        """Return the filters that the form on the page shows."""
        raise NotImplementedError

    @property
    def read_as(self) -> list[str]:
        """Return the words of ours that misspelt ones were read as."""
        raise NotImplementedError

    @property
    def is_of_codes(self) -> bool:
        """Whether the address says nothing but codes of ours, as our own addresses do."""
        typed = self.params.getlist
        return (
            self.params.keys() <= {*self.filterset.filters, *MESSAGES}
            and not self.filterset.form.errors
            and typed("plaats") == ([self.filterset.place.key] if self.filterset.place else [])
            and typed("woord") == in_catalogue(typed("woord"))
            and typed("gelezen_als") == self.read_as
            and set(typed("volgorde")) <= set(Order.values)
            and all(map(emergency_lines, typed("signaal")))
            and all(NUMBERS.fullmatch(text) for name in FIGURES for text in typed(name))
        )

    @property
    def way_back(self) -> str:
        """Return the parameters of this very page, without what it says once."""
        return urlencode([pair for pair in self.params.lists() if pair[0] not in ONCE], doseq=True)

    def address(
        self,
        *,
        without: tuple[str, str | None] | None = None,
        dropping: Iterable[str] = (),
        **put: str,
    ) -> str:
        """Return the address of this search, without one value or filters, or with others."""
        params = self.params.copy()
        for name in ("pagina", *ONCE, *dropping):
            params.pop(name, None)
        if without:
            name, value = without
            left = [item for item in params.getlist(name) if value is not None and item != value]
            params.setlist(name, left)
        for name, value in put.items():
            params[name] = value
        query = params.urlencode()
        return f"?{query}" if query else "/"

    @property
    def query(self) -> str:
        """Return the parameters without the page, for the pager and the map."""
        return self.address().removeprefix("?").removeprefix("/")

    @property
    def without_filters(self) -> str:
        """Return the address of this search with its question only."""
        query = QueryDict(mutable=True)
        for name in ASKING:
            query.setlist(name, self.params.getlist(name))
        return f"?{query.urlencode()}" if query else "/"

    @property
    def with_unknown(self) -> str:
        """Return the address that also shows what is not known."""
        return self.address(onbekend="ja")

    @property
    def whole(self) -> str:
        """Return the address with all parts."""
        return self.address(without=("deel", None))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Return the parameters that the question form carries along to the next question."""
        names = ("hulpvraag", "woord", *KEPT)
        return [(name, value) for name in names for value in self.params.getlist(name) if value]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return the parameters the filter form carries along unseen."""
        shown = {choice.name for group in self.filter_groups for choice in group.choices}
        return [
            (name, value)
            for name in (*ASKING, "deel", "wachttijd", "signaal")
            for value in self.params.getlist(name)
            if value and name not in shown
        ]
