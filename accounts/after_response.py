"""Work that a visitor does not wait for, and whose duration they must not learn."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

ATTRIBUTE = "_work_after_response"
Work = Callable[[], Any]


def after_response(request: HttpRequest, work: Work) -> None:
    """Do `work` once the answer has left, in the same process and thread.

    No thread or queue of its own: nothing is lost when the server stops in the ordinary way,
    because it finishes a request first. What fails is logged without details, as mails hold
    addresses; the visitor is told nothing, whether an address was known or not.
    """
    waiting: list[Work] | None = getattr(request, ATTRIBUTE, None)
    if waiting is None:
        work()
    else:
        waiting.append(work)


class AfterResponseMiddleware:
    """Hands the work over to the answer; stands first, so that it sees the last form of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        work: list[Work] = []
        setattr(request, ATTRIBUTE, work)
        response = self.get_response(request)
        if work:
            _do_when_closed(response, work)
        return response


def _do_when_closed(response: HttpResponse, work: list[Work]) -> None:
    """A WSGI server closes an answer after it has sent the last of it (PEP 3333)."""
    close = response.close

    def close_and_work() -> None:
        # Before closing: that ends the request, and with it the connection to the database.
        while work:
            _attempt(work.pop(0))
        close()

    response.close = close_and_work  # type: ignore[method-assign]


def _attempt(work: Work) -> None:
    try:
        work()
    except Exception as error:
        logger.error("Work after the answer failed: %s", type(error).__name__)
