"""Ends a log-in that nobody used for a while: a screen that was left open is no open door."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from socialekaart.second_step import needs_log_in

SEEN = "seen"
# How precise it is: a log-in in use writes its session once in so many seconds.
STEP = 300


@receiver(user_logged_in)
def begin(request: HttpRequest, **kwargs: Any) -> None:
    """Start counting at the log-in."""
    if hasattr(request, "session"):
        request.session[SEEN] = int(time.time())


class IdleMiddleware:
    """Logs out before the view, which then asks to log in and keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look before the view, and only where being logged in matters."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and needs_log_in(request):
            self._look(request)

    def _look(self, request: HttpRequest) -> None:
        seen = request.session.get(SEEN)
        if seen is None:
            return
        now = int(time.time())
        if now - seen > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
            messages.info(request, _("U was een tijd weg. Daarom bent u uitgelogd."))
        elif now - seen > STEP:
            request.session[SEEN] = now
