"""Find and load: every statement of a search runs here, before a word of its page is made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator

from providers.filters.facets import Counts
from providers.models import Offer
from providers.rules.lightness import may_be_handed_out
from providers.rules.sections import Section
from search.alternatives.at_home import (
    NOT_NOW,
    Candidate,
    at_home,
    cached_candidates,
    read_candidates,
    request_candidates,
)
from search.alternatives.lighter import is_long
from search.alternatives.meanwhile import Other, meanwhile
from search.asking.crisis import (
    MOST_CRISIS_CARDS,
    Crisis,
    CrisisHelp,
    crisis_help,
    request_crisis,
)
from search.asking.whom_to_call import WhomToCall, crisis_of, whom_to_call
from search.finding.conditions import Conditions
from search.finding.counts import Found, Tally
from search.finding.facets import facet_counts, other_counts, request_other_counts, start_counts
from search.finding.loading import fetch, questions_of
from search.finding.matching import (
    PAGE_SIZE,
    TOP_OF_SECTION,
    Hit,
    Order,
    Ranking,
    as_hit,
    rank,
    wanted_page,
)
from search.finding.nearby import Nearby, nearby_counts, request_nearby
from search.finding.ranking import Wanted
from search.local_team.serving import (
    Served,
    read_local_teams,
    request_local_teams,
    served_at,
    served_in,
)
from search.local_team.team import LocalTeams
from search.results.answers import request_answers
from search.results.near_misses import (
    ENOUGH,
    NearMissCounts,
    count_near_misses,
    near_miss_counts,
)
from search.results.params import SearchParams
from search.results.plan import Option, plan_of


@dataclass(frozen=True, slots=True)
class Matches:
    """What fits: every result in its order.

    The overview shows the best of each section; otherwise there is one long list, page by page.
    """

    params: SearchParams
    conditions: Conditions
    ranking: Ranking
    is_overview: bool
    crisis: Crisis | None

    @property
    def asks_about_home(self) -> bool:
        """Whether the page may say what else plays at home: the overview, and not in danger."""
        return self.is_overview and NOT_NOW.isdisjoint(self.params.need.signals)


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """Everything counted besides the results, and the other help that was looked up with it.

    Per filter and value how many there are, within how many weeks they start, how many are left
    out as it is not known whether they fit, and how many each municipality has. With `is_bounded`
    there are more results than were counted: of these numbers only `left_out` is one to show.
    `local_teams` are those of the place, when little or nothing was found.
    """

    is_bounded: bool
    facets: Counts
    starts: Mapping[int, int]
    left_out: int
    nearby: Nearby
    near_misses: Found
    crisis_help: CrisisHelp
    at_home: Sequence[Candidate]
    local_teams: LocalTeams | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of the results are on this page, and which other offers.

    `hits` are the best of each section, or one `page` of a long list. Help in a crisis, for those
    in a hurry, stands before both. `at_home` has an offer per question about the home.
    """

    page: Page[Any]
    hits: Sequence[Hit]
    crisis: Sequence[int]
    at_home: Mapping[str, int]
    near_misses: NearMissCounts | None


@dataclass(frozen=True, slots=True)
class Results:
    """All that the database says for one page of results.

    `offers` are those with a card, by number; `meanwhile` what can start while one waits for
    them; `plan` how it may begin, which is what the family gets along.
    """

    params: SearchParams
    matches: Matches
    counts: SearchCounts
    shown: Shown
    offers: Mapping[int, Offer]
    whom_to_call: WhomToCall
    meanwhile: Mapping[int, Sequence[Other]] = field(default_factory=dict)
    plan: Sequence[Option] = ()

    @property
    def is_danger(self) -> bool:
        """Whether a danger was named, or a question was asked that points at one."""
        return bool(self.whom_to_call) or self.matches.conditions.danger

    @property
    def listed(self) -> list[Hit]:
        """Return the results on this page that are still shown to everybody."""
        return [hit for hit in self.shown.hits if hit.offer in self.offers]

    @property
    def on_page(self) -> tuple[int, ...]:
        """Return the offers that have a row of their own on this page, by number."""
        rows = (*self.shown.crisis, *self.shown.at_home.values())
        numbers = (*(hit.offer for hit in self.listed), *rows)
        return tuple(pk for pk in dict.fromkeys(numbers) if pk in self.offers)

    def offers_of(self, numbers: Iterable[int]) -> list[Offer]:
        """Return these offers, as far as they are still shown to everybody."""
        return [self.offers[pk] for pk in numbers if pk in self.offers]


def run_search(params: SearchParams, kept: Collection[int] = ()) -> Results:
    """Find what fits, count, choose and load what the page says: at most four statements.

    `kept` are the offers that somebody keeps: those go first in the plan.
    """
    matches = find(params)
    counts = count(matches)
    shown = choose(matches, counts)
    offers = _load(params, shown, counts)
    found = Results(
        params=params,
        matches=matches,
        counts=counts,
        shown=shown,
        offers=offers,
        whom_to_call=whom_to_call(matches.crisis, counts.crisis_help, offers),
    )
    return replace(found, meanwhile=_meanwhile(found), plan=_plan(found, kept))


# --- finding -------------------------------------------------------------------------------------


