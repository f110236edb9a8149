"""The way to the provider of an organisation and back."""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

from accounts.oidc.adapter import not_let_in
from accounts.oidc.link import SESSION_KEY, asked_link, link


class SignedOnly(OpenIDConnectOAuth2Adapter):
    """Believes a signed token only, and keeps of it nothing but the number of the person."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("no id_token")
        login = super().complete_login(request, app, token, **kwargs)
        login.claims, login.account.extra_data = login.account.extra_data["id_token"], {}
        login.account.uid = settings.ORGANISATION.number_of(login.account.uid)
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> Any:
        # allauth believes what came straight from the provider without its signature.
        self.did_fetch_access_token = False
        try:
            return super()._decode_id_token(app, id_token)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("no token of this provider") from error


@never_cache
def log_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a person to their organisation; a POST, so that no link elsewhere begins a log-in."""
    # Each makes a session and a request to the provider: as many as log-ins with a password.
    too_many: HttpResponse | None = consume_or_429(request, action="login")
    return too_many or _by_organisation(OAuth2LoginView, request, provider_id, "POST")


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Let in, or refuse, who comes back from their organisation."""
    return _by_organisation(OAuth2CallbackView, request, provider_id, "GET")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_account(request: HttpRequest, token: str) -> HttpResponse:
    """Link an account to the organisation by the mailed link; a POST, so that no scanner does."""
    if not settings.ORGANISATION.url:
        raise Http404
    asked = asked_link(request, token)
    if asked is None:
        return not_let_in(request, "over")
    user, account = asked
    if request.method != "POST":
        return render(request, "account/link_organisation.html", {"address": user.email})
    del request.session[SESSION_KEY]
    if not link(user, account):
        return not_let_in(request, "over")
    messages.success(request, _("Uw account is gekoppeld. U kunt nu zo inloggen."))
    return redirect("account_login")


def _by_organisation(
    view: Any, request: HttpRequest, provider_id: str, method: str
) -> HttpResponse:
    adapter = SignedOnly(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if request.method != method:
        return HttpResponseNotAllowed([method])
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except RequestException:
        answer = not_let_in(request, "unreachable")
    return answer
