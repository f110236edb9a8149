"""What all one-tap signals share: who tapped, without knowing who, and how often one may."""

import time

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string, salted_hmac

from accounts.limits import NetworkThrottle
from accounts.network import network_of
from providers.networks import Network

COOKIE = "sk_afzender"
SALT = "search.signals.taps"
# As long as interest counts, and some: whoever comes back within that time can take it back.
MAX_AGE = 90 * 24 * 3600


def sender_of(request: HttpRequest) -> str:
    """Return the keyed hash of the random number this browser keeps; empty when it has none."""
    number = _number_of(request)
    return _hash(number) if number else ""


def is_settled(request: HttpRequest) -> bool:
    """Whether this browser had its number some minutes ago (TAP_LIMITS), not just for this tap."""
    _secret, _dot, born = _number_of(request).partition(".")
    age = time.time() - int(born) if born.isdecimal() else 0
    return age >= settings.TAP_LIMITS["sender_minutes"] * 60


def network_of_tap(request: HttpRequest) -> Network:
    """Return where a tap comes from, for the services: it is stored as a hash of one day only."""
    return Network(network_of(request))


def new_sender() -> tuple[str, str]:
    """Return a new random number for a browser's cookie, and the hash that is stored.

    Behind the number stands the second at which it was given.
    """
    number = f"{get_random_string(32)}.{int(time.time())}"
    return number, _hash(number)


def _number_of(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE) or ""


def remember_sender(response: HttpResponseBase, number: str, max_age: int | None = MAX_AGE) -> None:
    """Let this browser keep its number, out of reach of scripts; None: until it closes."""
    response.set_signed_cookie(
        COOKIE,
        number,
        salt=SALT,
        max_age=max_age,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def give_sender(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let a browser have its number before it taps.

    Of two quick taps the second leaves before the answer to the first is there, and must be
    known as the same browser's. Who does not tap has lost it when the browser closes.
    """
    if not sender_of(request):
        remember_sender(response, new_sender()[0], max_age=None)


def keep_sender(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return who taps, and let the browser keep its number so that it can take it back."""
    number = _number_of(request) or new_sender()[0]
    remember_sender(response, number)
    return _hash(number)


class TapThrottle(NetworkThrottle):
    """Counts taps per network (settings.TAP_RATE)."""

    scope = "taps"
    rate = settings.TAP_RATE


def may_tap(request: HttpRequest) -> bool:
    """Count this tap; False when this address has tapped too often."""
    return TapThrottle().allow_request(request, None)  # type: ignore[arg-type]


def _hash(number: str) -> str:
    return salted_hmac(SALT, number, algorithm="sha256").hexdigest()
