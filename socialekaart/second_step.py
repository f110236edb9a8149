"""Who may change much logs in in two steps: one rule for every page behind the log-in."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from providers.permissions import writes_for_region

# Pages that nobody needs a log-in for look at no session; those of an account lead to the set-up.
GUARDED = frozenset({"admin", "desk", "gaps", "importing", "joining", "selfservice"})


class SecondStepMiddleware:
    """Leads staff, a region's desk and writers of a municipality to the set-up of a second step.

    After that every log-in asks for it: allauth lets nobody with a second step in without.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Stop a request before its view, whatever its method."""
        if not needs_log_in(request) or not lacks_second_step(request):
            return None
        messages.warning(
            request,
            _("Voor uw werk op deze site is inloggen in twee stappen nodig. Zet het hier aan."),
        )
        return redirect("mfa_index")


def needs_log_in(request: HttpRequest) -> bool:
    """Whether this page is one of those behind the log-in."""
    match = request.resolver_match
    # Out, also for who has not got in entirely.
    return bool(match and match.namespace in GUARDED and match.url_name != "logout")


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether this person must have a second step and has none."""
    if not settings.MFA_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return writes_for_region(request.user) and not is_mfa_enabled(request.user)
