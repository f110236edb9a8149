"""Who may come in by their organisation: a person the region knows already, and nobody else.

The token says who somebody is and never what they may do: that follows from memberships here.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.addresses import holder_of_confirmed
from accounts.models import User
from accounts.oidc.link import ask_by_mail, is_linked, link


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the region made or invited an account for, and links the two at the first time.

    The provider vouches for addresses of the domains in the settings. Without any named it is asked
    of the account itself, by mail. Denied: an address nobody here has, one that the provider does
    not vouch for, a second person of the organisation with an address that is linked already, and
    linking from within a log-in.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of who comes back from the provider, or stop here."""
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(not_let_in(request, "refused"))
        if sociallogin.is_existing:
            return
        account, address = sociallogin.account, vouched_address(sociallogin.claims)
        if not address and not settings.ORGANISATION.domains:
            # Known before anybody is looked up, so it tells nothing of who has an account here.
            raise ImmediateHttpResponse(not_let_in(request, "unverified"))
        user = holder_of_confirmed(address)
        if user is not None and is_linked(user, account.provider):
            user = None
        if not settings.ORGANISATION.domains:
            if user is not None:
                ask_by_mail(request, user, account)
            # The same whether or not somebody here has that address.
            raise ImmediateHttpResponse(not_let_in(request, "mailed"))
        if user is None or not link(user, account):
            raise ImmediateHttpResponse(not_let_in(request, "unknown"))
        sociallogin.user = user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Say in Dutch that it did not work; never what the provider sent."""
        raise ImmediateHttpResponse(not_let_in(request, "refused"))


def vouched_address(claims: dict[str, Any]) -> str:
    """Return the address the provider vouches for; empty when it does not.

    Never for a domain that the settings do not name, when they name any: a provider may call any
    address verified. Entra says nothing about addresses: there the domain alone decides.
    """
    email = User.normalize_username(str(claims.get("email") or ""))
    verified, domains = claims.get("email_verified"), settings.ORGANISATION.domains
    if not domains:
        return email if verified is True else ""
    is_ours = email.rpartition("@")[2] in domains
    return email if is_ours and (verified is True or verified is None) else ""


def not_let_in(request: HttpRequest, reason: str) -> HttpResponse:
    """Answer the page that says why somebody was not let in.

    `reason`: unknown, refused, unreachable, unverified (the provider does not vouch for the
    address), mailed (a link was sent), over (that link is).
    """
    status = {"unreachable": 503, "mailed": 200}.get(reason, 403)
    return render(request, "account/organisation.html", {"reason": reason}, status=status)
