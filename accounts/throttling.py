"""Limits on wrong passwords that stop who guesses, and not who owns the account.

Three counts. Per network: whoever tries one password on many accounts. Per account and network:
whoever tries many passwords on one account. Per account, over all networks: whoever does that with
many machines. A browser that logged in before counts apart from all of these (a *device cookie*,
as OWASP describes it): so the owner gets in at home and at work whatever others try, and a stolen
cookie buys a few guesses more. Choosing a new password by mail is never limited by wrong guesses.
"""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.network import network_of

COOKIE = "sk_bekend"
COOKIE_SECONDS = 180 * 24 * 60 * 60
SALT = "accounts.known-browser"


def attempts_key(request: HttpRequest, email: str) -> str:
    """Return under what wrong passwords for this account are counted."""
    return f"{User.normalize_username(email)}|{network_of(request)}"


def consume(request: HttpRequest, email: str) -> Any:
    """Count one attempt; return what was counted, or None when there were too many."""
    account = User.normalize_username(email)
    if is_known_browser(request, email):
        action, key = "login_failed_known_browser", f"{account}|{request.COOKIES[COOKIE]}"
    else:
        action, key = "login_failed_anywhere", account
    return ratelimit.consume(request, app="allauth.account", action=action, key=key)


def forgive(request: HttpRequest, email: str) -> None:
    """Forget the wrong guesses at this account."""
    key = User.normalize_username(email)
    ratelimit.clear(request, app="allauth.account", action="login_failed_anywhere", key=key)


def is_known_browser(request: HttpRequest, email: str) -> bool:
    """Whether somebody logged in with this account in this browser, with its present password."""
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return False
    try:
        pk, password = signing.loads(cookie, salt=SALT, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    user = User.objects.filter(email=User.normalize_username(email), pk=pk).first()
    return user is not None and password == user.get_session_auth_hash()[:20]


def remember_browser(response: HttpResponse, user: User) -> None:
    """Let this browser be known for half a year; it is known for one account at a time."""
    value = signing.dumps([user.pk, user.get_session_auth_hash()[:20]], salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
