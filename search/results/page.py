"""Everything the search page says, from the parameters in its address."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from providers.filters.offers import MAX_WORDS, OfferFilterSet
from providers.models import Offer, OfferIndex
from providers.rules.sections import Section
from search.alternatives.at_home import NOT_NOW, AtHome, at_home
from search.alternatives.lighter import is_long
from search.alternatives.meanwhile import meanwhile
from search.asking.need import Need
from search.asking.understanding.spelling import known_words
from search.cards.card import Asked, Card, Part, card
from search.finding.conditions import Conditions
from search.finding.counts import Found, Tally
from search.finding.facets import (
    Beside,
    Counts,
    ask_beside,
    facet_counts,
    start_counts,
    told_beside,
)
from search.finding.loading import fetch
from search.finding.matching import PAGE_SIZE, START_WEEKS, Hit, Order, Ranking, as_hit, rank
from search.finding.nearby import Nearby, ask_nearby, told_nearby
from search.results.addresses import Addresses
from search.results.chips import Chip, chips_of
from search.results.family_selection import best_for_family
from search.results.near_misses import FEW, FewResults
from search.results.panel import Choice, FilterGroup, Panel, start_choices
from search.results.whereabouts import Whereabouts
from search.results.whom_to_call import WhomToCall, whom_to_call


class SearchPage(Addresses):
    """The search page for one set of parameters."""

    def __init__(self, params: QueryDict, today: dt.date | None = None) -> None:
        self.params = params
        self.today = today or timezone.localdate()
        self.filterset = OfferFilterSet(
            params, queryset=OfferIndex.objects.visible(), today=self.today
        )

    @cached_property
    def conditions(self) -> Conditions:
        """Return what is asked of a row of the index."""
        return Conditions(self.filterset)

    # --- what was asked ------------------------------------------------------------------------

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to search for; if not, the page only invites to ask."""
        says = bool(self.emergency or self.whereabouts.maybe)
        return says or any(name in self.params for name in self.filterset.filters)

    @cached_property
    def order(self) -> Order:
        """Return the order asked for; nearest means nothing without a place."""
        wanted = self.params.get("volgorde", "")
        order = Order(wanted) if wanted in Order.values else Order.BEST
        return Order.BEST if order is Order.NEAREST and not self.filterset.place else order

    @property
    def orders(self) -> list[Order]:
        """Return the orders that make sense here."""
        return [o for o in Order if o is not Order.NEAREST or self.filterset.place]

    @cached_property
    def asked(self) -> Asked:
        """Return what cards refer to."""
        place = self.filterset.place
        return Asked(
            today=self.today,
            own_clocks=self.filterset.clocks.own,
            questions=self.filterset.question_codes,
            age=self.filterset.asked.get("leeftijd"),
            point=(place.x, place.y) if place else None,
            place=self._place_words,
            municipality=self.filterset.municipality,
            query=self.way_back,
        )

    @property
    def _place_words(self) -> str:
        if self.filterset.place:
            return self.filterset.place.label
        chosen = self.filterset.asked.get("gemeente")
        return str(chosen.name) if chosen else ""

    @cached_property
    def chips(self) -> list[Chip]:
        """Return what was understood, each removable."""
        return chips_of(self.filterset, self.address)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Return what to say of the place asked for."""
        return Whereabouts(self)

    @property
    def unused(self) -> str:
        """Return how many words of the question were not used."""
        raw = self.params.get("niet_gebruikt", "")
        number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else 0
        if not number:
            return ""
        return ngettext(
            "%(n)s woord kennen we niet en is niet gebruikt.",
            "%(n)s woorden kennen we niet en zijn niet gebruikt.",
            number,
        ) % {"n": number}

    @cached_property
    def read_as(self) -> list[str]:
        """Return the words that misspelt ones were read as; only words we know."""
        return known_words(self.params.getlist("gelezen_als")[:MAX_WORDS])

    @cached_property
    def need(self) -> Need:
        """Return what goes along to the shortlist and the hand-out."""
        return Need.read(self.params)

    @cached_property
    def emergency(self) -> WhomToCall:
        """Return whom to call, when the question named danger or haste."""
        return whom_to_call(self.params.getlist("signaal"), self.filterset)

    @cached_property
    def crisis_cards(self) -> list[Card]:
        """Return help in a crisis, which stands before everything else for those in a hurry."""
        return [card(self.offers[pk], self.asked) for pk in self._in_crisis if pk in self.offers]

    @property
    def _in_crisis(self) -> tuple[int, ...]:
        is_first = self.params.get("pagina", "1") == "1"
        return self.emergency.offers if self.emergency.is_urgent and is_first else ()

    # --- results -------------------------------------------------------------------------------

    @cached_property
    def ranking(self) -> Ranking:
        """Return everything that fits, in order."""
        return rank(self.conditions, self.order)

    @property
    def is_overview(self) -> bool:
        """Whether the page shows the best of each part rather than one long list."""
        return (
            self.order is Order.BEST
            and not {"deel", "naam"} & self.filterset.asked.keys()
            and len(self.ranking.per_section) > 1
        )

    @cached_property
    def parts(self) -> list[Part]:
        """Return the best few of each part, numbered through."""
        cards = self._cards(first=1)
        part_of = {hit.offer: hit.part for hit in self.shown}
        return [
            Part(
                title=str(section.label),
                total=total,
                cards=[one for one in cards if part_of[one.offer_id] == section.value],
                more=self.address(deel=section.value),
                is_around=section is Section.AROUND,
            )
            for section, total in self.ranking.per_section.items()
        ]

    @cached_property
    def at_home(self) -> list[AtHome]:
        """Return what may play at home too, with light help for it; the overview only."""
        if not self.is_overview or self.params.get("signaal") in NOT_NOW:
            return []
        return at_home(self.asked, shown={one.offer_id for one in self.cards})

    @cached_property
    def for_family(self) -> str:
        """Return the parameters of the hand-out with the best of each part; the overview only."""
        return best_for_family(self) if self.is_overview else ""

    @property
    def has_around(self) -> bool:
        """Whether one of the parts is help for the family."""
        return any(part.is_around for part in self.parts)

    @cached_property
    def page(self) -> Page[Any]:
        """Return one page of the whole list; a page that does not exist is the nearest one."""
        paginator = Paginator(self.ranking.rows, PAGE_SIZE)
        return paginator.get_page(self.params.get("pagina"))

    @cached_property
    def shown(self) -> list[Hit]:
        """Return the results on this page, in order."""
        first = set(self._in_crisis)
        if self.is_overview:
            return self.ranking.best_of_each_section(besides=first)
        return [as_hit(row) for row in self.page.object_list if row[0] not in first]

    @cached_property
    def offers(self) -> dict[int, Offer]:
        """Return every offer that the page says something of, by number."""
        lighter = self.few.lighter_ids if self.few else []
        numbers = [*self._in_crisis, *(hit.offer for hit in self.shown), *lighter]
        rows = fetch(numbers, clocks=self.asked.clocks, municipality=self.filterset.municipality)
        return {offer.pk: offer for offer in rows}

    @cached_property
    def cards(self) -> list[Card]:
        """Return the cards on this page, in order."""
        if self.is_overview:
            return [one for part in self.parts for one in part.cards]
        return self._cards(first=self.page.start_index())

    def _cards(self, *, first: int) -> list[Card]:
        hits = {hit.offer: hit for hit in self.shown}
        rows = [self.offers[pk] for pk in hits if pk in self.offers]
        weeks, clocks = {pk: hit.score.start_weeks for pk, hit in hits.items()}, self.asked.clocks
        beside = meanwhile([r for r in rows if is_long(r, weeks[r.pk], clocks)], self.asked)
        return [
            card(
                row,
                self.asked,
                number=number,
                score=hits[row.pk].score if self.order is Order.BEST else None,
                meanwhile=beside.get(row.pk, ()),
            )
            for number, row in enumerate(rows, first)
        ]

    @cached_property
    def few(self) -> FewResults | None:
        """Return the ways on when there is little or nothing to show."""
        return FewResults(self) if self.ranking.total < FEW else None

    # --- filters -------------------------------------------------------------------------------

    @cached_property
    def filter_groups(self) -> list[FilterGroup]:
        """Return the filters with what is chosen in them, and how many each choice gives."""
        return Panel(self.filterset, self.facets, self.nearby).groups

    @cached_property
    def facets(self) -> Counts:
        """Return how many results each value of a filter has."""
        return facet_counts(self.ranking.rows, self.beside)

    @cached_property
    def counted(self) -> Found:
        """Return everything counted besides the results: one statement at most."""
        tally = Tally(self.conditions)
        ask_beside(tally)
        ask_nearby(tally, self.ranking.ids)
        if self.few:
            self.few.ask(tally)
        return tally.run()

    @cached_property
    def beside(self) -> Beside:
        """Return what else there would be with a filter off, and what is not known to fit."""
        return told_beside(self.counted, self.conditions)

    @property
    def left_out(self) -> int:
        """Return how many are left out only because something asked is not known of them."""
        return self.beside.left_out

    @cached_property
    def nearby(self) -> Nearby:
        """Return how many results the municipalities of the region have."""
        return told_nearby(self.counted, self.filterset, self.ranking.ids)

    @property
    def filters_in_use(self) -> int:
        """Return how many filters are on, for the button that opens them on a phone."""
        # A municipality belongs to the question, like a place.
        boxes = sum(group.chosen for group in self.filter_groups if not group.only_one)
        return boxes + sum(name in self.filterset.asked for name in ("start", "wachttijd"))

    @property
    def start_weeks(self) -> int | None:
        """Return within how many weeks it has to start."""
        return self.filterset.asked.get("start")

    @property
    def unknown_too(self) -> bool:
        """Whether offers with an unknown wait are shown despite a filter on time."""
        return "onbekend" in self.filterset.asked

    @property
    def start_choices(self) -> list[Choice]:
        """Return the terms within which it has to start."""
        known = (row[START_WEEKS] for row in self.ranking.rows)
        return start_choices(self.start_weeks, start_counts(known, self.beside), self.ranking.total)

    @property
    def problems(self) -> list[str]:
        """Return one sentence per parameter that could not be used."""
        if not self.is_asked:
            return []
        errors = self.filterset.form.errors
        return [
            f"{self.filterset.form.fields[name].label}: {text[0]}" for name, text in errors.items()
        ]

    @property
    def section_title(self) -> str:
        """Return the name of the part shown, when it is one part."""
        chosen = self.filterset.asked.get("deel")
        return str(Section(chosen).label) if chosen else ""
