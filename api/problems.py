"""Errors as `application/problem+json` (RFC 9457), with Dutch texts a person can read."""

import json
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import NotFound, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"

TITLES = {
    status.HTTP_400_BAD_REQUEST: _("De vraag klopt niet"),
    status.HTTP_404_NOT_FOUND: _("Niet gevonden"),
    status.HTTP_405_METHOD_NOT_ALLOWED: _("Deze API is alleen om te lezen"),
    status.HTTP_406_NOT_ACCEPTABLE: _("Deze vorm kunnen we niet geven"),
    status.HTTP_500_INTERNAL_SERVER_ERROR: _("Er ging bij ons iets mis"),
    status.HTTP_503_SERVICE_UNAVAILABLE: _("De gegevens zijn even niet te bereiken"),
    status.HTTP_429_TOO_MANY_REQUESTS: _("Te veel vragen achter elkaar"),
}


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into a problem; None for a fault of ours, which is then logged."""
    if isinstance(exc, TooManyFieldsSent):
        # Django's own, which would become a page.
        exc = ParseError(_("Dit zijn te veel parameters. Stuur er minder."))
    if isinstance(exc, Http404):
        # Its own text is English and names a model.
        exc = NotFound()
    response = exception_handler(exc, context)
    if response is None:
        return None
    response.data = _problem(exc, response)
    response.content_type = MEDIA_TYPE
    return response


def fault_as_problem(code: int) -> str:
    """Return a fault of ours as JSON: 503 when the database is not there, else 500."""
    title = str(TITLES[code])
    problem = {"type": "about:blank", "status": code, "title": title, "detail": title}
    return json.dumps(problem, ensure_ascii=False)


def _problem(exc: Exception, response: Response) -> dict[str, Any]:
    title = TITLES.get(response.status_code, response.status_text)
    problem = {"type": "about:blank", "status": response.status_code, "title": str(title)}
    if isinstance(exc, ValidationError):
        errors = _errors(exc.detail)
        return problem | {
            "detail": " ".join(f"{error['name']}: {error['reason']}" for error in errors),
            "errors": errors,
        }
    return problem | {"detail": str(response.data.get("detail", title))}


def _errors(detail: Any) -> list[dict[str, str]]:
    """One entry per parameter and reason."""
    return [
        {"name": str(name), "reason": str(reason)}
        for name, reasons in detail.items()
        for reason in reasons
    ]
