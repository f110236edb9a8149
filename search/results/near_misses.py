"""Never a dead end: what to do when a search finds little or nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from providers.filters.offers import OfferFilterSet
from providers.models import Municipality
from providers.rules.lightness import light_sql
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from providers.vocabulary.choices import choices
from search.alternatives.lighter import AT_MOST, line
from search.cards.card import Alternative
from search.finding.conditions import Conditions
from search.finding.counts import Tally
from search.signals.missing import CARRIED

if TYPE_CHECKING:
    from search.results.page import SearchPage

# Fewer results than this asks for ways on.
FEW = 5
NEIGHBOURS = 5
QUESTION = {"hulpvraag", "woord", "naam", "plaats", "gemeente", "leeftijd"}
# The filters that go off together, and what to call the search without them.
COSTS = {
    ("hulpvraag", "woord", "naam"): _("Zonder de hulpvraag"),
    ("ook",): _("Zonder “ook voor”"),
    ("leeftijd",): _("Zonder de leeftijd"),
    ("plaats", "gemeente"): _("In heel Nederland"),
    ("start",): _("Ook als het later start"),
    ("wachttijd",): _("Ook met een langere wachttijd"),
    ("trede",): _("Ook lichter of zwaarder"),
    ("vorm",): _("Zonder “groep of individueel”"),
    ("toegang",): _("Zonder het filter op toegang"),
    ("fase",): _("Ook in een andere fase"),
    ("doelgroep",): _("Zonder de doelgroep"),
    ("taal",): _("Zonder de taal"),
    ("deel",): _("Ook de andere delen"),
}
# What is counted, and the lighter help that is found, the best first.
TOTAL, LIGHTER = "total", "lighter"
_LIGHTER = f"""lighter AS MATERIALIZED (
  SELECT i.offer_id, i.level, (i.turn + %(shift)s) %% {TURNS} AS turn_today,
    CAST(COALESCE({KNOWN_WAIT}, {NEVER}) AS double precision) AS wait,
    {first_start("i.offer_id")} AS first_start
  FROM providers_offerindex i
  WHERE {{where}} AND {light_sql("i.level")})"""  # noqa: S608
# So many that enough are left without those that are shown already.
_LIGHTEST = f"""SELECT '{LIGHTER}', CAST(place AS text), offer_id FROM (
  SELECT offer_id, ROW_NUMBER() OVER (ORDER BY {START_WEEKS}, level, turn_today, offer_id) AS place
  FROM lighter) placed WHERE place < {FEW + AT_MOST}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class WayOn:
    """Another search, and how much it would give."""

    label: str
    url: str
    total: int


class FewResults:
    """What each filter costs, what the neighbours have and what is lighter.

    All of it is counted, and the lighter help looked up, together with what the page counts and
    shows anyway.
    """

    def __init__(self, page: "SearchPage") -> None:
        self.page = page
        self.filterset = page.filterset

    def ask(self, tally: Tally) -> None:
        """Ask for the number of results of every search offered, and for lighter help."""
        for key, other in self._searches.items():
            conditions = Conditions(other)
            where = tally.of(conditions, conditions.where())
            tally.count(TOTAL, f"'{key}'", where)
        if self._others:
            conditions = Conditions(self.filterset.without(*self._others))
            where = tally.of(conditions, conditions.where())
            tally.add(_LIGHTEST, step=_LIGHTER.format(where=where))

    @cached_property
    def lighter_ids(self) -> list[int]:
        """Return lighter help for the same question, place and age, without the other filters."""
        shown = {hit.offer for hit in self.page.shown}
        best = sorted((int(place), pk) for place, pk in self.page.counted.get(LIGHTER, ()))
        return [pk for _place, pk in best if pk not in shown][:AT_MOST]

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
            WayOn(str(label), self.page.address(dropping=names), self._totals.get(names[0], 0))
            for names, label in self._in_use.items()
        ]
        helping = [way for way in ways if way.total > self.page.ranking.total]
        return sorted(helping, key=lambda way: -way.total)

    @cached_property
    def neighbours(self) -> list[WayOn]:
        """Return the same search in the nearest municipalities that have anything."""
        return [
            WayOn(
                near.name,
                self.page.address(dropping=["plaats"], gemeente=near.pk),
                self._totals[near.pk],
            )
            for near in self._near
            if near.pk in self._totals
        ]

    @property
    def is_lighter(self) -> bool:
        """Whether all of that is lighter than every result, and not only light as well."""
        lightest = min((one.level for one in self.page.cards), default=0)
        offers = (self.page.offers.get(pk) for pk in self.lighter_ids)
        return all(offer.level < lightest for offer in offers if offer)

    @cached_property
    def lighter(self) -> list[Alternative]:
        """Return that lighter help, with when it starts."""
        clocks, municipality = self.filterset.clocks, self.filterset.municipality
        offers = (self.page.offers.get(pk) for pk in self.lighter_ids)
        back = self.page.asked.way_back
        return [line(one, clocks, municipality, back(one.pk)) for one in offers if one]

    @property
    def _in_use(self) -> dict[tuple[str, ...], Any]:
        asked = self.filterset.asked.keys()
        return {names: label for names, label in COSTS.items() if not asked.isdisjoint(names)}

    @property
    def _others(self) -> list[str]:
        """Return the filters besides the question; none where there is nothing but those."""
        asked = self.filterset.asked
        return [name for name in asked if name not in QUESTION] if asked.keys() & QUESTION else []

    @cached_property
    def _searches(self) -> dict[str, OfferFilterSet]:
        """Return every search that is offered, by its first filter off or its municipality."""
        off = {names[0]: self.filterset.without(*names) for names in self._in_use}
        there = {near.pk: self.filterset.without("plaats", gemeente=near) for near in self._near}
        return off | there

    @cached_property
    def _totals(self) -> dict[str, int]:
        return dict(self.page.counted.get(TOTAL, ()))

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
        others = (m for m in choices(Municipality).values() if m.pk != self.filterset.municipality)
        nearest = sorted(others, key=lambda m: ((m.rd_x - x) ** 2 + (m.rd_y - y) ** 2, m.pk))
        return nearest[:NEIGHBOURS]
