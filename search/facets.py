"""How many results each value of a filter would give.

Each filter is counted as if it were off itself, so that its other values stay meaningful.
Counting happens over the rows of the search index: a filter that is not in use is counted from
the results at hand, one that is in use from one more narrow statement without it. More values of
`ook` narrow rather than widen: its numbers always say what adding one leaves of the results.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from providers.availability import starts_within
from providers.filters import OfferFilterSet, not_told
from providers.models import OfferIndex, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS

UNKNOWN = "onbekend"
# More than this many ids in a statement cost more than reading all rows of the region.
FEW_TO_NAME = 500
FLAGS = tuple(FORMAT_FIELDS.values())
COLUMNS = ("level", *FLAGS, "groups", "tongues", "routes", "questions")

Row = tuple[Any, ...]
Counts = dict[str, Counter[str]]


def _levels(level: int) -> list[str]:
    return [str(level)]


def _formats(*flags: bool) -> list[str]:
    return [choice.value for choice, flag in zip(FORMAT_FIELDS, flags, strict=True) if flag]


def _codes(joined: str) -> list[str]:
    return joined.strip("|").split("|") if joined else []


def _routes(bits: int | None) -> list[str]:
    return [route.value for place, route in enumerate(ROUTE_FIELDS) if (bits or 0) >> place & 1]


# For each filter the columns it reads, and the values that they mean.
VALUES: dict[str, tuple[tuple[str, ...], Callable[..., list[str]]]] = {
    "trede": (("level",), _levels),
    "vorm": (FLAGS, _formats),
    "doelgroep": (("groups",), _codes),
    "taal": (("tongues",), _codes),
    "toegang": (("routes",), _routes),
    "ook": (("questions",), _codes),
}
NARROWING = frozenset({"ook"})


def facet_counts(filterset: OfferFilterSet, rows: Iterable[Row]) -> Counts:
    """Return for each filter how many results each value has; UNKNOWN counts as a value.

    `rows` end in COLUMNS.
    """
    found = list(rows)
    widening = (VALUES.keys() & filterset.asked.keys()) - NARROWING
    counts = {name: _count(name, found) for name in VALUES if name not in widening}
    for name in widening:
        wider = with_routes(filterset.rows_without(name), filterset)
        counts[name] = _count(name, wider.order_by().values_list(*COLUMNS))
    return counts


def _count(name: str, rows: Iterable[Row]) -> Counter[str]:
    columns, values = VALUES[name]
    # Alike rows are taken together first: there are few different ones, however many results.
    at = itemgetter(*(COLUMNS.index(column) - len(COLUMNS) for column in columns))
    counts: Counter[str] = Counter()
    for alike, number in Counter(map(at, rows)).items():
        told = values(*alike) if len(columns) > 1 else values(alike)
        counts.update(dict.fromkeys(told or [UNKNOWN], number))
    return counts


def start_counts(
    filterset: OfferFilterSet, weeks: Sequence[int], known: Iterable[float]
) -> dict[int, int]:
    """Return how many results can start within each of these numbers of weeks.

    `known` are the weeks until the start of the results at hand, by the bands of `search.score`.
    """
    if "start" not in filterset.asked:
        # There are few different ones, however many results.
        starts = Counter(known).items()
        return {limit: sum(n for start, n in starts if start <= limit) for limit in weeks}
    rows = filterset.rows_without("start").order_by()
    found = rows.aggregate(
        **{f"w{n}": Count("pk", filter=starts_within(n, filterset.clocks)) for n in weeks}
    )
    return {limit: found[f"w{limit}"] for limit in weeks}


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


def with_routes(rows: QuerySet[Any, Any], filterset: OfferFilterSet) -> QuerySet[Any, Any]:
    """Annotate `routes`: the ways in as bits, in the municipality asked for; null without one."""
    if not filterset.municipality:
        nothing: QuerySet[Any, Any] = rows.annotate(
            routes=Value(None, output_field=IntegerField(null=True))
        )
        return nothing
    bits: Any = Value(0)
    for place, field in enumerate(ROUTE_FIELDS.values()):
        bits = bits + Case(When(**{field: True}, then=Value(1 << place)), default=Value(0))
    area = ServiceArea.objects.current(filterset.today).filter(
        offer=OuterRef("pk"), municipality=filterset.municipality
    )
    found: QuerySet[Any, Any] = rows.annotate(routes=Subquery(area.values(bits=bits)[:1]))
    return found
