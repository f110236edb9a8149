"""Writes on invitations: one mail, one link, one person who takes part."""

import datetime as dt
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import mark_confirmed
from accounts.models import User
from providers import emails
from providers.enums import Role
from providers.models import Invitation, Membership, Municipality, Provider, YouthRegion
from providers.models.people import invitation_ends
from providers.permissions import RIGHTS
from providers.services import audit
from providers.services.people import grant_membership
from providers.services.providers import create_provider

# A signature of another kind, such as that of a reminder, is none here.
SALT = "providers.invitation"
# Of one organisation: more is somebody who sends mail to the world in our name.
MOST_A_DAY = 30
BETWEEN_MAILS = dt.timedelta(minutes=5)
# So long after it ended an invitation is kept, so that its link can say what happened.
DAYS_KEPT = 60

Body = Provider | Municipality | YouthRegion
KEYS: dict[type, str] = {
    Provider: "provider",
    Municipality: "municipality",
    YouthRegion: "region",
}


class InvitationEndedError(Exception):
    """The invitation was used, withdrawn or too old by the time somebody accepted it."""


@transaction.atomic
def invite(*, by: User | None, email: str, role: Role, body: Body) -> Invitation:
    """Ask somebody by mail to take part; asked again, the same invitation runs from now.

    Says the same whether or not the address has an account. Raises ValidationError.
    """
    address, about = User.normalize_username(email), {KEYS[type(body)]: body}
    _check(address, body)
    row = Invitation.objects.open().filter(email=address, **about).first()
    if row is not None and row.mailed_at and timezone.now() - row.mailed_at < BETWEEN_MAILS:
        raise ValidationError(
            _("Deze persoon heeft net een mail gekregen. Wacht een paar minuten.")
        )
    row = row or Invitation(email=address, **about)
    row.role, row.by, row.expires_at, row.mailed_at = role, by, invitation_ends(), None
    row.full_clean()
    row.save()
    audit.record(by=by, action="invitation.sent", subject=row, changes={"role": role})
    transaction.on_commit(lambda: _mail(row))
    return row


@transaction.atomic
def invite_to_provider(
    *, by: User, email: str, provider: Provider | None, name: str, desk: YouthRegion
) -> Invitation:
    """Let the desk of a region ask somebody to manage a provider, one that is there or a new one.

    A new one has no offer, so nobody sees it yet. Raises ValidationError.
    """
    body = provider or create_provider(by=by, name=name, desk=desk)
    return invite(by=by, email=email, role=Role.MANAGER, body=body)


def takes_part(email: str, body: Body) -> bool:
    """Whether who has this address is a member already."""
    address = User.normalize_username(email)
    return Membership.objects.filter(user__email=address, **{KEYS[type(body)]: body}).exists()


def _check(address: str, body: Body) -> None:
    about = {KEYS[type(body)]: body}
    if takes_part(address, body):
        raise ValidationError({"email": _("Deze persoon doet al mee.")})
    since = timezone.now() - dt.timedelta(days=1)
    if Invitation.objects.filter(created_at__gt=since, **about).count() >= MOST_A_DAY:
        text = _("U heeft vandaag al %(most)s mensen uitgenodigd. Morgen kunt u verder.")
        raise ValidationError(text % {"most": MOST_A_DAY})


def _mail(invitation: Invitation) -> None:
    if emails.invite(invitation, token_of(invitation)):
        invitation.mailed_at = timezone.now()
        Invitation.objects.filter(pk=invitation.pk).update(mailed_at=invitation.mailed_at)


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    """Let the link of an invitation open nothing any more."""
    open_ones = Invitation.objects.open().filter(pk=invitation.pk)
    if open_ones.update(withdrawn_at=timezone.now()):
        audit.record(by=by, action="invitation.withdrawn", subject=invitation)


def token_of(invitation: Invitation) -> str:
    """Return what the link of this invitation carries."""
    return signing.dumps(invitation.pk, salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation with this link; None when it is not ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related("provider", "municipality", "region", "by")
    return rows.filter(pk=number).first()


def holder_of(invitation: Invitation) -> User | None:
    """Return the account of the address that was invited; None when it has to be made."""
    return User.objects.filter(email=invitation.email).first()


def chooses_password(user: User | None) -> bool:
    """Whether the link of an invitation may set this person's password.

    Nobody has used such an account yet: it was made by an editor, with a password of theirs.
    """
    return user is None or (user.is_active and user.last_login is None)


@transaction.atomic
def join_with_password(*, invitation: Invitation, name: str, password: str) -> User:
    """Make the account of who was invited, with an address that is confirmed, and let them in.

    Raises InvitationEndedError.
    """
    _use(invitation)
    user = holder_of(invitation)
    if not chooses_password(user):
        raise InvitationEndedError
    user = user or User(email=invitation.email)
    user.name = name or user.name
    user.set_password(password)
    user.save()
    mark_confirmed(user)
    audit.record(by=user, action="account.made_by_invitation", subject=user)
    _grant(user, invitation)
    return user


@transaction.atomic
def join(*, by: User, invitation: Invitation) -> None:
    """Let somebody with an account take part in one organisation more.

    Raises InvitationEndedError, also when the invitation was sent to another address.
    """
    _use(invitation)
    if by.email != invitation.email or not by.is_active:
        raise InvitationEndedError
    mark_confirmed(by)
    _grant(by, invitation)


def _use(invitation: Invitation) -> None:
    """Use the invitation up: of two that do so at once, one is refused."""
    now = timezone.now()
    if not Invitation.objects.working(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise InvitationEndedError


def _grant(user: User, invitation: Invitation) -> None:
    """Give the role of the invitation, unless this person can do more already."""
    about: dict[str, Any] = {KEYS[type(invitation.body)]: invitation.body}
    present = Membership.objects.filter(user=user, **about).first()
    role = Role(invitation.role)
    if present is None or RIGHTS[Role(present.role)] < RIGHTS[role]:
        grant_membership(by=invitation.by or user, user=user, role=role, **about)


def remove_old_invitations(*, on: dt.datetime) -> int:
    """Delete invitations that ended long ago: they hold addresses of people who never came."""
    gone = on - dt.timedelta(days=DAYS_KEPT)
    deleted, _by_model = Invitation.objects.filter(expires_at__lt=gone).delete()
    return deleted
