"""The OpenAPI document, made from the code."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import ReadOnlyView
from api.problems import MEDIA_TYPE, TITLES
from providers.languages import cached_per_language


class ProblemErrorSerializer(serializers.Serializer):
    """One parameter that cannot be used."""

    name = serializers.CharField(help_text="Naam van de parameter.")
    reason = serializers.CharField(help_text="Wat er niet goed aan is.")


class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="Altijd about:blank: de status zegt genoeg.")
    status = serializers.IntegerField(help_text="HTTP-status.")
    title = serializers.CharField(help_text="Soort fout.")
    detail = serializers.CharField(help_text="Wat er deze keer mis is.")
    errors = ProblemErrorSerializer(  # type: ignore[assignment]
        many=True, required=False, help_text="Bij status 400: elke parameter die niet klopt."
    )


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the documentation of these errors, to add to the answers of an address."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, str(TITLES[status]))
        for status in statuses
    }


@cached_per_language()
def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI document; it only changes when the program does."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    document: dict[str, Any] = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return document


@extend_schema(exclude=True)
class OpenAPIDocument(ReadOnlyView):
    """The OpenAPI document as JSON."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer]

    def get(self, request: Request) -> Response:
        return Response(openapi_document())
