"""Never a dead end: what to do when a search finds little or nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, FloatField
from django.db.models.expressions import ExpressionWrapper
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from providers.enums import UPSTREAM_LEVELS
from providers.filters import OfferFilterSet
from providers.models import Municipality
from search.alternatives import AT_MOST, line, with_runs
from search.cards import Alternative
from search.conditions import Conditions
from search.missing import CARRIED
from search.score import start_weeks, turn
from search.sql import NAMED, fetch_all

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
        searches = {names: self.filterset.without(*names) for names in self._in_use}
        for near in self._near:
            searches[(near.pk,)] = self.filterset.without("plaats", gemeente=near)
        return _count_each(self.filterset, searches)

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


def _count_each(
    filterset: OfferFilterSet, searches: dict[tuple[str, ...], OfferFilterSet]
) -> dict[tuple[str, ...], int]:
    """Count every search in one statement; they ask for no other words than `filterset`."""
    if not searches:
        return {}
    asked = Conditions(filterset)
    values, parts = dict(asked.values), []
    for number, other in enumerate(searches.values()):
        conditions = Conditions(other)
        # Each search has values of its own under the same names.
        where = NAMED.sub(rf"%(s{number}_\1)s", conditions.where())
        parts.append(f"SELECT {number}, COUNT(*) FROM providers_offerindex i WHERE {where}")  # noqa: S608
        values |= {f"s{number}_{name}": value for name, value in conditions.values.items()}
    found = dict(fetch_all(f"{asked.beginning()} {' UNION ALL '.join(parts)}", values))
    return {names: found[number] for number, names in enumerate(searches)}
