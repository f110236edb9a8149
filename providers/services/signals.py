"""Writes on missing help: what somebody looked for and did not find, in codes only."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import MissingHelpSignal, Municipality
from providers.services import audit

MOST_QUESTIONS = 5


@transaction.atomic
def report_missing_help(
    *,
    by: User | None,
    help_questions: Collection[str],
    municipality: str,
    age_band: str,
    reason: str,
    sender: str,
) -> int:
    """Say that help for these questions (codes) is missing in a municipality (CBS code).

    Said again by the same sender on the same day it counts once. Returns how many signals are
    new. Raises ValidationError for what is no code; ValueError without a sender.
    """
    if not sender:
        raise ValueError("Without a sender one tap could count many times.")
    if not 0 < len(help_questions) <= MOST_QUESTIONS:
        raise ValidationError(_("Kies 1 tot en met %(n)s hulpvragen.") % {"n": MOST_QUESTIONS})
    said = {
        "municipality_id": municipality,
        "age_band": age_band,
        "reason": reason,
        "sender": sender,
        "created_on": timezone.localdate(),
    }
    new = [code for code in dict.fromkeys(help_questions) if _is_new(code, said)]
    if new:
        # Of the municipality, and without age or sender: nothing that leads back to a question.
        where = Municipality.objects.get(pk=municipality)
        changes = {"help_questions": new, "reason": reason}
        audit.record(by=by, action="missing_help.reported", subject=where, changes=changes)
    return len(new)


def _is_new(code: str, said: dict[str, Any]) -> bool:
    signal = MissingHelpSignal(help_question_id=code, **said)
    signal.full_clean(validate_unique=False, validate_constraints=False)
    _signal, created = MissingHelpSignal.objects.get_or_create(help_question_id=code, **said)
    return created
