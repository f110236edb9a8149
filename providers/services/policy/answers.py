"""Writes of a municipality on signals: what it does about missing help, and whom to ask."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import SignalStatus
from providers.models import HelpQuestion, Municipality, Offer, PolicyMailbox, SignalAnswer
from providers.services import audit


@transaction.atomic
def answer_signals(
    *,
    by: User,
    municipality: Municipality,
    help_question: HelpQuestion,
    status: SignalStatus,
    age_band: str = "",
    reason: str = "",
    offer: Offer | None = None,
) -> SignalAnswer:
    """Say in public what the municipality does about help that is missing for a question.

    It shows below every search there that finds little for it, and to who reported it. Raises
    ValidationError without a mailbox, or without a reason why something cannot be done.
    """
    if not PolicyMailbox.objects.filter(municipality=municipality).exists():
        raise ValidationError(_("Noem eerst de mailbox: die staat bij elk antwoord."))
    answer = SignalAnswer(
        municipality=municipality,
        help_question=help_question,
        age_band=age_band,
        status=status,
        reason=" ".join(reason.split()),
        offer=offer,
        by=by,
    )
    answer.full_clean()
    answer.save()
    audit.record(
        by=by,
        action="signals.answered",
        subject=municipality,
        changes={"help_question": help_question.pk, "status": status.value},
        regions=municipality.region_id,
    )
    return answer


@transaction.atomic
def name_mailbox(*, by: User, municipality: Municipality, name: str, email: str) -> PolicyMailbox:
    """Name the mailbox that stands below the answers of a municipality. Raises ValidationError."""
    found = PolicyMailbox.objects.select_for_update().filter(municipality=municipality).first()
    mailbox = found or PolicyMailbox(municipality=municipality)
    mailbox.name, mailbox.email = " ".join(name.split()), email
    mailbox.full_clean()
    mailbox.save()
    audit.record(by=by, action="mailbox.named", subject=mailbox, regions=municipality.region_id)
    return mailbox
