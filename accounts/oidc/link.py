"""The link between an account and a person of the organisation: made once, mailed and on record."""

import datetime as dt
import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.addresses import holder_of_confirmed, mark_confirmed
from accounts.mail import site_address
from accounts.models import User

# With `user`; sent inside the transaction that makes the link.
account_linked = Signal()
SESSION_KEY = "organisation_to_link"
VALID_FOR = dt.timedelta(minutes=30)


def is_linked(user: User, provider: str) -> bool:
    """Whether a person of this provider comes in as this user already."""
    linked: bool = SocialAccount.objects.filter(user=user, provider=provider).exists()
    return linked


def link(user: User, account: Any) -> bool:
    """Let the person of this `SocialAccount` in as `user` from now on, and mail that.

    Returns False, and does nothing, when a person of this provider is linked to `user` by now: by
    the same link a moment ago, or by somebody else with this address.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if is_linked(user, account.provider):
            return False
        account.user = user
        account.save()
        mark_confirmed(user)
        account_linked.send(sender=SocialAccount, user=user)
    context = {"organisation": settings.ORGANISATION.name}
    get_adapter().send_notification_mail(
        "account/email/organisation_linked", user, context, email=user.email
    )
    return True


def ask_by_mail(request: HttpRequest, user: User, account: Any) -> None:
    """Mail the account a link that links the two, in the browser that is here now only.

    Who reads the mail has the account, and who has the browser is the person that the provider
    knows: one without the other links nothing.
    """
    about = {"app": "allauth.account", "action": "link_organisation", "key": user.email}
    # The way back from the provider is a GET.
    if not ratelimit.consume(request, **about, limit_get=True):
        return
    token = secrets.token_urlsafe(24)
    request.session[SESSION_KEY] = {
        "token": token,
        "email": user.email,
        "provider": account.provider,
        "uid": account.uid,
        "until": (timezone.now() + VALID_FOR).timestamp(),
    }
    context = {
        "organisation": settings.ORGANISATION.name,
        "link": site_address(reverse("account_link_organisation", args=[token])),
    }
    get_adapter().send_mail("account/email/organisation_link", user.email, context)


def asked_link(request: HttpRequest, token: str) -> tuple[User, Any] | None:
    """Return who and what the mailed link is about; None when it is over or of another browser."""
    asked = request.session.get(SESSION_KEY)
    if not asked or not secrets.compare_digest(asked["token"].encode(), token.encode()):
        return None
    user = holder_of_confirmed(asked["email"])
    is_late = timezone.now().timestamp() > asked["until"]
    if is_late or user is None or is_linked(user, asked["provider"]):
        return None
    return user, SocialAccount(provider=asked["provider"], uid=asked["uid"], extra_data={})
