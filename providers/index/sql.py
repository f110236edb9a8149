"""The pieces that statements on the search index share, where `i` is a row of the index.

Written out as SQL: the ORM takes longer to build such a statement than the database takes to
answer it (ADR 0018). Values go by name, so that a piece can stand anywhere in a statement.
"""

import datetime as dt
import functools
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection

from providers.enums import VISIBLE_STATUSES, OfferStatus

NAMED = re.compile(r"%\((\w+)\)s")


def visible(alias: str) -> str:
    """Return that everybody may see this row of the catalogue, or of its index."""
    statuses = ", ".join(f"'{one.value}'" for one in VISIBLE_STATUSES)
    return f"{alias}.status IN ({statuses})"


VISIBLE = visible("i")
_HIDDEN = ", ".join(f"'{one.value}'" for one in OfferStatus if one not in VISIBLE_STATUSES)
CURRENT_AREA = "(a.ends_on IS NULL OR a.ends_on >= %(today)s)"
LISTED = f"i.status = '{OfferStatus.LISTED.value}'"


def still_visible(offer: str) -> str:
    """Return that the offer with this number is visible itself: its index is written after it.

    By those that are not: they are few, and an index of the engine has them all.
    """
    return f"{offer} NOT IN (SELECT o.id FROM providers_offer o WHERE o.status IN ({_HIDDEN}))"  # noqa: S608


def among(column: str, name: str, values: Collection[Any]) -> str:
    """Return that a column is one of these values, which `numbered` hands over."""
    return f"{column} IN ({', '.join(f'%({name}_{n})s' for n in range(len(values)))})"


def numbered(name: str, values: Collection[Any]) -> dict[str, Any]:
    """Return values under the names that `among` gives them."""
    return {f"{name}_{number}": value for number, value in enumerate(values)}


def any_flag(row: str, columns: Iterable[str]) -> str:
    """Return that one of these columns is true."""
    return "({})".format(" OR ".join(f'{row}."{column}"' for column in columns))


def linked(table: str, where: str = "") -> str:
    """Return that this table links the offer of row `i` to anything, or to such a row `k`."""
    wanted = f" AND {where}" if where else ""
    return f"EXISTS (SELECT 1 FROM {table} k WHERE k.offer_id = i.offer_id{wanted})"  # noqa: S608


def weeks_from(today: dt.date, weeks: Iterable[int]) -> dict[str, str]:
    """Return the days that lie so many weeks ahead, under the names `in_6`."""
    return {f"in_{n}": str(today + dt.timedelta(weeks=n)) for n in weeks}


def positional(sql: str, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return SQL whose values have names as Django takes it, with its values in their order."""
    text, names = _positional(sql)
    return text, [values[name] for name in names]


# A search asks the same few statements with other values: their thousands of letters are read once.
@functools.lru_cache(maxsize=128)
def _positional(sql: str) -> tuple[str, tuple[str, ...]]:
    return NAMED.sub("%s", sql), tuple(NAMED.findall(sql))


def fetch_all(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement whose values have names."""
    with connection.cursor() as cursor:
        cursor.execute(*positional(sql, values))
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
