"""How many results each value of a filter would give.

Each filter is counted as if it were off itself, so that its other values stay meaningful.
Counting happens over the rows of the search index: a filter that is not in use is counted from
the results at hand, those that are in use by one more statement, each without itself. More values
of `ook` narrow rather than widen: its numbers always say what adding one leaves of the results.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS, PHASE_FIELDS
from providers.rules.start import KNOWN_WAIT, first_start
from search.finding.conditions import Conditions
from search.finding.counts import Found, Tally
from search.finding.sql import routes_of

UNKNOWN = "onbekend"
FLAGS = (*FORMAT_FIELDS.values(), *PHASE_FIELDS.values())
# The level in three bits, then one for each format and phase: one number is read faster than ten.
LEVEL_BITS = 3
PHASE_PLACE = LEVEL_BITS + len(FORMAT_FIELDS)
COLUMNS = ("kind", "groups", "tongues", "routes", "questions")

Row = tuple[Any, ...]
Numbers = Iterable[tuple[str, int]]
Counts = dict[str, Counter[str]]


def kind_of(row: str) -> str:
    """Return the level, the formats and the phases of a row of the index, in bits."""
    flags = (
        f'CASE WHEN {row}."{flag}" THEN {1 << place} ELSE 0 END'
        for place, flag in enumerate(FLAGS, LEVEL_BITS)
    )
    return f"({row}.level + {' + '.join(flags)})"


def _levels(kind: int) -> list[str]:
    return [str(kind & (1 << LEVEL_BITS) - 1)]


def _formats(kind: int) -> list[str]:
    return [c.value for place, c in enumerate(FORMAT_FIELDS, LEVEL_BITS) if kind >> place & 1]


def _phases(kind: int) -> list[str]:
    return [c.value for place, c in enumerate(PHASE_FIELDS, PHASE_PLACE) if kind >> place & 1]


def _codes(joined: str) -> list[str]:
    return joined.strip("|").split("|") if joined else []


def _routes(bits: int | None) -> list[str]:
    return [route.value for place, route in enumerate(ROUTE_FIELDS) if (bits or 0) >> place & 1]


# For each filter the column it reads, and the values that this means.
VALUES: dict[str, tuple[str, Callable[[Any], list[str]]]] = {
    "trede": ("kind", _levels),
    "vorm": ("kind", _formats),
    "fase": ("kind", _phases),
    "doelgroep": ("groups", _codes),
    "taal": ("tongues", _codes),
    "toegang": ("routes", _routes),
    "ook": ("questions", _codes),
}
# The columns of the ranking that only counting reads, of a row `x` of the index.
COUNTED = {
    "kind": kind_of("x"),
    "groups": "x.groups",
    "tongues": "x.tongues",
    "questions": "x.questions",
}
LEFT_OUT = "left_out"
START_TERMS = (2, 6, 12)
# Looked up once, or the engine would do so again for every term.
_STARTING = f"""starting AS MATERIALIZED (
  SELECT {KNOWN_WAIT} AS wait, {first_start("i.offer_id")} AS first
  FROM providers_offerindex i WHERE {{where}})"""  # noqa: S608
_TERM = "CASE {} ELSE '' END".format(
    " ".join(f"WHEN wait <= {n} OR first <= %(in_{n})s THEN '{n}'" for n in START_TERMS)
)
# The filters of which more values widen, with what they read of a row `i` as text, and back.
AS_TEXT = {
    "trede": f"CAST({kind_of('i')} AS text)",
    "vorm": f"CAST({kind_of('i')} AS text)",
    "fase": f"CAST({kind_of('i')} AS text)",
    "doelgroep": "i.groups",
    "taal": "i.tongues",
    "toegang": f"CAST({routes_of('i.offer_id')} AS text)",
}
_FROM_TEXT: dict[str, Callable[[str], list[str]]] = {
    "trede": lambda text: _levels(int(text)),
    "vorm": lambda text: _formats(int(text)),
    "fase": lambda text: _phases(int(text)),
    "doelgroep": _codes,
    "taal": _codes,
    "toegang": lambda text: _routes(int(text or 0)),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Beside:
    """What is counted besides the results: with a filter off, and what is not known to fit.

    `starts` are how many can start within each of START_TERMS, when the filter on that is on.
    """

    left_out: int = 0
    facets: Counts = dataclasses.field(default_factory=dict)
    starts: dict[int, int] | None = None


def ask_beside(tally: Tally) -> None:
    """Ask for everything that `told_beside` reads."""
    conditions = tally.conditions
    for name in _off(conditions):
        tally.count(name, AS_TEXT[name], conditions.where(name))
    if "start" in conditions.asked:
        step = _STARTING.format(where=conditions.where("start"))
        tally.add(f"SELECT 'start', {_TERM}, COUNT(*) FROM starting GROUP BY 2", step=step)  # noqa: S608
    if conditions.left_out:
        tally.count(LEFT_OUT, "'1'", conditions.left_out)


def told_beside(found: Found, conditions: Conditions) -> Beside:
    """Return what was asked for."""
    starts = _cumulated(found.get("start", ())) if "start" in conditions.asked else None
    facets = {name: _per_value(name, found.get(name, ())) for name in _off(conditions)}
    return Beside(sum(number for _one, number in found.get(LEFT_OUT, ())), facets, starts)


def _off(conditions: Conditions) -> list[str]:
    return [name for name in AS_TEXT if name in conditions.asked]


def _per_value(name: str, found: Numbers) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, number in found:
        counts.update(dict.fromkeys(_FROM_TEXT[name](value) or [UNKNOWN], number))
    return counts


def _cumulated(found: Numbers) -> dict[int, int]:
    terms = {int(term): number for term, number in found if term}
    return {limit: sum(n for term, n in terms.items() if term <= limit) for limit in START_TERMS}


def facet_counts(rows: Iterable[Row], beside: Beside) -> Counts:
    """Return for each filter how many results each value has; UNKNOWN counts as a value.

    `rows` end in COLUMNS.
    """
    found = list(rows)
    return {name: beside.facets.get(name) or _count(name, found) for name in VALUES}


def _count(name: str, rows: Iterable[Row]) -> Counter[str]:
    column, values = VALUES[name]
    # Alike rows are taken together first: there are few different ones, however many results.
    at = itemgetter(COLUMNS.index(column) - len(COLUMNS))
    counts: Counter[str] = Counter()
    for alike, number in Counter(map(at, rows)).items():
        counts.update(dict.fromkeys(values(alike) or [UNKNOWN], number))
    return counts


def start_counts(known: Iterable[float], beside: Beside) -> dict[int, int]:
    """Return how many results can start within each of START_TERMS.

    `known` are the weeks until the start of the results at hand, by the bands of
    `search.finding.score`.
    """
    if beside.starts is not None:
        return beside.starts
    # There are few different ones, however many results.
    starts = Counter(known).items()
    return {limit: sum(n for start, n in starts if start <= limit) for limit in START_TERMS}
