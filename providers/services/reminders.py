"""Writes on reminders: who was asked to keep their offers true, and when."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from providers import emails
from providers.emails import Reminder
from providers.enums import MailEvery
from providers.models import Membership
from providers.models.audit import ON_NO_PAGE
from providers.permissions import Right, roles_with
from providers.services import audit

logger = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of one reminder."""

    NOTHING_DUE = "nothing due"
    ACCEPTED = "accepted by the mail server"
    REFUSED = "refused, or the server could not be reached"


def remind(*, by: User | None, person: User, reminders: Iterable[Reminder]) -> Outcome:
    """Mail a member about their providers, and record it.

    Providers about which this person was mailed less than `Reminder.days_between` ago, or for
    which they may no longer write, are left out: two runs at once send one mail. A mail that the
    server does not accept is undone, whatever the reason (also an address it refuses: a server
    that relays for nobody refuses all of them), so that the next run tries it.

    Call it outside a transaction: what is recorded is committed before the mail leaves.
    """
    with transaction.atomic(durable=True):
        before, due = _claim(by, person, {one.provider.pk: one for one in reminders})
    if not due:
        return Outcome.NOTHING_DUE
    return _send(by, person, due, before)


def _claim(
    by: User | None, person: User, reminders: Mapping[int, Reminder]
) -> tuple[dict[int, dt.date | None], list[Reminder]]:
    """Record a reminder for each provider that is due; return the dates before, and those due."""
    today = timezone.localdate()
    found = (
        Membership.objects.of(person)
        .active(*roles_with(Right.WRITE))
        .filter(provider__in=reminders)
        .select_for_update(of=("self",))
        .order_by("provider__name", "pk")
    )
    rows = [
        row
        for row in found
        if row.provider_id and may_be_mailed(row, reminders[row.provider_id].days_between, today)
    ]
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today)
    due = [reminders[row.provider_id] for row in rows if row.provider_id]
    audit.record_many(
        by=by,
        action="provider.reminded",
        subjects=[one.provider for one in due],
        regions=ON_NO_PAGE,
    )
    return {row.pk: row.reminded_on for row in rows}, due


def _send(
    by: User | None,
    person: User,
    reminders: Sequence[Reminder],
    before: Mapping[int, dt.date | None],
) -> Outcome:
    try:
        accepted = emails.remind(person, reminders)
    except OSError as error:
        # Without the address: that must not be in a log.
        logger.warning("A reminder could not be sent: %s", type(error).__name__)
        accepted = 0
    if accepted:
        return Outcome.ACCEPTED
    _forget(by, reminders, before)
    return Outcome.REFUSED


@transaction.atomic
def _forget(
    by: User | None, reminders: Iterable[Reminder], before: Mapping[int, dt.date | None]
) -> None:
    for pk, day in before.items():
        Membership.objects.filter(pk=pk).update(reminded_on=day)
    providers = [one.provider for one in reminders]
    audit.record_many(
        by=by, action="provider.reminder_failed", subjects=providers, regions=ON_NO_PAGE
    )


def may_be_mailed(membership: Membership, days_between: int, today: dt.date) -> bool:
    """Whether this member wants mails about this provider, and the last is so many days ago."""
    if membership.mail_every == MailEvery.NEVER:
        return False
    last = membership.reminded_on
    return last is None or (today - last).days >= days_between


@transaction.atomic
def choose_mails(*, by: User | None, membership: Membership, every: MailEvery) -> Membership:
    """Say how often this member is asked by mail about this provider."""
    fresh: Membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if fresh.mail_every == every:
        return fresh
    changes = audit.changed_fields(fresh, {"mail_every": every})
    fresh.mail_every = every
    fresh.save(update_fields=["mail_every"])
    audit.record(by=by, action="membership.mails", subject=fresh, changes=changes)
    return fresh
