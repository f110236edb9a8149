"""Writes on the mail of each quarter: who wants it, and that nobody gets it twice."""

import logging

from django.db import transaction

from accounts.models import User
from providers import emails
from providers.emails import QuarterMail
from providers.models import Membership
from providers.models.audit import ON_NO_PAGE
from providers.services import audit
from providers.services.reminders import Outcome

logger = logging.getLogger(__name__)


@transaction.atomic
def choose_quarter_mail(*, by: User | None, membership: Membership, wanted: bool) -> Membership:
    """Begin or end the mail of each quarter for one membership."""
    fresh: Membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if fresh.quarter_mail == wanted:
        return fresh
    fresh.quarter_mail = wanted
    fresh.save(update_fields=["quarter_mail"])
    changes = {"quarter_mail": [not wanted, wanted]}
    audit.record(by=by, action="membership.mails", subject=fresh, changes=changes)
    return fresh


def send_quarter_mail(*, by: User | None, membership: Membership, mail: QuarterMail) -> Outcome:
    """Mail a member what changed in a quarter, once.

    It is claimed before it is sent: killed or run twice at once it goes out at most once. One that
    the server does not take is given back, and tried again the next time. Call it outside a
    transaction.
    """
    with transaction.atomic(durable=True):
        before = _claim(by, membership, mail.quarter)
    if before is None:
        return Outcome.NOTHING_DUE
    try:
        accepted = emails.tell_quarter(membership.user.email, mail)
    except OSError as error:
        # Without the address: that must not be in a log.
        logger.warning("A mail of the quarter could not be sent: %s", type(error).__name__)
        accepted = 0
    if accepted:
        return Outcome.ACCEPTED
    Membership.objects.filter(pk=membership.pk).update(quarter_mailed=before)
    return Outcome.REFUSED


def _claim(by: User | None, membership: Membership, quarter: str) -> str | None:
    """Take the mail of this quarter; return the one before, or None when it is not due."""
    due = Membership.objects.wants_quarter(quarter).select_for_update(of=("self",))
    row = due.filter(pk=membership.pk).first()
    if row is None:
        return None
    before: str = row.quarter_mailed
    Membership.objects.filter(pk=row.pk).update(quarter_mailed=quarter)
    audit.record(by=by, action="quarter.mailed", subject=row, regions=ON_NO_PAGE)
    return before
