"""The link in a reminder: its holder may keep the offers of one provider true, and nothing else."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.mail import site_address
from accounts.models import User
from providers.models import Membership, Provider
from providers.permissions import Right, roles_with

# A signature of another kind, such as that of a log-in, is none here.
SALT = "selfservice.confirm-link"


class LinkExpiredError(Exception):
    """The link was ours, and is too old or was made before a change of password or address."""


class HolderLeftError(Exception):
    """The link was ours, and the one it was made for may no longer write for this provider."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who follows the link, and for which provider."""

    user: User
    provider: Provider


def confirm_link(user: User, provider: Provider) -> str:
    """Return the whole address where this member confirms this provider without a log-in."""
    return site_address(reverse("selfservice:confirm_by_link", args=[token_for(user, provider)]))


def token_for(user: User, provider: Provider) -> str:
    """Return who may confirm what, signed and dated.

    It ends with the membership it was made for, and with the password and the address of then:
    somebody who changes those shuts the door on whoever reads the old mails.
    """
    rows = Membership.objects.filter(user=user, provider=provider)
    membership = rows.values_list("pk", flat=True).first()
    return signing.dumps([user.pk, provider.pk, membership, _fingerprint(user)], salt=SALT)


def _fingerprint(user: User) -> str:
    """Return a mark that changes with the password and with the address."""
    return salted_hmac(SALT, f"{user.password}\n{user.email}", algorithm="sha256").hexdigest()[:20]


def holder_before(token: str) -> Holder | None:
    """Return whom a link was made for, however old it is, if they may still write."""
    try:
        user, provider, membership = signing.loads(token, salt=SALT)[:3]
    except (signing.BadSignature, ValueError):
        return None
    rows = Membership.objects.active(*roles_with(Right.WRITE))
    row = rows.filter(user=user, provider=provider, pk=membership).first()
    return Holder(row.user, row.provider) if row and row.provider else None


def holder_of(token: str) -> Holder | None:
    """Return whose link this is; None when it is not ours.

    Raises HolderLeftError when its holder may no longer write, and LinkExpiredError when it is
    older than REMINDER_LINK_DAYS or of before a change of password or address.
    """
    max_age = settings.REMINDER_LINK_DAYS * 24 * 60 * 60
    try:
        user, provider, *then = signing.loads(token, salt=SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpiredError from error
    except signing.BadSignature:
        return None
    # An earlier version of the program signed neither of the two.
    membership, fingerprint = then or (None, "")
    rows = Membership.objects.active(*roles_with(Right.WRITE)).filter(user=user, provider=provider)
    row = rows.select_related("user", "provider").first()
    if row is None or row.provider is None or (then and row.pk != membership):
        raise HolderLeftError
    if not constant_time_compare(fingerprint, _fingerprint(row.user)):
        raise LinkExpiredError
    return Holder(row.user, row.provider)
