"""Who may come in by their organisation: a person the region knows already, and nobody else.

The token says who somebody is and never what they may do: that follows from memberships here.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.addresses import holder_of_confirmed, mark_confirmed
from accounts.models import User


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the region made or invited an account for, and links the two at the first time.

    Denied: an address nobody here has, one that the provider does not vouch for, a second person
    of the organisation with an address that is linked already, and linking from within a log-in.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of who comes back from the provider, or stop here."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(not_let_in(request, "refused"))
        if sociallogin.is_existing:
            return
        user = holder_of_confirmed(vouched_address(sociallogin.claims))
        if user is None or _is_linked(user, sociallogin.account.provider):
            raise ImmediateHttpResponse(not_let_in(request, "unknown"))
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.save()
        mark_confirmed(user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Say in Dutch that it did not work; never what the provider sent."""
        raise ImmediateHttpResponse(not_let_in(request, "refused"))


def vouched_address(claims: dict[str, Any]) -> str:
    """Return the address the provider vouches for; empty when it does not.

    Entra says nothing about addresses: there only those of the domains in the settings count.
    """
    email = User.normalize_username(str(claims.get("email") or ""))
    verified = claims.get("email_verified")
    if verified is None:
        verified = email.rpartition("@")[2] in settings.ORGANISATION.domains
    return email if verified is True else ""


def _is_linked(user: User, provider: str) -> bool:
    linked: bool = SocialAccount.objects.filter(user=user, provider=provider).exists()
    return linked


def not_let_in(request: HttpRequest, reason: str) -> HttpResponse:
    """Answer the page that says why somebody was not let in: unknown, refused or unreachable."""
    status = 503 if reason == "unreachable" else 403
    return render(request, "account/organisation.html", {"reason": reason}, status=status)
