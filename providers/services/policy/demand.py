"""Writes on demand: the counts of a minute, and months made of days.

Without a row in the audit trail: a count is of nobody, and changes nothing that anybody made.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from accounts.models import User
from providers.models import Demand
from providers.models.policy import Searched

DAYS_KEPT = 90

COLUMNS = ("day", "is_month", *Searched._fields)
# Of several workers that count the same, each adds its own.
ADD = (
    f"INSERT INTO providers_demand ({', '.join(COLUMNS)}, searches)"  # noqa: S608 - our own names
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))}, %s)"
    f" ON CONFLICT ({', '.join(COLUMNS)})"
    " DO UPDATE SET searches = providers_demand.searches + excluded.searches"
)


def add_demand(*, by: User | None, counts: Mapping[tuple[dt.date, Searched], int]) -> None:
    """Add how often what was searched for on which day: all of it, or nothing.

    `by` is nobody: searches have no user. It stands here as in every service.
    Written to the primary, also by a machine that reads from a replica.
    """
    using = settings.WRITE_DATABASE
    with transaction.atomic(using=using):
        rows = {(day, False, *searched): number for (day, searched), number in counts.items()}
        _add(rows, using=using)


@transaction.atomic
def make_months(*, by: User | None, on: dt.date) -> int:
    """Make months of the days that lie 90 days back; returns of how many rows.

    A day that is left behind adds to the row of its month, which so fills up day by day.
    """
    old = Demand.objects.filter(is_month=False, day__lt=on - dt.timedelta(days=DAYS_KEPT))
    months = old.order_by().annotate(month=TruncMonth("day")).values_list("month", *COLUMNS[2:])
    totals = months.annotate(total=Sum("searches"))
    _add({(row[0], True, *row[1:-1]): row[-1] for row in totals}, using="default")
    return old.delete()[0]


def _add(counts: Mapping[tuple[Any, ...], int], *, using: str) -> None:
    if not counts:
        return
    connection = connections[using]
    as_day = connection.ops.adapt_datefield_value
    # In one order, so that two workers never wait for each other's rows.
    rows = sorted((str(row[0]), row, number) for row, number in counts.items())
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [(as_day(row[0]), *row[1:], number) for _day, row, number in rows])
