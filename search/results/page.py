"""The page of results in words: computed from what was found, without a statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.filters.offers import OfferFilterSet
from providers.filters.registry import BY_NUMBER, QUESTION_PARAMS
from providers.geography.geometry import to_degrees
from providers.languages import all_of, grouped
from search.alternatives.at_home import AtHome, in_words
from search.asking.need import Need
from search.asking.whom_to_call import WhomToCall
from search.cards.card import Card, card
from search.finding.matching import PAGE_SIZE, Order, Ranking
from search.finding.ranking import MOST_RANKED
from search.local_team.team import LocalTeams
from search.results.answers import answers_in
from search.results.chips import Chip, chips_of
from search.results.letter import Plan, Step, letter_of
from search.results.near_misses import NearMisses, near_misses
from search.results.panel import (
    Choice,
    FilterGroup,
    Panel,
    QuickFilter,
    quick_filters,
    start_choices,
)
from search.results.params import SearchParams
from search.results.plan import role_of
from search.results.run import Results, SearchCounts
from search.results.sections import CardSection, sections_of
from search.results.whereabouts import Whereabouts, whereabouts
from search.shortlist.shortlist import family_query


@dataclass(frozen=True, slots=True)
class MaybeMeant:
    """A help question that the line may be about, with the address that says it is."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of the question, each part removable, and what could not be used."""

    names: Sequence[Any]
    chips: Sequence[Chip]
    unused: str
    problems: Sequence[str]
    maybe_meant: Sequence[MaybeMeant]
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The filters with what is chosen in them, and how many each choice gives.

    `in_use` is how many are on, for the button that opens them on a phone; `hidden` are the
    parameters that go along unseen; `cleared` is the address without filters; `quick` are those
    that are one tap away.
    """

    hidden: Sequence[tuple[str, str]]
    groups: Sequence[FilterGroup]
    in_use: int
    start_weeks: int | None
    start_choices: tuple[Choice, ...]
    with_unknown: bool
    cleared: str
    quick: Sequence[QuickFilter]
    orders: Sequence[Order]
    order: Order


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """All that the template prints.

    `more_than` says in words how many were ranked when there are more than those, and
    `more_pages_than` how many pages those fill; else both are empty.
    """

    total: int
    more_than: str
    more_pages_than: str
    soon: int
    emergency: WhomToCall
    read_as: str
    understood: Understood
    filters: FilterForm
    left_out: int
    url_with_unknown: str
    crisis_cards: Sequence[Card]
    is_overview: bool
    sections: Sequence[CardSection]
    at_home: Sequence[AtHome]
    url_of_all: str
    pages: Page[Any]
    near_misses: NearMisses | None
    local_teams: LocalTeams | None
    is_danger: bool
    plan: Plan | None
    municipality: str
    place: str
    need: Need
    query: str
    way_back: str

    @property
    def cards(self) -> list[Card]:
        """Return the cards of the results, in order."""
        return [one for section in self.sections for one in section.shown]

    @property
    def still(self) -> str:
        """Return the address of a picture of the map, for pages without script."""
        cards = self.cards
        given = [("aanbod", str(one.offer_id)) for one in cards]
        given += [("gemeente", self.municipality)] if self.municipality else []
        given += [("eerste", str(cards[0].number))] if cards and cards[0].number else []
        return f"{reverse('search:still')}?{urlencode(given)}"

    @property
    def question(self) -> str:
        """Return what was asked on one line, as understood."""
        labels = [one.label for one in self.understood.chips if one.name in QUESTION_PARAMS]
        return " · ".join(labels) or _("Stel een vraag")

    @property
    def has_around(self) -> bool:
        """Whether one of the sections is help for the family."""
        return any(section.is_around for section in self.sections)


def results_page(results: Results) -> ResultsPage:
    """Return the words of a page; no statement is run for them."""
    params, matches, shown = results.params, results.matches, results.shown
    cards = _cards(results)
    return ResultsPage(
        total=matches.ranking.total,
        more_than=_more_than(matches.ranking, MOST_RANKED),
        more_pages_than=_more_than(matches.ranking, MOST_RANKED // PAGE_SIZE),
        soon=matches.ranking.soon,
        emergency=results.whom_to_call,
        read_as=all_of(_("“%(word)s”") % {"word": word} for word in params.read_as),
        understood=_understood(params),
        filters=_filters(params, results.counts, matches.ranking.total),
        left_out=results.counts.left_out,
        url_with_unknown=params.address(onbekend="ja"),
        crisis_cards=[card(one, params.context) for one in results.offers_of(shown.crisis)],
        is_overview=matches.is_overview,
        sections=sections_of(results, cards),
        at_home=in_words(shown.at_home, results.offers, params.context),
        url_of_all=params.address(without=("deel", None))
        if "deel" in params.filterset.criteria
        else "",
        pages=shown.page,
        near_misses=_near_misses(results),
        local_teams=results.counts.local_teams,
        is_danger=results.is_danger,
        plan=_plan(results, cards),
        municipality=params.municipality or "",
        place=_degrees(params),
        need=params.need,
        query=params.address().removeprefix("?").removeprefix("/"),
        way_back=params.way_back,
    )


def _more_than(ranking: Ranking, number: int) -> str:
    return grouped(number) if ranking.is_bounded else ""


def _degrees(params: SearchParams) -> str:
    """Return where the place asked for lies, as 'lat,lon' to frame the map with; or nothing."""
    place = params.filterset.place
    if place is None:
        return ""
    point = to_degrees(place.x, place.y)
    return f"{point.lat:.4f},{point.lon:.4f}"


# --- what was understood -------------------------------------------------------------------------


def _understood(params: SearchParams) -> Understood:
    filterset = params.filterset
    return Understood(
        names=filterset.criteria.get("naam", ()),
        chips=chips_of(filterset, params.address),
        unused=unused_words(params),
        problems=_problems(params),
        maybe_meant=maybe_meant(params),
        whereabouts=whereabouts(params),
    )


def unused_words(params: SearchParams) -> str:
    """Return how many words of the question were not used."""
    raw = params.query.get("niet_gebruikt", "")
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else 0
    if not number:
        return ""
    return ngettext(
        "%(n)s woord kennen we niet en is niet gebruikt.",
        "%(n)s woorden kennen we niet en zijn niet gebruikt.",
        number,
    ) % {"n": number}


def maybe_meant(params: SearchParams) -> list[MaybeMeant]:
    """Return the questions to ask, as "Bedoelt u …?", with the way to say yes."""
    return [MaybeMeant(one.label, params.meaning(one.code)) for one in params.maybe_meant]


def _problems(params: SearchParams) -> list[str]:
    """Return one sentence per parameter that could not be used."""
    form = params.filterset.form
    return [f"{form.fields[name].label}: {text[0]}" for name, text in form.errors.items()]


# --- filters -------------------------------------------------------------------------------------


def _filters(params: SearchParams, counts: SearchCounts, total: int) -> FilterForm:
    filterset, criteria = params.filterset, params.filterset.criteria
    groups = Panel(filterset, counts).groups
    boxes = [choice for group in groups for choice in group.choices]
    starts = dict.fromkeys(counts.starts) if counts.is_bounded else counts.starts
    terms = start_choices(criteria.get("start"), starts, total=None if counts.is_bounded else total)
    return FilterForm(
        hidden=params.hidden({choice.name for choice in boxes}),
        groups=groups,
        in_use=_filters_in_use(groups, filterset),
        start_weeks=criteria.get("start"),
        start_choices=tuple(terms),
        with_unknown="onbekend" in criteria,
        cleared=params.without_filters,
        quick=quick_filters([*terms, *boxes], params),
        orders=[one for one in Order if one is not Order.NEAREST or filterset.place],
        order=params.order,
    )


def _filters_in_use(groups: Sequence[FilterGroup], filterset: OfferFilterSet) -> int:
    # A municipality belongs to the question, like a place.
    boxes = sum(group.chosen for group in groups if not group.only_one)
    return boxes + sum(one.is_in(filterset) for one in BY_NUMBER)


# --- results -------------------------------------------------------------------------------------


def _near_misses(results: Results) -> NearMisses | None:
    counts = results.shown.near_misses
    if counts is None:
        return None
    return near_misses(
        results.params,
        counts,
        results=results.offers_of(hit.offer for hit in results.shown.hits),
        lighter=results.offers_of(counts.lighter),
        answers=answers_in(results.counts.near_misses, results.params),
        total=results.matches.ranking.total,
    )


def _cards(results: Results) -> dict[int, Card]:
    """Return the cards of the results that are listed, by the number of their offer."""
    context, has_scores = results.params.context, results.params.order is Order.BEST
    return {
        hit.offer: card(results.offers[hit.offer], context, score=hit.score if has_scores else None)
        for hit in results.listed
    }


def _plan(results: Results, cards: Mapping[int, Card]) -> Plan | None:
    """Return how it may begin, with what the family and the letter of referral say of it."""
    if not results.plan:
        return None
    params, context = results.params, results.params.context
    steps = [Step(role_of(one, results.plan), cards[one.offer]) for one in results.plan]
    return Plan(
        steps=steps,
        for_family=family_query(
            [one.offer for one in results.plan], params.municipality or "", params.need
        ),
        letter=letter_of(steps, context.questions, params.today),
    )
