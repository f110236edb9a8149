"""What the page says of the place that was asked for: one to ask about, or one far away."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from providers.geography.places import Place, find_place
from search.asking.forms import MAYBE_PLACE

if TYPE_CHECKING:
    from search.results.page import SearchPage


@dataclass(frozen=True)
class Whereabouts:
    """What to say of the place in a search."""

    page: "SearchPage"

    @cached_property
    def maybe(self) -> Place | None:
        """Return the postcode that four digits of the question may be, if no place is known."""
        code = self.page.params.get(MAYBE_PLACE, "")
        is_open = len(code) == 4 and code.isdigit() and not self.page.filterset.municipality
        return find_place(code) if is_open else None

    @property
    def maybe_town(self) -> str:
        """Return the town of that postcode."""
        return self.maybe.label.partition(" ")[2] if self.maybe else ""

    @property
    def with_maybe(self) -> str:
        """Return the address of this search with that postcode."""
        return self.page.address(plaats=self.maybe.key) if self.maybe else ""

    @property
    def outside(self) -> str:
        """Return the name of the place asked for when it lies outside the region of this site."""
        chosen = self.page.filterset.asked.get("gemeente")
        if chosen is not None:
            return str(chosen.name) if chosen.region_id != settings.REGION_CODE else ""
        place = self.page.filterset.place
        return place.label if place and place.is_outside else ""

    @property
    def without_place(self) -> str:
        """Return the address of this search without a place."""
        return self.page.address(dropping=("plaats", "gemeente"))
