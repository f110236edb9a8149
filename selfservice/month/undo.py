"""What was just saved on the screen of the month, and how it is taken back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from providers.models import WaitTime
from providers.services.groups import PlacesConflictError, restore_places
from providers.services.waits import counts, retract_wait
from selfservice.month.questions import Question
from selfservice.month.settling import Written

# In the session: what was saved, by the key of its question.
SAVED = "month.saved"
Saved = dict[str, dict[str, Any]]


def saved_of(written: Iterable[Written]) -> Saved:
    """Return what to keep of the answers that were written, as JSON can hold it."""
    return {one.question.key: _of_wait(one) if one.wait else _of_run(one) for one in written}


def _of_wait(one: Written) -> dict[str, Any]:
    assert one.wait is not None  # noqa: S101 - narrows the type
    # The same said twice on one day is one measurement, which an earlier answer added.
    return {"wait": None if one.wait.pk == one.shown else one.wait.pk}


def _of_run(one: Written) -> dict[str, Any]:
    run = one.question.run
    assert run is not None  # noqa: S101 - narrows the type
    on = run.places_confirmed_on
    return {"given": one.left, "left": one.shown, "on": on.isoformat() if on else None}


@transaction.atomic
def undo(*, by: User, saved: Saved, questions: Mapping[str, Question]) -> int:
    """Take back what was saved; returns how many answers were changed again since, and stay.

    `questions` are those that this person may answer today.
    """
    kept = 0
    for key, one in saved.items():
        kept += key not in questions or not _undo_one(by, questions[key], one)
    return kept


def _undo_one(by: User, question: Question, saved: Mapping[str, Any]) -> bool:
    if question.run is None:
        return _undo_wait(by, question, saved["wait"])
    on = dt.date.fromisoformat(saved["on"]) if saved["on"] else None
    try:
        restore_places(by=by, run=question.run, given=saved["given"], left=saved["left"], on=on)
    except PlacesConflictError:
        return False
    return True


def _undo_wait(by: User, question: Question, number: int | None) -> bool:
    if number is None:
        return True
    wait = WaitTime.objects.standing().filter(offer=question.offer, pk=number).first()
    if wait is None or not counts(wait):
        return False
    retract_wait(by=by, wait=wait)
    return True
