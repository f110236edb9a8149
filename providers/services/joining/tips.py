"""Writes on tips: help that a referrer knows and the map does not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import DeskState, Role
from providers.models import HelpQuestion, Municipality, Provider, Tip
from providers.models.desk.requests import WAITING
from providers.services import audit
from providers.services.joining.claims import AlreadyDecidedError
from providers.services.joining.invitations import invite
from providers.services.providers import create_provider


@transaction.atomic
def give_tip(
    *,
    name: str,
    municipality: Municipality,
    help_question: HelpQuestion | None,
) -> None:
    """Name help that is not on the map; said twice it waits once. Raises ValidationError."""
    words = " ".join(name.split())
    waiting = Tip.objects.waiting().filter(municipality=municipality)
    if waiting.filter(name__iexact=words).exists():
        return
    row = Tip(
        name=words,
        municipality=municipality,
        help_question=help_question,
        region=municipality.region,
    )
    row.full_clean()
    row.save()
    audit.record(by=None, action="tip.given", subject=row)


@transaction.atomic
def invite_tipped(*, by: User, tip: Tip, email: str) -> None:
    """Ask the project that was named to put itself on the map. Raises ValidationError."""
    _decide(by, tip, DeskState.DONE)
    if Provider.objects.named(tip.name).exists():
        raise ValidationError(_("Er is al een organisatie met deze naam. Rond de tip af."))
    provider = create_provider(by=by, name=tip.name, desk=tip.region)
    invite(by=by, email=email, role=Role.MANAGER, body=provider)


@transaction.atomic
def close_tip(*, by: User, tip: Tip) -> None:
    """Leave a tip at that: it is on the map already, or no help for young people."""
    _decide(by, tip, DeskState.REFUSED)


def _decide(by: User, tip: Tip, state: DeskState) -> None:
    waiting = Tip.objects.filter(pk=tip.pk, state__in=WAITING)
    if not waiting.update(state=state, decided_by=by, decided_at=timezone.now()):
        raise AlreadyDecidedError
    audit.record(by=by, action=f"tip.{state.value}", subject=tip)
