"""What all one-tap signals share: who tapped, without knowing who, and how often one may."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import get_random_string, salted_hmac

from accounts.limits import NetworkThrottle

COOKIE = "sk_afzender"
SALT = "search.taps"
# As long as interest counts, and some: whoever comes back within that time can take it back.
MAX_AGE = 90 * 24 * 3600


def sender_of(request: HttpRequest) -> str:
    """Return the keyed hash of the random number this browser keeps; empty when it has none."""
    number = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE)
    return _hash(number) if number else ""


def new_sender() -> tuple[str, str]:
    """Return a new random number for a browser's cookie, and the hash that is stored."""
    number = get_random_string(32)
    return number, _hash(number)


def remember_sender(response: HttpResponseBase, number: str) -> None:
    """Let this browser keep its number, out of reach of scripts."""
    response.set_signed_cookie(
        COOKIE,
        number,
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def give_sender(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let a browser have its number before it taps.

    Of two quick taps the second leaves before the answer to the first is there, and must be
    known as the same browser's.
    """
    if not sender_of(request):
        remember_sender(response, new_sender()[0])


class TapThrottle(NetworkThrottle):
    """Counts taps per network (settings.TAP_RATE)."""

    scope = "taps"
    rate = settings.TAP_RATE


def may_tap(request: HttpRequest) -> bool:
    """Count this tap; False when this address has tapped too often."""
    return TapThrottle().allow_request(request, None)  # type: ignore[arg-type]


def _hash(number: str) -> str:
    return salted_hmac(SALT, number, algorithm="sha256").hexdigest()
