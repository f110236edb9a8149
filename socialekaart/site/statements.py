"""Statements that a public site owes its visitors; what differs per region is a setting."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from socialekaart.site.cookies import COOKIES

# RFC 9116 asks for a day on which the file is no longer true; it is renewed with each answer.
SECURITY_TXT_DAYS = 180


def _statement(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    owner = {
        "owner": settings.OWNER_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "privacy_email": settings.PRIVACY_EMAIL,
        "security_email": settings.SECURITY_EMAIL,
        "nav": "",
    }
    return render(request, f"site/{name}.html", owner | context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Toegankelijkheid: the statement in the Dutch model, and what was tested how."""
    return _statement(
        request,
        "accessibility",
        site_url=settings.SITE_URL,
        statement_url=settings.ACCESSIBILITY_URL,
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Privacy: what is stored of whom, for how long, and what never is."""
    return _statement(request, "privacy")


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Cookies: each with its purpose and life."""
    return _statement(request, "cookies", cookies=COOKIES)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Contact en hulp: whom to call in danger first, then whom to ask what."""
    return _statement(request, "contact")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a leak (RFC 9116)."""
    expires = timezone.now() + dt.timedelta(days=SECURITY_TXT_DAYS)
    lines = (
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
