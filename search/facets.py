"""How many results each value of a filter would give.

Each filter is counted as if it were off itself, so that its other values stay meaningful.
Counting happens over the rows of the search index: a filter that is not in use is counted from
the results at hand, one that is in use from one more narrow statement without it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from providers.filters import OfferFilterSet
from providers.models import ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.models.offer import FORMAT_FIELDS

UNKNOWN = "onbekend"
FLAGS = tuple(FORMAT_FIELDS.values())
COLUMNS = ("level", *FLAGS, "groups", "tongues", "routes")

Row = Mapping[str, Any]
Counts = dict[str, Counter[str]]


def _level(row: Row) -> list[str]:
    return [str(row["level"])]


def _formats(row: Row) -> list[str]:
    return [choice.value for choice, field in FORMAT_FIELDS.items() if row[field]]


def _codes(column: str) -> Callable[[Row], list[str]]:
    return lambda row: row[column].strip("|").split("|") if row[column] else []


def _routes(row: Row) -> list[str]:
    bits = row["routes"] or 0
    return [route.value for place, route in enumerate(ROUTE_FIELDS) if bits >> place & 1]


VALUES: dict[str, Callable[[Row], list[str]]] = {
    "trede": _level,
    "vorm": _formats,
    "doelgroep": _codes("groups"),
    "taal": _codes("tongues"),
    "toegang": _routes,
}


def facet_counts(filterset: OfferFilterSet, rows: Iterable[Row]) -> Counts:
    """Return for each filter how many results each value has; UNKNOWN counts as a value."""
    found = list(rows)
    counts = {name: _count(name, found) for name in VALUES if name not in filterset.asked}
    for name in VALUES.keys() & filterset.asked.keys():
        wider = with_routes(filterset.rows_without(name), filterset)
        counts[name] = _count(name, wider.order_by().values(*COLUMNS))
    return counts


def _count(name: str, rows: Iterable[Row]) -> Counter[str]:
    values = VALUES[name]
    return Counter(value for row in rows for value in values(row) or [UNKNOWN])


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
