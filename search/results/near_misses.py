"""Never a dead end: what to do when a search finds little or nothing.

What each filter costs, what the neighbours have and what is lighter. All of it is counted, and
the lighter help looked up, together with what the page counts and shows anyway.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from providers.filters.registry import FILTERS, QUESTION_PARAMS
from providers.filters.search import Search
from providers.models import Municipality, Offer
from providers.rules.lightness import light_sql
from providers.rules.start import KNOWN_WAIT, NEVER, START_WEEKS, first_start
from providers.services.index import TURNS
from providers.vocabulary.choices import choices
from search.alternatives.lighter import MOST_ALTERNATIVES, as_alternative
from search.cards.card import Alternative
from search.finding.conditions import Conditions
from search.finding.counts import Found, Tally
from search.results.answers import Answer
from search.results.params import SearchParams
from search.signals.missing import CARRIED

# With fewer results than this the page shows other ways to search.
ENOUGH = 5
NEIGHBOURS = 5
# The filters that go off together, and what to call the search without them.
COSTS = {one.params: one.without for one in FILTERS if one.without}
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
  FROM lighter) placed WHERE place < {ENOUGH + MOST_ALTERNATIVES}"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class NearMissCounts:
    """How many results each other search has, by its first filter off or its municipality.

    `lighter` are offers of lighter help for the same question, place and age, best first.
    """

    totals: dict[str, int]
    lighter: list[int]


@dataclass(frozen=True, slots=True)
class OtherSearch:
    """Another search, and how much it would give."""

    label: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class NearMisses:
    """What the page offers when there is little or nothing.

    `is_lighter` says whether all of the lighter help is lighter than every result, and not only
    light as well; `missing` is the address of the form that says what is missing, `answers` are
    what the municipality said about that.
    """

    is_nothing: bool
    wider: list[OtherSearch]
    neighbours: list[OtherSearch]
    lighter: list[Alternative]
    is_lighter: bool
    missing: str
    answers: Sequence[Answer]


# --- what is counted -----------------------------------------------------------------------------


def count_near_misses(tally: Tally) -> None:
    """Ask for the number of results of every search offered, and for lighter help."""
    search = tally.conditions.search
    for key, other in _searches(search).items():
        conditions = Conditions(other)
        where = tally.of(conditions, conditions.where())
        tally.count(TOTAL, f"'{key}'", where)
    if narrowing := _narrowing(search):
        conditions = Conditions(search.without(*narrowing))
        where = tally.of(conditions, conditions.where())
        tally.add(_LIGHTEST, step=_LIGHTER.format(where=where))


def near_miss_counts(found: Found, shown: Collection[int]) -> NearMissCounts:
    """Return what was counted; lighter help that is among the results `shown` is left out."""
    best = [pk for _place, pk in sorted((int(place), pk) for place, pk in found.get(LIGHTER, ()))]
    lighter = [pk for pk in best if pk not in shown][:MOST_ALTERNATIVES]
    return NearMissCounts(dict(found.get(TOTAL, ())), lighter)


def _searches(search: Search) -> dict[str, Search]:
    """Return every search that is offered, by its first filter off or its municipality."""
    off = {names[0]: search.without(*names) for names in _filters_in_use(search)}
    near = {one.pk: search.without("plaats", gemeente=one) for one in _neighbours(search)}
    return off | near


def _filters_in_use(search: Search) -> dict[tuple[str, ...], Any]:
    criteria = search.criteria.keys()
    return {names: label for names, label in COSTS.items() if not criteria.isdisjoint(names)}


def _narrowing(search: Search) -> list[str]:
    """Return the filters besides the question; none where there is nothing but those."""
    criteria = search.criteria
    if criteria.keys().isdisjoint(QUESTION_PARAMS):
        return []
    return [name for name in criteria if name not in QUESTION_PARAMS]


def _neighbours(search: Search) -> list[Municipality]:
    """Return the municipalities nearest to the place asked for, by their centroids."""
    place, chosen = search.place, search.criteria.get("gemeente")
    if place is not None:
        x, y = place.x, place.y
    elif chosen is not None:
        x, y = chosen.rd_x, chosen.rd_y
    else:
        return []
    others = (m for m in choices(Municipality).values() if m.pk != search.municipality)
    nearest = sorted(others, key=lambda m: ((m.rd_x - x) ** 2 + (m.rd_y - y) ** 2, m.pk))
    return nearest[:NEIGHBOURS]


# --- what the page says --------------------------------------------------------------------------


def near_misses(
    params: SearchParams,
    counts: NearMissCounts,
    results: Sequence[Offer],
    lighter: Sequence[Offer],
    *,
    answers: Sequence[Answer],
    total: int,
) -> NearMisses:
    """Return the other ways to search; `results` and `lighter` are the offers on the page."""
    context = params.context
    lightest = min((offer.level for offer in results), default=0)
    return NearMisses(
        is_nothing=not total,
        wider=_wider(params, counts, total),
        neighbours=_next_door(params, counts),
        lighter=[
            as_alternative(one, context.clocks, context.municipality, context.way_back(one.pk))
            for one in lighter
        ],
        is_lighter=all(offer.level < lightest for offer in lighter),
        missing=_missing_help(params),
        answers=answers,
    )


def _wider(params: SearchParams, counts: NearMissCounts, total: int) -> list[OtherSearch]:
    """Return the searches with one filter off that give more, the most first."""
    searches = [
        OtherSearch(str(label), params.address(dropping=names), counts.totals.get(names[0], 0))
        for names, label in _filters_in_use(params.filterset).items()
    ]
    helping = [search for search in searches if search.total > total]
    return sorted(helping, key=lambda search: -search.total)


def _next_door(params: SearchParams, counts: NearMissCounts) -> list[OtherSearch]:
    """Return the same search in the nearest municipalities that have anything."""
    return [
        OtherSearch(
            near.name,
            params.address(dropping=["plaats"], gemeente=near.pk),
            counts.totals[near.pk],
        )
        for near in _neighbours(params.filterset)
        if near.pk in counts.totals
    ]


def _missing_help(params: SearchParams) -> str:
    """Return the address of the form that says what is missing, filled in with this search."""
    query = QueryDict(mutable=True)
    for name in CARRIED:
        query.setlist(name, [value for value in params.query.getlist(name) if value])
    return f"{reverse('search:missing_help')}?{query.urlencode()}"
