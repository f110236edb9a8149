"""Find and load: every statement of a search runs here, before a word of its page is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from providers.filters.facets import Counts
from providers.models import Offer
from search.alternatives.at_home import NOT_NOW, AtHome, at_home
from search.alternatives.lighter import is_long
from search.alternatives.meanwhile import meanwhile
from search.asking.whom_to_call import WhomToCall, whom_to_call
from search.cards.card import Alternative
from search.finding.conditions import Conditions
from search.finding.counts import Tally
from search.finding.facets import facet_counts, other_counts, request_other_counts, start_counts
from search.finding.loading import fetch
from search.finding.matching import PAGE_SIZE, START_WEEKS, Hit, Order, Ranking, as_hit, rank
from search.finding.nearby import Nearby, nearby_counts, request_nearby
from search.results.family_selection import best_for_family
from search.results.near_misses import (
    ENOUGH,
    NearMissCounts,
    count_near_misses,
    near_miss_counts,
)
from search.results.params import SearchParams


@dataclass(frozen=True, slots=True)
class Matches:
    """What fits: every result in its order, and which of them are on this page.

    The overview shows the best of each section; otherwise `page` is one page of a long list.
    Help in a crisis, for those in a hurry, stands before both.
    """

    conditions: Conditions
    ranking: Ranking
    is_overview: bool
    page: Page[Any]
    shown: Sequence[Hit]
    whom_to_call: WhomToCall
    crisis: Sequence[int]


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """Everything counted besides the results.

    Per filter and value how many there are, within how many weeks they start, how many are left
    out as it is not known whether they fit, and how many each municipality has.
    """

    facets: Counts
    starts: Mapping[int, int]
    left_out: int
    nearby: Nearby
    near_misses: NearMissCounts | None


@dataclass(frozen=True, slots=True)
class Results:
    """All that the database says for one page of results.

    `offers` are those with a card, by number; `meanwhile` what can start while one waits for
    them; `for_family` the offers of the hand-out.
    """

    params: SearchParams
    matches: Matches
    counts: SearchCounts
    offers: Mapping[int, Offer]
    meanwhile: Mapping[int, tuple[Alternative, ...]] = field(default_factory=dict)
    at_home: Sequence[AtHome] = ()
    for_family: Sequence[int] = ()

    @property
    def is_danger(self) -> bool:
        """Whether a danger was named, or a question was asked that points at one."""
        return bool(self.matches.whom_to_call) or self.matches.conditions.danger

    @property
    def listed(self) -> list[Hit]:
        """Return the results on this page that are still shown to everybody."""
        return [hit for hit in self.matches.shown if hit.offer in self.offers]

    def offers_of(self, numbers: Iterable[int]) -> list[Offer]:
        """Return these offers, as far as they are still shown to everybody."""
        return [self.offers[pk] for pk in numbers if pk in self.offers]


def run_search(params: SearchParams) -> Results:
    """Find what fits, and load what its page says: at most four statements for most pages."""
    matches = find(params)
    counts = count(matches)
    offers = _load(params, matches, counts)
    listed = [hit for hit in matches.shown if hit.offer in offers]
    return Results(
        params=params,
        matches=matches,
        counts=counts,
        offers=offers,
        meanwhile=_meanwhile(params, listed, offers),
        at_home=_at_home(params, matches, listed),
        for_family=_for_family(params, matches, listed, offers),
    )


# --- finding -------------------------------------------------------------------------------------


def find(params: SearchParams) -> Matches:
    """Return what fits in its order: one statement, and one more for whom to call."""
    conditions = Conditions(params.filterset)
    ranking = rank(conditions, params.order)
    called = whom_to_call(params.need.signals, params.filterset)
    is_first = params.query.get("pagina", "1") == "1"
    crisis = called.offers if called.is_urgent and is_first else ()
    page = Paginator(ranking.rows, PAGE_SIZE).get_page(params.query.get("pagina"))
    is_overview = _is_overview(params, ranking)
    if is_overview:
        shown = ranking.best_of_each_section(besides=crisis)
    else:
        shown = [as_hit(row) for row in page.object_list if row[0] not in crisis]
    return Matches(conditions, ranking, is_overview, page, shown, called, crisis)


def _is_overview(params: SearchParams, ranking: Ranking) -> bool:
    """Whether the page shows the best of each section rather than one long list."""
    return (
        params.order is Order.BEST
        and not {"deel", "naam"} & params.filterset.criteria.keys()
        and len(ranking.per_section) > 1
    )


def count(matches: Matches) -> SearchCounts:
    """Count everything besides the results: one statement at most."""
    conditions, ranking = matches.conditions, matches.ranking
    has_little = ranking.total < ENOUGH
    tally = Tally(conditions)
    request_other_counts(tally)
    request_nearby(tally, ranking.ids)
    if has_little:
        count_near_misses(tally)
    found = tally.run()
    beside = other_counts(found, conditions)
    shown = {hit.offer for hit in matches.shown}
    return SearchCounts(
        facets=facet_counts(ranking.rows, beside),
        starts=start_counts((row[START_WEEKS] for row in ranking.rows), beside),
        left_out=beside.left_out,
        nearby=nearby_counts(found, ranking.ids),
        near_misses=near_miss_counts(found, shown) if has_little else None,
    )


# --- loading -------------------------------------------------------------------------------------


def _load(params: SearchParams, matches: Matches, counts: SearchCounts) -> dict[int, Offer]:
    """Return every offer that the page says something of, by number: one statement."""
    lighter = counts.near_misses.lighter if counts.near_misses else []
    numbers = [*matches.crisis, *(hit.offer for hit in matches.shown), *lighter]
    clocks = params.filterset.clocks
    return {
        offer.pk: offer for offer in fetch(numbers, clocks=clocks, municipality=params.municipality)
    }


def _meanwhile(
    params: SearchParams, listed: Sequence[Hit], offers: Mapping[int, Offer]
) -> dict[int, tuple[Alternative, ...]]:
    clocks = params.filterset.clocks
    slow = [hit for hit in listed if is_long(offers[hit.offer], hit.score.start_weeks, clocks)]
    return meanwhile([offers[hit.offer] for hit in slow], params.context)


def _at_home(params: SearchParams, matches: Matches, listed: Sequence[Hit]) -> list[AtHome]:
    """Return what may play at home too, with light help for it; the overview only."""
    if not matches.is_overview or params.query.get("signaal") in NOT_NOW:
        return []
    return at_home(params.context, shown={hit.offer for hit in listed})


def _for_family(
    params: SearchParams, matches: Matches, listed: Sequence[Hit], offers: Mapping[int, Offer]
) -> list[int]:
    """Return the offers of the hand-out; the overview only, and none where there is danger.

    With a sign of danger whoever refers chooses what goes along.
    """
    questions = params.filterset.question_codes
    is_danger = matches.whom_to_call or matches.conditions.danger
    if not matches.is_overview or is_danger or not (questions or params.filterset.words):
        return []
    sections = [
        [offers[hit.offer] for hit in listed if hit.part == section.value]
        for section in matches.ranking.per_section
    ]
    return best_for_family(sections, questions, matches.ranking.ids)
