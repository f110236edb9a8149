"""Writes on claims: somebody says that an organisation is theirs."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.enums import DeskState, Role
from providers.models import Claim, Municipality, Provider, ServiceArea, YouthRegion
from providers.models.desk.requests import WAITING
from providers.permissions import managers_of
from providers.services import audit
from providers.services.joining.invitations import invite, takes_part
from providers.services.providers import create_provider

# Anybody can have a mailbox, or a page, at one of these: they say nothing about an organisation.
DOMAINS_OF_EVERYBODY = frozenset(
    {
        "gmail.com", "googlemail.com", "google.com", "hotmail.com", "hotmail.nl", "outlook.com",
        "live.nl", "live.com", "msn.com", "yahoo.com", "icloud.com", "me.com", "ziggo.nl",
        "kpnmail.nl", "kpnplanet.nl", "planet.nl", "home.nl", "xs4all.nl", "hetnet.nl",
        "casema.nl", "upcmail.nl", "online.nl", "proton.me", "protonmail.com", "zonnet.nl",
        "facebook.com", "instagram.com", "linkedin.com", "wordpress.com", "wixsite.com",
        "jouwweb.nl", "webnode.nl", "zorgkaartnederland.nl",
    }
)  # fmt: skip
# More of one organisation wait already: the desk sees it in these.
MOST_WAITING = 5
# So long after a decision who asked is kept.
DAYS_KEPT = 90


class AlreadyDecidedError(Exception):
    """Somebody else of the desk decided first."""


@transaction.atomic
def claim_provider(*, provider: Provider, person: str, email: str) -> None:
    """Say that an organisation on the map is one's own.

    A mailbox at its own domain gets an invitation at once, where nobody manages it yet; the link
    in it proves the mailbox. All others wait for the desk. Returns nothing: who asks must not
    learn from the answer who has an account, or who manages what.
    """
    address = User.normalize_username(email)
    if is_of_domain(provider, address) and not managers_of(provider).exists():
        try:
            with transaction.atomic():
                invite(by=None, email=address, role=Role.MANAGER, body=provider)
        except ValidationError:
            pass  # has just been mailed, or takes part already: the page says the same
        return
    same = Claim.objects.waiting().filter(provider=provider)
    if same.filter(email=address).exists() or same.count() >= MOST_WAITING:
        return
    row = Claim(provider=provider, person=person, email=address)
    _file(row, desk_of(provider))


@transaction.atomic
def claim_new(*, municipality: Municipality, **fields: Any) -> None:
    """Ask to put an organisation on the map; the desk looks at it first. Raises ValidationError."""
    address = User.normalize_username(fields.pop("email"))
    same = Claim.objects.waiting().filter(email=address, provider=None)
    if same.filter(name__iexact=fields["name"]).exists() or same.count() >= MOST_WAITING:
        return
    row = Claim(municipality=municipality, email=address, **fields)
    _file(row, municipality.region)


def _file(claim: Claim, region: YouthRegion) -> None:
    claim.region = region
    claim.full_clean()
    claim.save()
    audit.record(by=None, action="claim.made", subject=claim)


def is_of_domain(provider: Provider, email: str) -> bool:
    """Whether this mailbox is at a domain that is on record as the provider's own."""
    domain = email.rpartition("@")[2]
    return domain in _domains_of(provider) - DOMAINS_OF_EVERYBODY


def _domains_of(provider: Provider) -> set[str]:
    host = (urlsplit(provider.website).hostname or "").removeprefix("www.")
    return {host, provider.email.rpartition("@")[2].lower()} - {""}


def desk_of(provider: Provider) -> YouthRegion:
    """Return the desk that decides about a provider: where it came in, else where it gives help."""
    if provider.desk is not None:
        return provider.desk
    areas = ServiceArea.objects.filter(offer__provider=provider).order_by("pk")
    codes = list(areas.values_list("municipality__region", flat=True).distinct())
    # That of this site when it is among them, or when nothing is known.
    own = settings.REGION_CODE
    return YouthRegion.objects.get(pk=own if own in codes or not codes else codes[0])


@transaction.atomic
def approve(*, by: User, claim: Claim) -> None:
    """Let who asked manage the organisation; a new one is made, and seen by nobody yet.

    Raises ValidationError when the invitation cannot go now: then nothing is decided.
    """
    _decide(by, claim, DeskState.DONE)
    provider = claim.provider or _make(by, claim)
    if claim.provider is None:
        Claim.objects.filter(pk=claim.pk).update(provider=provider, name="")
    if not takes_part(claim.email, provider):
        invite(by=by, email=claim.email, role=Role.MANAGER, body=provider)


def _make(by: User, claim: Claim) -> Provider:
    if Provider.objects.named(claim.name).exists():
        raise ValidationError(_("Er is al een organisatie met deze naam."))
    return create_provider(
        by=by,
        name=claim.name,
        about=claim.about,
        website=claim.website,
        kvk_number=claim.kvk_number,
        desk=claim.region,
    )


@transaction.atomic
def ask(*, by: User, claim: Claim, question: str) -> None:
    """Ask who claims something; the claim keeps waiting."""
    _answer(by, claim, DeskState.ASKED, question)


@transaction.atomic
def refuse(*, by: User, claim: Claim, reason: str) -> None:
    """Refuse a claim, and say why by mail."""
    _answer(by, claim, DeskState.REFUSED, reason)


def _answer(by: User, claim: Claim, state: DeskState, words: str) -> None:
    if not words.strip():
        raise ValidationError(_("Schrijf erbij waarom: dat staat in de mail."))
    _decide(by, claim, state, answer=words.strip())
    transaction.on_commit(lambda: emails.answer_claim(claim), robust=True)


def _decide(by: User, claim: Claim, state: DeskState, **fields: Any) -> None:
    """Write a decision: of two people who decide at once, the second is refused."""
    values = {"state": state, "decided_by": by, "decided_at": timezone.now(), **fields}
    waiting = Claim.objects.filter(pk=claim.pk, state__in=WAITING)
    if not waiting.update(**values):
        raise AlreadyDecidedError
    for name, value in values.items():
        setattr(claim, name, value)
    action = f"claim.{state.value}"
    audit.record(by=by, action=action, subject=claim)


def remove_old_claims(*, on: dt.datetime) -> int:
    """Delete claims that were decided long ago: they hold names and addresses."""
    old = Claim.objects.filter(decided_at__lt=on - dt.timedelta(days=DAYS_KEPT))
    deleted, _by_model = old.exclude(state__in=WAITING).delete()
    return deleted
