"""Versions of the catalogue, one per youth region: whether a cached page is still true.

Every write leaves an audit event in its own transaction, which names the regions whose pages it
may change. So the newest number among the events of a region stands for all that was written
there, and what every page shares (vocabulary, clocks, norms, reference data) counts for each.

On PostgreSQL, of two writes at once the one with the lower number may be the last to be committed.
So the number of recent events and the sum of their numbers go along, which such a straggler raises
too. One that comes after a thousand others is missed; a cached page also has an end (ADR 0012).
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from providers.models.audit import ON_EVERY_PAGE, AuditEvent, region_codes

RECENT = 1000
STATEMENT = """
SELECT regions, MAX(id), COUNT(*), SUM(id) FROM providers_auditevent
WHERE id > (SELECT MAX(id) FROM providers_auditevent) - %s
GROUP BY regions
"""


class Events(NamedTuple):
    """Recent events: the newest number, how many there are, and the sum of their numbers."""

    newest: int = 0
    recent: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.newest}.{self.recent}.{self.total}"


@dataclass(frozen=True, slots=True)
class CatalogueVersions:
    """The recent events by the regions whose pages they change."""

    events: dict[str, Events]

    def of(self, regions: Collection[str] | None) -> str:
        """Return the version of pages about these regions; None means the whole country."""
        if regions is None:
            return str(_together(events for text, events in self.events.items() if text))
        wanted = {ON_EVERY_PAGE, *regions}
        return str(
            _together(
                events
                for text, events in self.events.items()
                if not wanted.isdisjoint(region_codes(text))
            )
        )


def catalogue_versions() -> CatalogueVersions:
    """Return the versions of this moment. Read them before what they are to stand for."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [RECENT])
        rows = cursor.fetchall()
    return CatalogueVersions({text: Events(*map(int, numbers)) for text, *numbers in rows})


def last_change(today: dt.date) -> dt.datetime:
    """Return when what is shown last changed: a write, or this day's beginning.

    At midnight facts grow a day older, groups start and stops end.
    """
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    newest = AuditEvent.objects.order_by("-pk").values_list("at", flat=True).first()
    return max(newest, midnight) if newest else midnight


def _together(several: Iterable[Events]) -> Events:
    rows = list(several)
    return Events(
        max((row.newest for row in rows), default=0),
        sum(row.recent for row in rows),
        sum(row.total for row in rows),
    )
