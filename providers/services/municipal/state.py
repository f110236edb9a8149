"""What a row of a region said before and after a change, for the audit trail and the way back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from providers.services import audit

DONE = CREATED, UPDATED, DELETED = "created", "updated", "deleted"
# By the name of a field; empty for a row that is not there.
State = dict[str, Any]
Changes = dict[str, list[Any]]


class ChangedSinceError(ValidationError):
    """What a change wrote was changed again, or is gone."""

    def __init__(self) -> None:
        super().__init__(_("Dit is daarna nog eens gewijzigd. Kijk eerst naar de nieuwste."))


def state_of(row: models.Model | None, fields: Iterable[str]) -> State:
    """Return what these fields of a row hold, as the audit trail has it."""
    return {name: audit.plain(getattr(row, name)) for name in fields} if row else {}


def difference(before: State, after: State) -> Changes:
    """Return {field: [before, after]} for what differs; a row that is not there holds None."""
    pairs = {name: [before.get(name), after.get(name)] for name in {**before, **after}}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def values_before(now: State, changes: Mapping[str, list[Any]]) -> State:
    """Return what a change changed, with the values of before.

    Raises ChangedSinceError when the row no longer says what the change wrote.
    """
    if any(now.get(name) != after for name, (_before, after) in changes.items()):
        raise ChangedSinceError
    return {name: before for name, (before, _after) in changes.items()}
