"""The link in a reminder: its holder may confirm the offers of one provider, and nothing else."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from providers.emails import site_address
from providers.models import Membership, Provider
from providers.permissions import MAY_WRITE

# A signature of another kind, such as that of a log-in, is none here.
SALT = "selfservice.confirm-link"


class LinkExpiredError(Exception):
    """The link was ours, and is too old."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who follows the link, and for which provider."""

    user: User
    provider: Provider


def confirm_link(user: User, provider: Provider) -> str:
    """Return the whole address where this member confirms this provider without a log-in."""
    return site_address(reverse("selfservice:confirm_by_link", args=[token_for(user, provider)]))


def token_for(user: User, provider: Provider) -> str:
    """Return who may confirm what, signed and dated."""
    return signing.dumps([user.pk, provider.pk], salt=SALT)


def holder_of(token: str) -> Holder | None:
    """Return whose link this is; None when it is not ours or its holder may no longer write.

    Raises LinkExpiredError when it is older than REMINDER_LINK_DAYS.
    """
    try:
        user, provider = signing.loads(
            token, salt=SALT, max_age=settings.REMINDER_LINK_DAYS * 24 * 60 * 60
        )
    except signing.SignatureExpired as error:
        raise LinkExpiredError from error
    except signing.BadSignature:
        return None
    rows = Membership.objects.active(*MAY_WRITE).filter(user=user, provider=provider)
    row = rows.select_related("user", "provider").first()
    return Holder(row.user, row.provider) if row and row.provider else None
