"""Sensitive changes of members, as a difference from what the desk last approved."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils import timezone

from providers.models import AuditEvent, Review, YouthRegion
from providers.rules.desk.sensitive import ACTIONS, differences
from selfservice.desk.words import change_words

# A change that nobody looked at for so long has been seen by everybody else.
DAYS_BACK = 180
MOST_EVENTS = 1000
Differences = dict[tuple[str, str], list[Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """What members changed of one provider or offer since the desk approved it."""

    events: tuple[AuditEvent, ...]
    # Label, before, after.
    rows: tuple[tuple[str, str, str], ...]

    @property
    def last(self) -> AuditEvent:
        """The newest change: by it the desk says which it looked at."""
        return self.events[-1]


def waiting_changes(region: YouthRegion) -> list[Change]:
    """Return the changes that the desk of this region has not approved, the oldest first."""
    return [
        Change(
            tuple(events),
            tuple(change_words(action, name, pair) for (action, name), pair in changed.items()),
        )
        for events, changed in _waiting(region)
    ]


def count_waiting_changes(region: YouthRegion) -> int:
    """Return how many there are, without a word of what they are."""
    return len(_waiting(region))


def _waiting(region: YouthRegion) -> list[tuple[list[AuditEvent], Differences]]:
    """Return per provider or offer its events, and what they changed taken together."""
    by_subject: dict[tuple[str, str], list[AuditEvent]] = defaultdict(list)
    seen = _seen()
    for event in _events(region):
        subject = (event.subject_type, event.subject_id)
        if event.pk > seen.get(subject, 0):
            by_subject[subject].append(event)
    found = ((events, differences(events)) for events in by_subject.values())
    return [(events, changed) for events, changed in found if changed]


def change_at(region: YouthRegion, last: int) -> Change | None:
    """Return the waiting change whose newest event has this number."""
    return next((one for one in waiting_changes(region) if one.last.pk == last), None)


def _events(region: YouthRegion) -> list[AuditEvent]:
    """Return what members changed; the desk and administrators need nobody to look."""
    since = timezone.now() - dt.timedelta(days=DAYS_BACK)
    rows = AuditEvent.objects.at_desk(region).filter(
        action__in=ACTIONS, at__gte=since, by__isnull=False
    )
    rows = rows.exclude(by__is_superuser=True).exclude(by__memberships__region=region)
    return list(rows.select_related("by").order_by("pk")[:MOST_EVENTS])


def _seen() -> dict[tuple[str, str], int]:
    rows = Review.objects.order_by().values_list("subject_type", "subject_id")
    return {(kind, pk): last for kind, pk, last in rows.annotate(last=Max("event_id"))}
