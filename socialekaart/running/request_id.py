"""A number for each request, so that its log lines can be found together."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# Only what looks like a number of a proxy: anything else could be text.
PLAUSIBLE = re.compile(r"[0-9A-Fa-f-]{8,64}")

# Not a header: nobody can send it.
KEY = "socialekaart.request_id"
current: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Gives each request the number of our own proxy, or a new one, and tells it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _number_of(request)
        # Django writes of a refused or failed request when all middleware is left.
        request.META[KEY] = number
        token = current.set(number)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
        finally:
            current.reset(token)
        return response


def number_in(record: logging.LogRecord) -> str:
    """Return the number of the request that a log line is about; empty outside any."""
    request = getattr(record, "request", None)
    number: str = getattr(request, "META", {}).get(KEY, "") or current.get()
    return number


def _number_of(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if PLAUSIBLE.fullmatch(given) else uuid.uuid4().hex
