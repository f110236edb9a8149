"""How many results each value of a filter would give.

Each filter is counted as if it were off itself, so that its other values stay meaningful.
Counting happens over the rows of the search index: a filter that is not in use is counted with
the results, those that are in use by one more statement, each without itself. A filter of
which more values ask for more is always counted from the results: its numbers say what adding
one leaves of them.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

from providers.filters.facets import UNKNOWN, Counts, Facet
from providers.filters.question import AlsoFilter
from providers.filters.registry import FILTERS
from providers.filters.search import Search
from providers.rules.start import KNOWN_WAIT, first_start
from search.finding.conditions import Conditions
from search.finding.counts import Count, Found, Tally

Numbers = Iterable[tuple[str, int]]
Codes = Callable[[Any], Collection[str]]

FACETS: dict[str, Facet] = {one.param: one.facet for one in FILTERS if one.facet}
# Of these, choosing a value also lets the others be counted as if nothing were chosen.
WIDENING = [one.param for one in FILTERS if one.facet and not one.more_is_less]
# Small numbers share one column: one number is read faster than ten.
SHARED = "shared"


def _places() -> dict[str, int]:
    """Return from which bit each small number stands in the shared column."""
    places, bits = {}, 0
    for name, facet in FACETS.items():
        if facet.bits:
            places[name], bits = bits, bits + facet.bits
    return places


PLACES = _places()
# The questions of an offer go first: those of a row that is shown are read as well.
COLUMNS = (
    AlsoFilter.param,
    *(name for name in FACETS if name not in {*PLACES, AlsoFilter.param}),
    SHARED,
)
LEFT_OUT = "left_out"
START_TERMS = (2, 6, 12)
# Looked up once, or the engine would do so again for every term.
_STARTING = f"""starting AS MATERIALIZED (
  SELECT {KNOWN_WAIT} AS wait, {{first}} AS first
  FROM providers_offerindex i WHERE {{where}})"""  # noqa: S608
_TERM = "CASE {} ELSE '' END".format(
    " ".join(f"WHEN wait <= {n} OR first <= %(in_{n})s THEN '{n}'" for n in START_TERMS)
)


def columns(row: str, search: Search) -> list[str]:
    """Return what COLUMNS are of a row of the index, by their names."""
    small = (f"{FACETS[name].column(row, search)} * {1 << at}" for name, at in PLACES.items())
    apart = (FACETS[name].column(row, search) for name in COLUMNS if name in FACETS)
    values = [*apart, " + ".join(small)]
    return [f"{value} AS {name}" for value, name in zip(values, COLUMNS, strict=True)]


def _codes_of(name: str) -> Codes:
    """Return what turns the column that holds a filter into its values."""
    facet, at = FACETS[name], PLACES.get(name)
    if at is None:
        return facet.codes
    return lambda shared: facet.codes(int(shared) >> at & (1 << facet.bits) - 1)


@dataclasses.dataclass(frozen=True, slots=True)
class OtherCounts:
    """What is counted besides the results: with a filter off, and what is not known to fit.

    `starts` are how many can start within each of START_TERMS, when the filter on that is on.
    """

    left_out: int = 0
    facets: Counts = dataclasses.field(default_factory=dict)
    starts: dict[int, int] | None = None


def left_out_of_hits(conditions: Conditions) -> list[Count]:
    """Return what the ranking has to count besides its hits: then no statement is for it alone."""
    sources = (f"providers_offerindex i WHERE {each}" for each in conditions.left_out_of_hits)
    return [Count(LEFT_OUT, "'1'", source) for source in sources]


def request_other_counts(tally: Tally) -> None:
    """Ask for what `other_counts` reads and the ranking did not count."""
    conditions = tally.conditions
    for name in _off(conditions):
        column = f"CAST({FACETS[name].column('i', conditions.search)} AS text)"
        tally.count(name, column, conditions.where(name))
    if "start" in conditions.search.criteria:
        is_far = conditions.search.municipality is None
        first = first_start("i.offer_id", of_many=is_far)
        step = _STARTING.format(first=first, where=conditions.where("start"))
        tally.add(f"SELECT 'start', {_TERM}, COUNT(*) FROM starting GROUP BY 2", step=step)  # noqa: S608
    if not conditions.left_out_of_hits:
        for left_out in conditions.left_out:
            tally.count(LEFT_OUT, "'1'", left_out)


def other_counts(conditions: Conditions, found: Found, of_hits: Found) -> OtherCounts:
    """Return what was counted beside the hits, and with them."""
    has_term = "start" in conditions.search.criteria
    starts = _cumulated(found.get("start", ())) if has_term else None
    facets = {name: _counted(FACETS[name].codes, found.get(name, ())) for name in _off(conditions)}
    left_out = [*found.get(LEFT_OUT, ()), *of_hits.get(LEFT_OUT, ())]
    return OtherCounts(sum(number for _value, number in left_out), facets, starts)


def _off(conditions: Conditions) -> list[str]:
    return [name for name in WIDENING if name in conditions.search.criteria]


def _counted(codes: Codes, found: Iterable[tuple[Any, int]]) -> Counter[str]:
    # A plain dictionary: a counter takes several times as long for a few values at a time.
    counts: dict[str, int] = {}
    for value, number in found:
        for code in dict.fromkeys(codes(value)) or (UNKNOWN,):
            counts[code] = counts.get(code, 0) + number
    return Counter(counts)


def _cumulated(found: Numbers) -> dict[int, int]:
    terms = {int(term): number for term, number in found if term}
    return {limit: sum(n for term, n in terms.items() if term <= limit) for limit in START_TERMS}


def facet_counts(found: Found, others: OtherCounts) -> Counts:
    """Return for each filter how many results each value has; UNKNOWN counts as a value.

    `found` has the numbers of COLUMNS.
    """
    return {name: others.facets.get(name) or _count(name, found) for name in FACETS}


def _count(name: str, found: Found) -> Counter[str]:
    column = SHARED if name in PLACES else name
    return _counted(_codes_of(name), found.get(column, ()))


def start_counts(known: Iterable[tuple[float, int]], others: OtherCounts) -> dict[int, int]:
    """Return how many results can start within each of START_TERMS.

    `known` are how many start in so many weeks, by the bands of `search.finding.score`.
    """
    if others.starts is not None:
        return others.starts
    starts = list(known)
    return {limit: sum(n for start, n in starts if start <= limit) for limit in START_TERMS}
