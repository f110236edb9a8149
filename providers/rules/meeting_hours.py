"""When a meeting ends: later that day, or in the night after it.

An end before the start is of the next day when the meeting then lasts at most twelve hours: 19.30
to 00.30 is an evening. Longer ones are typing errors, such as 16.00 to 5.30 for half past five in
the afternoon.
"""

import datetime as dt

from django.db.models import F, Q

MOST_OVER_MIDNIGHT = dt.timedelta(hours=12)
NOON = dt.time(12)


def ends_next_day(start: dt.time, end: dt.time) -> bool:
    """Whether a meeting with these hours runs over midnight."""
    return end < start


def are_meeting_hours(start: dt.time | None, end: dt.time | None) -> bool:
    """Whether a meeting can have these hours; an end needs a start."""
    if end is None:
        return True
    if start is None or start == end:
        return False
    return not ends_next_day(start, end) or _length(start, end) <= MOST_OVER_MIDNIGHT


def _length(start: dt.time, end: dt.time) -> dt.timedelta:
    day = dt.date(2000, 1, 1)
    until = dt.datetime.combine(day + dt.timedelta(days=1), end)
    return until - dt.datetime.combine(day, start)


def meeting_hours_in_database(start: str, end: str) -> Q:
    """Return what the database can say of it without arithmetic on times.

    It takes all that `are_meeting_hours` takes; of what runs over midnight it asks no more than
    an afternoon or evening before and a night or morning after.
    """
    later = Q(**{f"{end}__gt": F(start)})
    over_midnight = Q(**{f"{start}__gte": NOON, f"{end}__lte": NOON, f"{end}__lt": F(start)})
    # Said of the start too: to a database, a missing start is not later than an end.
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": False}) & (
        later | over_midnight
    )
