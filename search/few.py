"""Never a dead end: what to do when a search finds little or nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from providers.enums import UPSTREAM_LEVELS
from providers.models import Municipality, OfferIndex
from search.alternatives import AT_MOST, line, with_runs
from search.cards import Alternative
from search.missing import CARRIED
from search.score import start_weeks, turn

if TYPE_CHECKING:
    from search.page import SearchPage

# Fewer results than this asks for ways on.
FEW = 5
NEIGHBOURS = 5
QUESTION = ("hulpvraag", "woord", "plaats", "gemeente", "leeftijd")
# The filters that go off together, and what to call the search without them.
COSTS = {
    ("hulpvraag", "woord"): _("Zonder de hulpvraag"),
    ("ook",): _("Zonder “ook voor”"),
    ("leeftijd",): _("Zonder de leeftijd"),
    ("plaats", "gemeente"): _("In heel Nederland"),
    ("start",): _("Ook als het later start"),
    ("wachttijd",): _("Ook met een langere wachttijd"),
    ("trede",): _("Ook lichter of zwaarder"),
    ("vorm",): _("Zonder “groep of individueel”"),
    ("toegang",): _("Zonder het filter op toegang"),
    ("doelgroep",): _("Zonder de doelgroep"),
    ("taal",): _("Zonder de taal"),
    ("deel",): _("Ook de andere delen"),
}


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another search, and how much it would give."""

    label: str
    url: str
    total: int


class FewResults:
    """What each filter costs, what the neighbours have and what is lighter: four statements."""

    def __init__(self, page: "SearchPage") -> None:
        self.page = page
        self.filterset = page.filterset

    @property
    def is_nothing(self) -> bool:
        """Whether there is no result at all."""
        return not self.page.ranking.total

    @property
    def missing(self) -> str:
        """Return the address of the form that says what is missing, filled in with this search."""
        asked = QueryDict(mutable=True)
        for name in CARRIED:
            asked.setlist(name, [value for value in self.page.params.getlist(name) if value])
        return f"{reverse('search:missing_help')}?{asked.urlencode()}"

    @cached_property
    def costs(self) -> list[WayOn]:
        """Return the searches with one filter off that give more, the most first."""
        ways = [
            WayOn(str(COSTS[names]), self.page.address(dropping=names), self._totals[names])
            for names in self._in_use
        ]
        helping = [way for way in ways if way.total > self.page.ranking.total]
        return sorted(helping, key=lambda way: -way.total)

    @cached_property
    def neighbours(self) -> list[WayOn]:
        """Return the same search in the nearest municipalities that have anything."""
        ways = [
            WayOn(
                near.name,
                self.page.address(dropping=["plaats"], gemeente=near.pk),
                self._totals[(near.pk,)],
            )
            for near in self._near
        ]
        return [way for way in ways if way.total]

    @cached_property
    def lighter(self) -> list[Alternative]:
        """Return lighter help for the same question, place and age, without the other filters."""
        others = [name for name in self.filterset.asked if name not in QUESTION]
        if not others or len(others) == len(self.filterset.asked):
            return []
        shown = [card.offer_id for card in self.page.cards]
        today = self.page.today
        rows = self.filterset.rows_without(*others).exclude(pk__in=shown)
        clocks = self.filterset.clocks
        rows = rows.filter(level__in=UPSTREAM_LEVELS).annotate(start_weeks=start_weeks(clocks))
        best = rows.order_by("start_weeks", "level", turn(today), "pk")
        return [
            line(row, clocks, self.filterset.municipality)
            for row in with_runs(best, today)[:AT_MOST]
        ]

    @property
    def _in_use(self) -> list[tuple[str, ...]]:
        return [names for names in COSTS if any(name in self.filterset.asked for name in names)]

    @cached_property
    def _totals(self) -> dict[tuple[str, ...], int]:
        """Return the number of results of every search offered: one statement for all."""
        searches = {names: self.filterset.rows_without(*names) for names in self._in_use}
        for near in self._near:
            elsewhere = self.filterset.rows_without("plaats", gemeente=near)
            searches[(near.pk,)] = elsewhere
        return _count_each(searches)

    @cached_property
    def _near(self) -> list[Municipality]:
        """Return the municipalities nearest to the place asked for, by their centroids."""
        place, chosen = self.filterset.place, self.filterset.asked.get("gemeente")
        if place is not None:
            x, y = place.x, place.y
        elif chosen is not None:
            x, y = chosen.rd_x, chosen.rd_y
        else:
            return []
        dx, dy = F("rd_x") * 1.0 - x, F("rd_y") * 1.0 - y
        square: Any = ExpressionWrapper(dx * dx + dy * dy, output_field=FloatField())
        others = Municipality.objects.exclude(pk=self.filterset.municipality)
        return list(others.order_by(square, "pk")[:NEIGHBOURS])


def _count_each(searches: dict[tuple[str, ...], QuerySet[Any]]) -> dict[tuple[str, ...], int]:
    counts = {
        f"n{number}": Count("pk", filter=Q(pk__in=rows.order_by().values("pk")))
        for number, rows in enumerate(searches.values())
    }
    if not counts:
        return {}
    found = OfferIndex.objects.aggregate(**counts)
    return {names: found[f"n{number}"] for number, names in enumerate(searches)}
