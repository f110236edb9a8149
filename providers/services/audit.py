"""The audit event that goes with every write."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from providers.models import AuditEvent


def record(
    *, by: User | None, action: str, subject: models.Model, changes: dict[str, Any] | None = None
) -> AuditEvent:
    """Write that `by` did `action` to `subject`; call it inside the transaction of the change."""
    event = _event(by, action, subject, changes or {})
    event.save()
    return event


def record_as_a_whole(*, action: str) -> AuditEvent:
    """Write that the program did something to the whole catalogue by itself."""
    return AuditEvent.objects.create(action=action, subject_type="catalogue")


def record_many(*, by: User | None, action: str, subjects: Iterable[models.Model]) -> int:
    """Write one event per subject in few queries; returns how many."""
    events = [_event(by, action, subject, {}) for subject in subjects]
    AuditEvent.objects.bulk_create(events, batch_size=1000)
    return len(events)


def _event(
    by: User | None, action: str, subject: models.Model, changes: dict[str, Any]
) -> AuditEvent:
    return AuditEvent(
        by=by,
        action=action,
        subject_type=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        changes={name: plain(value) for name, value in changes.items()},
    )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | datetime | time | Decimal):
        return str(value)
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    return value


def changed_fields(subject: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """Return {field: [before, after]} for the fields that really change."""
    before = {name: getattr(subject, name) for name in changes}
    return {
        name: [plain(before[name]), plain(after)]
        for name, after in changes.items()
        if before[name] != after
    }
