"""Pages that belong to no app: errors."""

import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.kept_form import ask_to_log_in, carried_form, hand_back, sent_form
from api.problems import MEDIA_TYPE, fault_as_problem
from socialekaart.running.faults import RETRY_SECONDS, is_database_down


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read."""
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its safety token, most often after a log-in in another tab.

    What was typed in it comes back, but never what a page of another site made the browser send.
    """
    kept = carried_form(request) or sent_form(request)
    if kept is None or not _is_from_here(request):
        return render(request, "403_csrf.html", status=403)
    if request.user.is_authenticated:
        return hand_back(request, kept, status=403)
    return ask_to_log_in(request, kept)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether this site's own page sent the form, as far as the browser says who did."""
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    here = (request.scheme, request.get_host())
    return sender is None or urlsplit(sender)[:2] == here


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known to us, but not allowed to do this."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not one for you."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when the database is not there. To programs as a problem (RFC 9457).

    Rendered without a request context: that may be what is broken.
    """
    is_down = is_database_down(sys.exc_info()[1])
    status, template = (503, "503.html") if is_down else (500, "500.html")
    headers = {"Retry-After": str(RETRY_SECONDS)} if is_down else {}
    if request.path.startswith("/api/"):
        return HttpResponse(
            fault_as_problem(status), status=status, headers=headers, content_type=MEDIA_TYPE
        )
    page = render_to_string(template, {"contact_email": settings.CONTACT_EMAIL})
    return HttpResponse(page, status=status, headers=headers)
