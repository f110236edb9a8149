"""Writes on rows that belong to one region: each with its audit row, each to be taken back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

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
# How many a region may have, and what to say of one more. More numbers than these is no list to
# look at in a hurry; more words nobody can oversee, and every line that is typed is held against
# them.
MOST: dict[type[models.Model], tuple[int, Any]] = {
    CrisisNumber: (8, _("Er staan al %(n)s nummers. Haal er eerst een weg.")),
    RegionWord: (300, _("Er staan al %(n)s woorden. Haal er eerst een weg.")),
}
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
    if is_new:
        _check_room(row)
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


def _check_room(row: models.Model) -> None:
    most, sentence = MOST[type(row)]
    region = row.region_id  # type: ignore[attr-defined]
    if type(row)._default_manager.filter(region=region).count() >= most:
        raise ValidationError(sentence % {"n": most})


def remove_row(*, by: User | None, row: models.Model) -> None:
    """Take a row away, inside the transaction; the audit trail keeps what it said.

    Nothing happens when a colleague took it away in the meantime.
    """
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None:
        return
    _record(by, stored, DELETED, difference(state_of(stored, FIELDS[type(stored)]), {}))
    stored.delete()


def undo_row(by: User | None, event: AuditEvent) -> None:
    """Take a change of a row back, inside the transaction.

    Raises ChangedSinceError when it was changed since, and ValidationError.
    """
    model = MODEL_OF[event.action]
    lock_region(YouthRegion(pk=event.regions))
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
