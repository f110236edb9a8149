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

from django.conf import settings
from django.db.models import Count, Value

from providers.filters import OfferFilterSet, not_told
from providers.models import OfferIndex, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS
from search.conditions import Conditions
from search.sql import KNOWN_WAIT, fetch_all, first_start, routes_of

UNKNOWN = "onbekend"
# More than this many ids in a statement cost more than reading all rows of the region.
FEW_TO_NAME = 500
FLAGS = tuple(FORMAT_FIELDS.values())
# The level in three bits, then one for each format: a number is read faster than six of them.
LEVEL_BITS = 3
COLUMNS = ("kind", "groups", "tongues", "routes", "questions")

Row = tuple[Any, ...]
Counts = dict[str, Counter[str]]


def kind_of(row: str) -> str:
    """Return the level and the formats of a row of the index, in bits."""
    flags = (
        f'CASE WHEN {row}."{flag}" THEN {1 << place} ELSE 0 END'
        for place, flag in enumerate(FLAGS, LEVEL_BITS)
    )
    return f"({row}.level + {' + '.join(flags)})"


def _levels(kind: int) -> list[str]:
    return [str(kind & (1 << LEVEL_BITS) - 1)]


def _formats(kind: int) -> list[str]:
    return [c.value for place, c in enumerate(FORMAT_FIELDS, LEVEL_BITS) if kind >> place & 1]


def _codes(joined: str) -> list[str]:
    return joined.strip("|").split("|") if joined else []


def _routes(bits: int | None) -> list[str]:
    return [route.value for place, route in enumerate(ROUTE_FIELDS) if (bits or 0) >> place & 1]


# For each filter the column it reads, and the values that this means.
VALUES: dict[str, tuple[str, Callable[[Any], list[str]]]] = {
    "trede": ("kind", _levels),
    "vorm": ("kind", _formats),
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
    "doelgroep": "i.groups",
    "taal": "i.tongues",
    "toegang": f"CAST({routes_of('i.offer_id')} AS text)",
}
_FROM_TEXT: dict[str, Callable[[str], list[str]]] = {
    "trede": lambda text: _levels(int(text)),
    "vorm": lambda text: _formats(int(text)),
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


def count_beside(conditions: Conditions) -> Beside:
    """Count everything that the results themselves do not say, in one statement at most."""
    asked = conditions.asked
    off = [name for name in AS_TEXT if name in asked]
    parts = [_counted(name, AS_TEXT[name], conditions.where(name)) for name in off]
    steps = []
    if "start" in asked:
        steps.append(_STARTING.format(where=conditions.where("start")))
        parts.append(f"SELECT 'start', {_TERM}, COUNT(*) FROM starting GROUP BY 2")  # noqa: S608
    if conditions.left_out:
        parts.append(_counted(LEFT_OUT, "'1'", conditions.left_out))
    if not parts:
        return Beside()
    sql = f"{conditions.beginning(*steps)} {' UNION ALL '.join(parts)}"
    found: dict[str, Counter[str]] = {name: Counter() for name in (*off, "start", LEFT_OUT)}
    for name, value, number in fetch_all(sql, conditions.values):
        found[name][value] += number
    return Beside(
        left_out=found[LEFT_OUT].total(),
        facets={name: _told(name, found[name]) for name in off},
        starts=_cumulated(found["start"]) if "start" in asked else None,
    )


def _counted(name: str, value: str, where: str) -> str:
    return (
        f"SELECT '{name}', {value}, COUNT(*) FROM providers_offerindex i"  # noqa: S608
        f" WHERE {where} GROUP BY 2"
    )


def _told(name: str, found: Counter[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, number in found.items():
        counts.update(dict.fromkeys(_FROM_TEXT[name](value) or [UNKNOWN], number))
    return counts


def _cumulated(found: Counter[str]) -> dict[int, int]:
    terms = {int(term): number for term, number in found.items() if term}
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

    `known` are the weeks until the start of the results at hand, by the bands of `search.score`.
    """
    if beside.starts is not None:
        return beside.starts
    # There are few different ones, however many results.
    starts = Counter(known).items()
    return {limit: sum(n for start, n in starts if start <= limit) for limit in START_TERMS}


@dataclasses.dataclass(frozen=True, slots=True)
class Nearby:
    """The municipalities of one region, and how many results each of them has."""

    names: dict[str, str] = dataclasses.field(default_factory=dict)
    counts: Counter[str] = dataclasses.field(default_factory=Counter)


def municipality_counts(filterset: OfferFilterSet, found: Iterable[int]) -> Nearby:
    """Return how many results each municipality of the region in view would give.

    The region is that of the municipality chosen, else that of this site. With a place chosen
    there is nothing to choose between. One statement, from the few rows of the region. `found`
    are the ids of the results at hand: without a municipality those are the ones to count.
    """
    if filterset.place is not None:
        return Nearby()
    chosen = filterset.asked.get("gemeente")
    if chosen is None:
        return _count_found(filterset, set(found))
    region = chosen.region_id
    hits = filterset.rows_without("gemeente").order_by()
    areas = ServiceArea.objects.current(filterset.today).filter(municipality__region=region)
    served = areas.filter(offer__in=hits.values("pk")).order_by()
    per_area = served.values_list("municipality", "municipality__name").annotate(n=Count("pk"))
    nowhere = hits.filter(not_told("service_areas")).annotate(code=Value(UNKNOWN), name=Value(""))
    unknown = nowhere.values_list("code", "name").annotate(n=Count("pk"))
    rows = sorted(per_area.union(unknown, all=True), key=itemgetter(1))
    return Nearby(
        names={code: name for code, name, _number in rows if code != UNKNOWN},
        counts=Counter({code: number for code, _name, number in rows}),
    )


def _count_found(filterset: OfferFilterSet, found: set[int]) -> Nearby:
    """Count results at hand: looking for them again costs as much as the search itself."""
    region = settings.REGION_CODE
    areas = ServiceArea.objects.current(filterset.today).filter(municipality__region=region)
    served = areas.order_by().values_list("municipality", "municipality__name", "offer")
    listed = OfferIndex.objects.filter(not_told("service_areas")).order_by()
    nowhere = listed.annotate(code=Value(UNKNOWN), name=Value(""))
    if len(found) <= FEW_TO_NAME:
        served, nowhere = served.filter(offer__in=found), nowhere.filter(pk__in=found)
    rows = served.union(nowhere.values_list("code", "name", "pk"), all=True)
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for code, name, offer in rows:
        if offer in found:
            counts[code] += 1
            names[code] = name
    names.pop(UNKNOWN, None)
    return Nearby(dict(sorted(names.items(), key=itemgetter(1))), counts)
