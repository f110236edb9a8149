"""Writes on sensitive changes: the desk approves, asks, or takes them back with a reason."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.models import AuditEvent, Review, YouthRegion
from providers.rules.desk.sensitive import differences
from providers.services import audit
from providers.services.desk.undo import undo_change


@transaction.atomic
def approve_changes(*, by: User, region: YouthRegion, events: Sequence[AuditEvent]) -> None:
    """Say that these changes of one subject are right; they leave the list."""
    _review(by, region, events[-1])


@transaction.atomic
def ask_about_changes(*, by: User, events: Sequence[AuditEvent], question: str) -> None:
    """Ask who made these changes; they stay on the list."""
    _mail(events, question, refused=False)
    audit.record(by=by, action="change.asked", subject=events[-1], regions="")


@transaction.atomic
def refuse_changes(
    *, by: User, region: YouthRegion, events: Sequence[AuditEvent], reason: str
) -> None:
    """Take these changes back and mail the reason. Raises ValidationError."""
    _mail(events, reason, refused=True)
    # The newest first, so that each meets what it wrote itself.
    for event in reversed(events):
        if differences([event]):
            undo_change(by=by, event=event)
    _review(by, region, events[-1])


def _review(by: User, region: YouthRegion, last: AuditEvent) -> None:
    Review.objects.create(
        region=region,
        by=by,
        subject_type=last.subject_type,
        subject_id=last.subject_id,
        event=last,
    )
    audit.record(by=by, action="change.reviewed", subject=last, regions="")


def _mail(events: Sequence[AuditEvent], words: str, *, refused: bool) -> None:
    if not words.strip():
        raise ValidationError(_("Schrijf erbij waarom: dat staat in de mail."))
    people = {event.by.email for event in events if event.by and event.by.is_active}
    label, answer = events[-1].subject_label, words.strip()

    def send() -> None:
        for email in sorted(people):
            emails.answer_change(label, email, answer, refused=refused)

    transaction.on_commit(send, robust=True)
