"""What every address of the API shares: headers, known parameters, read-only."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.renderers import JSONRenderer

VERSION = str(settings.SPECTACULAR_SETTINGS["VERSION"])
MOST_PARAMETERS = settings.VISITOR_MAX_NUMBER_FIELDS
EXPOSED_HEADERS = (
    "API-Version, Content-Crs, ETag, Last-Modified, Link, "
    "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
)


class ReadOnlyView(APIView):
    """A public GET address; subclasses name the query parameters they know."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = [JSONRenderer]

    def known_parameters(self) -> Collection[str]:
        """The names that may stand in the query string."""
        return ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # Two changes may fall within one second: only the ETag can say that nothing changed.
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        self._check_query(request)

    def _check_query(self, request: Request) -> None:
        # A misspelt filter that is ignored gives too many results, and nobody notices.
        if sum(len(values) for _name, values in request.query_params.lists()) > MOST_PARAMETERS:
            raise TooManyFieldsSent
        known = set(self.known_parameters())
        errors = {
            name: [_("Deze parameter kennen we niet.")]
            for name in request.query_params
            if name not in known
        }
        for name, values in request.query_params.lists():
            # PostgreSQL cannot compare text with a NUL in it.
            if any("\x00" in value for value in values):
                errors[name] = [_("Deze waarde kunnen we niet lezen.")]
        if errors:
            raise ValidationError(errors)

    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        """Answer a browser that asks beforehand whether it may read this."""
        return Response(
            status=204,
            headers={
                "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
                "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
                "Access-Control-Max-Age": "86400",
            },
        )

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["API-Version"] = VERSION
        allowance = getattr(request, "allowance", None)
        if allowance is not None:
            answer["RateLimit-Limit"] = str(allowance.limit)
            answer["RateLimit-Remaining"] = str(allowance.remaining)
            answer["RateLimit-Reset"] = str(allowance.reset)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
        # Keep it, but ask with If-None-Match whether it is still so. An error is not kept.
        answer["Cache-Control"] = "no-cache" if answer.status_code < 400 else "no-store"
        return answer