def find(params: SearchParams) -> Matches:
    """Return what fits in its order: one statement."""
    conditions = Conditions(params.filterset)
    may_be_overview = params.order is Order.BEST and not (
        {"deel", "naam"} & params.filterset.criteria.keys()
    )
    ranking = rank(conditions, params.order, _wanted(params, may_be_overview))
    return Matches(
        params=params,
        conditions=conditions,
        ranking=ranking,
        # Of one section alone everything is shown, page by page.
        is_overview=may_be_overview and len(ranking.per_section) > 1,
        crisis=crisis_of(params.need, params.filterset),
    )


def _wanted(params: SearchParams, may_be_overview: bool) -> Wanted:
    """Return which rows the page may show; help in a crisis stands before them."""
    return Wanted(
        first=wanted_page(params.query.get("pagina")),
        size=PAGE_SIZE,
        of_each_section=TOP_OF_SECTION if may_be_overview else 0,
        spare=MOST_CRISIS_CARDS,
    )


def count(matches: Matches) -> SearchCounts:
    """Count everything besides the results, and look up other help: one statement at most."""
    conditions, ranking = matches.conditions, matches.ranking
    tally = Tally(conditions)
    request_other_counts(tally)
    request_nearby(tally)
    if _has_little(ranking):
        count_near_misses(tally)
        request_answers(tally, matches.params)
        request_local_teams(tally, _served(matches.params))
    if matches.crisis:
        request_crisis(tally, matches.crisis)
    context = matches.params.context
    home = cached_candidates(context) if matches.asks_about_home else []
    if home is None:
        request_candidates(tally, context)
    found = tally.run()
    others = other_counts(conditions, found, ranking.found.counts)
    return SearchCounts(
        is_bounded=ranking.is_bounded,
        facets=facet_counts(ranking.found.counts, others),
        starts=start_counts(ranking.starts, others),
        left_out=others.left_out,
        nearby=nearby_counts(ranking.found.counts, found),
        near_misses=found,
        crisis_help=crisis_help(found),
        at_home=read_candidates(found, context) if home is None else home,
        local_teams=_local_teams(found, matches) if _has_little(ranking) else None,
    )


def _has_little(ranking: Ranking) -> bool:
    return ranking.total < ENOUGH


def _served(params: SearchParams) -> Served | None:
    """Return the place of a search, of which the local team is named."""
    place = params.filterset.place
    return served_at(place) or served_in(params.filterset.criteria.get("gemeente"))


def _local_teams(found: Found, matches: Matches) -> LocalTeams:
    return read_local_teams(found, _served(matches.params), matches.params.today)


def choose(matches: Matches, counts: SearchCounts) -> Shown:
    """Choose what the page shows of what was found: no statement."""
    ranking, params = matches.ranking, matches.params
    number = params.query.get("pagina")
    is_urgent = matches.crisis is not None and matches.crisis.is_urgent
    crisis = counts.crisis_help.cards if is_urgent and number in {None, "1"} else ()
    page = Paginator(ranking.as_list, PAGE_SIZE).get_page(number)
    if matches.is_overview:
        hits = ranking.best_of_each_section(params.filterset.question_codes, crisis)
    else:
        hits = [as_hit(row) for row in page.object_list if row[0] not in crisis]
    on_page = {hit.offer for hit in hits}
    return Shown(
        page=page,
        hits=hits,
        crisis=crisis,
        at_home=at_home(counts.at_home, params.context, shown={*on_page, *crisis}),
        near_misses=near_miss_counts(counts.near_misses, on_page) if _has_little(ranking) else None,
    )


# --- loading -------------------------------------------------------------------------------------


def _load(params: SearchParams, shown: Shown, counts: SearchCounts) -> dict[int, Offer]:
    """Return every offer that the page says something of, by number: one statement."""
    numbers = [
        *counts.crisis_help.numbers,
        *(hit.offer for hit in shown.hits),
        *shown.at_home.values(),
        *(shown.near_misses.lighter if shown.near_misses else ()),
    ]
    clocks = params.filterset.clocks
    return {
        offer.pk: offer for offer in fetch(numbers, clocks=clocks, municipality=params.municipality)
    }


def _meanwhile(found: Results) -> dict[int, list[Other]]:
    """Return what can start beside each long wait: one statement."""
    clocks, offers = found.params.filterset.clocks, found.offers
    slow = [
        hit for hit in found.listed if is_long(offers[hit.offer], hit.score.start_weeks, clocks)
    ]
    return meanwhile([offers[hit.offer] for hit in slow], found.params.context)


def _plan(found: Results, kept: Collection[int]) -> list[Option]:
    """Return how it may begin; the overview only, and none where there is danger.

    With a sign of danger whoever refers chooses what goes along. A bed or help in a crisis is
    never proposed like this.
    """
    filterset = found.params.filterset
    questions = filterset.question_codes
    has_question = bool(questions or filterset.words)
    if not found.matches.is_overview or found.is_danger or not has_question:
        return []
    fitting = [hit for hit in found.listed if may_be_handed_out(found.offers[hit.offer])]
    return plan_of([_option(hit, found.offers[hit.offer]) for hit in fitting], questions, kept)


def _option(hit: Hit, offer: Offer) -> Option:
    return Option(
        offer=hit.offer,
        section=Section(hit.part),
        questions=tuple(questions_of(offer)),
        weeks=hit.score.start_weeks,
    )
