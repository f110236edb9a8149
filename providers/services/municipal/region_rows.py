"""Writes on rows that belong to one region: each with its audit row, each to be taken back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from providers.models import AuditEvent, CrisisNumber, RegionWord, YouthRegion
from providers.services import audit
from providers.services.municipal.state import (
    CREATED,
    DELETED,
    DONE,
    UPDATED,
    Changes,
    difference,
    state_of,
    values_before,
)
from providers.vocabulary.clashes import check_region_word

FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    CrisisNumber: ("label", "phone", "text", "website", "referrer_phone", "hours", "dangers"),
    RegionWord: ("text", "help_question_id"),
}
# What more there is to refuse than the row itself does.
CHECKS: dict[type[models.Model], Callable[[Any], None]] = {RegionWord: check_region_word}
# By what was done, the kind of row that it was done to.
MODEL_OF = {f"{model._meta.model_name}.{done}": model for model in FIELDS for done in DONE}
Row = TypeVar("Row", bound=models.Model)


def lock_region(region: YouthRegion) -> None:
    """Let one person at a time write for a region, so that nothing is there twice."""
    YouthRegion.objects.select_for_update().get(pk=region.pk)


def store_row(*, by: User | None, row: Row, values: dict[str, Any]) -> Row:
    """Give a row these values, inside the transaction. Raises ValidationError."""
    fields = FIELDS[type(row)]
    is_new = row._state.adding
    before = {} if is_new else state_of(row, fields)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    if check := CHECKS.get(type(row)):
        check(row)
    changes = difference(before, state_of(row, fields))
    if changes:
        row.save()
        _record(by, row, CREATED if is_new else UPDATED, changes)
    return row


def remove_row(*, by: User | None, row: models.Model) -> None:
    """Take a row away, inside the transaction; the audit trail keeps what it said."""
    _record(by, row, DELETED, difference(state_of(row, FIELDS[type(row)]), {}))
    row.delete()


def undo_row(by: User | None, event: AuditEvent) -> None:
    """Take a change of a row back, inside the transaction.

    Raises ChangedSinceError when it was changed since, and ValidationError.
    """
    model = MODEL_OF[event.action]
    stored = model._default_manager.select_for_update().filter(pk=event.subject_id).first()
    values = values_before(state_of(stored, FIELDS[model]), event.changes)
    if event.action.endswith(CREATED) and stored:
        remove_row(by=by, row=stored)
        return
    row = stored or model(pk=int(event.subject_id), region_id=event.regions)
    store_row(by=by, row=row, values=values)


def _record(by: User | None, row: models.Model, done: str, changes: Changes) -> None:
    region: str = row.region_id  # type: ignore[attr-defined]
    audit.record(
        by=by,
        action=f"{row._meta.model_name}.{done}",
        subject=row,
        changes=changes,
        regions=region,
    )
