"""A number for each request, so that its log lines can be found together."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# Only what looks like a number of a proxy: anything else could be text.
PLAUSIBLE = re.compile(r"[0-9A-Fa-f-]{8,64}")

current: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Gives each request the number of our own proxy, or a new one, and tells it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current.set(_number_of(request))
        try:
            response = self.get_response(request)
            response.headers[HEADER] = current.get()
        finally:
            current.reset(token)
        return response


def _number_of(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if PLAUSIBLE.fullmatch(given) else uuid.uuid4().hex
