"""The addresses of local teams: read-only and public."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from api.municipal.serializers import LocalTeamSerializer
from api.pagination import Pages
from api.schema import problems
from api.views import DatedView
from providers.models import LocalTeam, PostalArea

POSTCODE = OpenApiParameter(
    "postcode",
    type={"type": "string", "pattern": "^[1-9][0-9]{3}$"},
    description="Alleen het team van deze postcode: vier cijfers, zonder letters.",
)


class LocalTeamList(DatedView, generics.ListAPIView):
    """The local teams, by name."""

    serializer_class = LocalTeamSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[LocalTeam]:
        teams = LocalTeam.objects.select_related("provider").prefetch_related("postal_areas")
        postcode = self.request.query_params.get(POSTCODE.name)
        if postcode is None:
            return teams
        if not PostalArea.objects.filter(pk=postcode).exists():
            raise ValidationError({POSTCODE.name: [_("Geef de vier cijfers van een postcode.")]})
        return teams.serving(postcode)

    def known_parameters(self) -> Collection[str]:
        return (POSTCODE.name, *Pages.parameters)

    @extend_schema(
        operation_id="local_teams_list",
        summary="Lokale teams",
        description="Geeft welk lokaal team bij welke postcode hoort, met de eigen wachttijd.",
        parameters=[POSTCODE],
        responses={200: LocalTeamSerializer(many=True), **problems(400, 404, 406, 429)},
        tags=["lokale teams"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
