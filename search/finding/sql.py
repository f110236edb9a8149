"""What the search asks of the database in SQL written out, and the pieces its statements share.

The ORM takes longer to build these statements than the database takes to answer them. The pieces
below say the same as `FactsQuerySet`, and tests hold them to it; when an offer can start stands
in `providers.rules.start`.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from providers.enums import VISIBLE_STATUSES, DatedFact
from providers.models.areas import ROUTE_FIELDS
from providers.rules.freshness import Clocks
from search.finding.score import MAIN_QUESTION, OTHER_QUESTION

NAMED = re.compile(r"%\((\w+)\)s")


def visible(alias: str) -> str:
    """Return that everybody may see this row of the catalogue, or of its index."""
    statuses = ", ".join(f"'{one.value}'" for one in VISIBLE_STATUSES)
    return f"{alias}.status IN ({statuses})"


VISIBLE = visible("i")
CURRENT_AREA = "(a.ends_on IS NULL OR a.ends_on >= %(today)s)"
ROUTE_BITS = " + ".join(
    f"CASE WHEN a.{field} THEN {1 << place} ELSE 0 END"
    for place, field in enumerate(ROUTE_FIELDS.values())
)


def routes_of(offer: str) -> str:
    """Return the ways in as bits, in the municipality asked for; null without one."""
    return f"""(SELECT {ROUTE_BITS} FROM providers_servicearea a
    WHERE a.municipality_id = %(municipality)s AND a.offer_id = {offer} AND {CURRENT_AREA})"""  # noqa: S608


def last_day(offer: str) -> str:
    """Return the last day in the municipality asked for; null without one."""
    return f"""(SELECT a.ends_on FROM providers_servicearea a
    WHERE a.municipality_id = %(municipality)s AND a.offer_id = {offer} AND {CURRENT_AREA})"""  # noqa: S608


def question_points(offer: str, codes: Collection[str]) -> str:
    """Return the points for the help questions asked: most for the one the offer is for."""
    if not codes:
        return "0"
    each = f"CASE WHEN q.rank = 0 THEN {MAIN_QUESTION} ELSE {OTHER_QUESTION} END"
    return f"""COALESCE((SELECT SUM({each})
      FROM providers_offerhelpquestion q
      WHERE q.offer_id = {offer} AND {among("q.help_question_id", "code", codes)}), 0)"""  # noqa: S608


def among(column: str, name: str, values: Collection[Any]) -> str:
    """Return that a column is one of these values, which `numbered` hands over."""
    return f"{column} IN ({', '.join(f'%({name}_{n})s' for n in range(len(values)))})"


def numbered(name: str, values: Collection[Any]) -> dict[str, Any]:
    """Return values under the names that `among` gives them."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}


def days_of(clocks: Clocks) -> dict[str, str]:
    """Return the days that the pieces compare with."""
    return {
        "today": str(clocks.today),
        "wait_since": str(clocks.since(DatedFact.WAIT)),
        "places_since": str(clocks.since(DatedFact.PLACES)),
        "offer_since": str(clocks.since(DatedFact.OFFER)),
    }


def fetch_all(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement whose values have names."""
    named = [values[name] for name in NAMED.findall(sql)]
    with connection.cursor() as cursor:
        cursor.execute(NAMED.sub("%s", sql), named)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def json_list(columns: Collection[str], rows: str) -> str:
    """Return these columns of the rows of a subquery, in its order, as JSON text."""
    array, every = _JSON[connection.vendor]
    listed = ", ".join(columns)
    return f"(SELECT CAST({every}({array}({listed})) AS text) FROM ({rows}) j)"  # noqa: S608


_JSON = {
    "sqlite": ("json_array", "json_group_array"),
    "postgresql": ("json_build_array", "json_agg"),
}
