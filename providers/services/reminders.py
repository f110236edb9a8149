"""Writes on reminders: who was asked to keep their offers true, and when."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from providers import emails
from providers.emails import Reminder
from providers.models import Membership
from providers.permissions import MAY_WRITE
from providers.services import audit

logger = logging.getLogger(__name__)


@transaction.atomic
def remind(*, by: User | None, person: User, reminders: Iterable[Reminder]) -> int:
    """Mail a member about their providers, and remember it; returns how many providers.

    Providers about which this person was mailed less than REMINDER_DAYS ago, or for which they
    may no longer write, are left out: two runs at once send one mail. A mail that cannot be
    sent is forgotten again, so that the next run tries it.
    """
    asked = {one.provider.pk: one for one in reminders}
    rows = list(
        Membership.objects.of(person)
        .active(*MAY_WRITE)
        .not_reminded_since(reminded_before(timezone.localdate()))
        .filter(provider__in=asked)
        .select_for_update(of=("self",))
        .order_by("provider__name", "pk")
    )
    if not rows:
        return 0
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(
        reminded_on=timezone.localdate()
    )
    sent = [asked[row.provider_id] for row in rows if row.provider_id]
    audit.record_many(by=by, action="provider.reminded", subjects=[one.provider for one in sent])
    before = {row.pk: row.reminded_on for row in rows}
    transaction.on_commit(lambda: _send(by, person, sent, before), robust=True)
    return len(sent)


def _send(
    by: User | None,
    person: User,
    reminders: Sequence[Reminder],
    before: Mapping[int, dt.date | None],
) -> None:
    try:
        emails.remind(person, reminders)
    except OSError as error:
        logger.warning("A reminder could not be sent: %s", type(error).__name__)
        _forget(by, reminders, before)


@transaction.atomic
def _forget(
    by: User | None, reminders: Iterable[Reminder], before: Mapping[int, dt.date | None]
) -> None:
    for pk, day in before.items():
        Membership.objects.filter(pk=pk).update(reminded_on=day)
    providers = [one.provider for one in reminders]
    audit.record_many(by=by, action="provider.reminder_failed", subjects=providers)


def reminded_before(today: dt.date) -> dt.date:
    """Return the first day that is too recent for another reminder."""
    return today - dt.timedelta(days=settings.REMINDER_DAYS - 1)
