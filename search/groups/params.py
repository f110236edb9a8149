"""What was asked of the groups, from the parameters of an address or of the form."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from providers.filters.offers import OfferFilterSet
from providers.filters.runs import RunFilterSet
from providers.models import OfferIndex
from providers.rules.clocks import clocks_in
from search.asking.understanding import in_catalogue
from search.cards.card import SearchContext
from search.groups.runs import all_runs

CALENDAR = "kalender"
OPEN, ON_DEMAND = "altijd", "op-maat"
WITHOUT_START = {
    OPEN: (Q(is_open=True, on_demand=False), gettext_lazy("Instromen kan altijd")),
    ON_DEMAND: (Q(on_demand=True), gettext_lazy("Groep op maat")),
}


class GroupParams:
    """The parameters of the page of groups, and the addresses made of them."""

    def __init__(self, raw: QueryDict) -> None:
        self.raw = without_empty(raw)
        self.today = timezone.localdate()
        self.offers = OfferFilterSet(
            self.raw, queryset=OfferIndex.objects.visible(), today=self.today
        )
        self.clocks = clocks_in(self.offers.municipality, self.today)
        self.runs = RunFilterSet(self.raw, queryset=all_runs(self.today), today=self.clocks)

    @cached_property
    def around(self) -> SearchContext:
        """Where the reader looks: distances are taken from there, offers open in it."""
        place = self.offers.place
        return SearchContext(
            self.today,
            point=(place.x, place.y) if place else None,
            place=place.label if place else "",
            municipality=self.offers.municipality,
        )

    @property
    def errors(self) -> list[str]:
        """What could not be read, each after the name of its field."""
        return [
            f"{form.fields[name].label}: {' '.join(map(str, errors))}"
            for form in (self.offers.form, self.runs.form)
            for name, errors in form.errors.items()
        ]

    @property
    def is_calendar(self) -> bool:
        """Whether the month is shown instead of the list."""
        return self.raw.get("weergave") == CALENDAR

    @property
    def part(self) -> str:
        """Which groups without a start are shown alone, if any."""
        wanted = self.raw.get("toon", "")
        return wanted if wanted in WITHOUT_START else ""

    # --- addresses -----------------------------------------------------------------------------

    @cached_property
    def query(self) -> str:
        """The filters in use, for links that change how the page looks.

        Only what could be read: whatever else was typed gets into no address.
        """
        used = self.offers.criteria | self.runs.criteria
        known = QueryDict(mutable=True)
        for name in filter(used.__contains__, self.raw):
            known.setlist(name, self._readable(name, used[name]))
        return known.urlencode()

    def _readable(self, name: str, value: Any) -> list[str]:
        if name == "woord":
            return in_catalogue(value)
        if name == "plaats":
            # As we write it ourselves. Of a full postcode the four digits only: six characters
            # can point at one street.
            return [value.key if value.key.isdigit() else value.label]
        if isinstance(value, list):
            return list(dict.fromkeys(self.raw.getlist(name)))
        return [str(self.raw[name]).strip()]

    @property
    def address(self) -> str:
        """The address of this page in what we know only."""
        look = [("weergave", CALENDAR)] if self.is_calendar else []
        look += [("toon", self.part)] if self.part else []
        return _address("&".join(filter(None, [self.query, urlencode(look)])))

    @property
    def all_days(self) -> str:
        """The address of the list without the one day that was asked for."""
        query = QueryDict(self.query, mutable=True)
        query.pop("op", None)
        return _address(query.urlencode())

    @property
    def tap_query(self) -> str:
        """What the form for interest can fill in of what was asked."""
        wanted = {
            "gemeente": self.offers.municipality,
            "leeftijd": self.offers.criteria.get("leeftijd"),
        }
        known = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(known)}" if known else ""

    @property
    def pager_query(self) -> str:
        """The other parameters, for the pager."""
        return "&".join(filter(None, [self.query, f"toon={self.part}" if self.part else ""]))


def _address(query: str) -> str:
    return f"{reverse('search:groups')}?{query}".rstrip("?")


def without_empty(params: QueryDict) -> QueryDict:
    """Return the parameters that say something: a form sends its empty fields along."""
    found = QueryDict(mutable=True)
    for name, values in params.lists():
        if any(values):
            found.setlist(name, [value for value in values if value])
    return found
