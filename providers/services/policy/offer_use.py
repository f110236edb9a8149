"""Writes on the use of offers: the counts of a minute, and an end to old months.

Without a row in the audit trail, as of demand: a count is of nobody.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.conf import settings
from django.db import connections, transaction

from accounts.models import User
from providers.models import OfferUse
from providers.models.policy import Used

# A provider compares a month with the same month of last year.
MONTHS_KEPT = 25

# Of several workers that count the same, each adds its own.
ADD = (
    "INSERT INTO providers_offeruse (offer_id, month, kind, times) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (offer_id, month, kind)"
    " DO UPDATE SET times = providers_offeruse.times + excluded.times"
)


def add_uses(*, by: User | None, counts: Mapping[tuple[dt.date, Used], int]) -> None:
    """Add how often each offer was used on which day to its month: all of it, or nothing.

    `by` is nobody: who looks has no user. It stands here as in every service.
    Written to the primary, also by a machine that reads from a replica.
    """
    connection = connections[settings.WRITE_DATABASE]
    months: Counter[tuple[int, dt.date, str]] = Counter()
    for (day, used), times in counts.items():
        months[used.offer, day.replace(day=1), used.kind] += times
    as_day = connection.ops.adapt_datefield_value
    # In one order, so that two workers never wait for each other's rows.
    rows = [
        (offer, as_day(month), kind, times)
        for (offer, month, kind), times in sorted(months.items())
    ]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def remove_old_uses(*, by: User | None, on: dt.date) -> int:
    """Remove the months that nobody compares with any more; returns how many rows."""
    months = on.year * 12 + on.month - 1 - MONTHS_KEPT
    first = dt.date(months // 12, months % 12 + 1, 1)
    return OfferUse.objects.filter(month__lt=first).delete()[0]
