"""Writes on missing help: what somebody looked for and did not find, in codes only."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import MissingHelpSignal, Municipality, Report
from providers.models.audit import ON_NO_PAGE
from providers.networks import NOWHERE, REMEMBERED_DAYS, Network
from providers.services import audit

MOST_QUESTIONS = 5
# So long one browser or network counts once for a question in a municipality.
SAME_DAYS = 7
# As unguessable as a session.
FOLLOW_LENGTH = 22


class Reported(NamedTuple):
    """How many signals are new, and the key by which whoever sent them follows them."""

    new: int
    follow: str


@transaction.atomic
def forget_networks(*, on: dt.date) -> int:
    """Wipe what tells networks apart in signals of so long ago; returns of how many signals."""
    before = on - dt.timedelta(days=REMEMBERED_DAYS)
    rows = (Report.objects, MissingHelpSignal.objects)
    old = [model.filter(created_on__lt=before).exclude(network="") for model in rows]
    return sum(signals.update(network="") for signals in old)


@transaction.atomic
def report_missing_help(
    *,
    by: User | None,
    help_questions: Collection[str],
    municipality: str,
    age_band: str,
    reason: str,
    sender: str,
    network: Network = NOWHERE,
    referrer: str = "",
) -> Reported:
    """Say that help for these questions (codes) is missing in a municipality (CBS code).

    Said again by the same sender on the same day it is not written again; from the same browser or
    network within a week, or past so many on a day (settings.TAP_LIMITS), it is written and does
    not count. Raises ValidationError for what is no code;
    ValueError without a sender.
    """
    if not sender:
        raise ValueError("Without a sender one tap could count many times.")
    if not 0 < len(help_questions) <= MOST_QUESTIONS:
        raise ValidationError(_("Kies 1 tot en met %(n)s hulpvragen.") % {"n": MOST_QUESTIONS})
    facts = {
        "municipality_id": municipality,
        "age_band": age_band,
        "reason": reason,
        "sender": sender,
        "created_on": timezone.localdate(),
    }
    more = {"referrer": referrer, "follow": get_random_string(FOLLOW_LENGTH)}
    stored = [_stored(code, facts, network, more) for code in dict.fromkeys(help_questions)]
    new = [signal.help_question_id for signal, is_new in stored if is_new]
    if new:
        # Of the municipality, and without age or sender: nothing that leads back to a question.
        where = Municipality.objects.get(pk=municipality)
        changes = {"help_questions": new, "reason": reason}
        audit.record(
            by=by,
            action="missing_help.reported",
            subject=where,
            changes=changes,
            regions=ON_NO_PAGE,
        )
    return Reported(len(new), more["follow"] if new else stored[0][0].follow)


def _stored(
    code: str, facts: dict[str, Any], network: Network, more: dict[str, str]
) -> tuple[MissingHelpSignal, bool]:
    signal = MissingHelpSignal(help_question_id=code, **facts, **more)
    signal.full_clean(validate_unique=False, validate_constraints=False)
    more = more | {"network": network.on(facts["created_on"])}
    return MissingHelpSignal.objects.get_or_create(
        help_question_id=code,
        **facts,
        defaults=more | {"counts": _counts(code, facts, network)},
    )


def _counts(code: str, facts: dict[str, Any], network: Network) -> bool:
    """Whether no browser or network speaks twice: two reasons on one day are one signal still."""
    today: dt.date = facts["created_on"]
    since = MissingHelpSignal.objects.filter(
        counts=True, created_on__gt=today - dt.timedelta(days=SAME_DAYS)
    )
    rows = since.values_list("help_question", "municipality", "sender", "network", "created_on")
    mine = {
        (question, place, sender, day)
        for question, place, sender, hashed, day in rows
        if sender == facts["sender"] or network.is_in([(hashed, day)])
    }
    this = (code, facts["municipality_id"], facts["sender"], today)
    if this in mine:
        return True
    if any((question, place) == this[:2] for question, place, _sender, _day in mine):
        return False
    of_today = [one for one in mine if one[3] == today]
    return len(of_today) < settings.TAP_LIMITS["missing_a_day"]
