"""The addresses of the API: lists and single things, all read-only and public."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import VERSION, ReadOnlyView
from api.pagination import Pages
from api.parameters import (
    BBOX,
    BBOX_CRS,
    CRS,
    CRS84,
    SHORT,
    filter_parameters,
    number_in_path,
    requested_box,
    requested_short,
)
from api.points.features import FeatureCollectionSerializer, feature_collection
from api.points.sending import compressed_response
from api.querysets import offers_in_full, providers_in_full
from api.renderers import GeoJSONRenderer, JSONRenderer
from api.schema import problems
from api.serializers import OfferSerializer, ProviderSerializer
from providers.filters.offers import OfferFilterSet
from providers.filters.registry import STRICT_PARAMS
from providers.index.version import last_change
from providers.models import Offer, Provider
from providers.rules.freshness import Clocks

GEOMETRY = (BBOX, BBOX_CRS, CRS)
FILTERS = tuple(OfferFilterSet.base_filters)


@extend_schema(exclude=True)
class Start(ReadOnlyView):
    """Where the API begins: what it is, and where it is described."""

    def get(self, request: Request) -> Response:
        address = request.build_absolute_uri
        return Response(
            {
                "title": settings.SPECTACULAR_SETTINGS["TITLE"],
                "version": VERSION,
                "openapi": address(reverse("api:openapi")),
                "documentation": address(reverse("api:docs")),
                "changes": address(reverse("api:docs") + "#wijzigingen"),
            }
        )


class DatedView(ReadOnlyView, generics.GenericAPIView):
    """A view whose answer depends on the day: facts grow old."""

    clocks: Clocks | None = None

    @property
    def today(self) -> dt.date:
        """The day of this answer."""
        return timezone.localdate()

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code in {status.HTTP_200_OK, status.HTTP_304_NOT_MODIFIED}:
            answer["Last-Modified"] = http_date(last_change(self.today).timestamp())
        return answer

    def get_serializer_context(self) -> dict[str, Any]:
        clocks = self.clocks or Clocks(self.today)
        return {**super().get_serializer_context(), "clocks": clocks}


class OfferFilters(DjangoFilterBackend):
    """The public filters; a place brings the clocks of its region along."""

    def get_filterset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        filterset = super().get_filterset(request, queryset, view)
        if filterset is not None and filterset.is_valid():
            view.clocks = filterset.clocks
        return filterset


class OfferList(DatedView, generics.ListAPIView):
    """The offers that everybody may see, by title."""

    queryset = Offer.objects.visible()
    serializer_class = OfferSerializer
    filter_backends = [OfferFilters]
    filterset_class = OfferFilterSet
    pagination_class = Pages

    def known_parameters(self) -> Collection[str]:
        return (*FILTERS, *Pages.parameters)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return offers_in_full(super().filter_queryset(queryset), today=self.today)

    @extend_schema(
        operation_id="offers_list",
        summary="Aanbod zoeken",
        description="Geeft aanbod per bladzijde. De filters zijn dezelfde als op de zoekpagina. "
        "Een filter laat aanbod staan waarvan het gevraagde niet bekend is; alleen "
        f"{', '.join(f'`{name}`' for name in STRICT_PARAMS)} laten dat weg, en "
        "`onbekend=ja` brengt het terug.",
        parameters=filter_parameters(),
        responses={200: OfferSerializer(many=True), **problems(400, 404, 406, 429)},
        tags=["aanbod"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OfferDetail(DatedView, generics.RetrieveAPIView):
    """One offer."""

    serializer_class = OfferSerializer

    def get_queryset(self) -> QuerySet[Offer]:
        return offers_in_full(Offer.objects.visible(), today=self.today)

    @extend_schema(
        operation_id="offers_retrieve",
        summary="Eén aanbod",
        description="Geeft één aanbod met alles wat erover bekend is.",
        parameters=[number_in_path("Nummer van het aanbod.")],
        responses={200: OfferSerializer, **problems(400, 404, 406, 429)},
        tags=["aanbod"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class OfferPoints(DatedView, generics.GenericAPIView):
    """Every offer with a point, for a map."""

    queryset = Offer.objects.visible()
    filter_backends = [OfferFilters]
    filterset_class = OfferFilterSet
    renderer_classes = [GeoJSONRenderer, JSONRenderer]
    pagination_class = None

    def known_parameters(self) -> Collection[str]:
        return (*FILTERS, SHORT.name, *(one.name for one in GEOMETRY))

    @extend_schema(
        operation_id="offer_points",
        summary="Aanbod op de kaart",
        description="Geeft aanbod als GeoJSON: één punt per aanbod en locatie, met dezelfde "
        "filters als de lijst. Aanbod zonder punt, zoals online hulp, staat hier niet in.",
        parameters=[*filter_parameters(), SHORT, *GEOMETRY],
        responses={
            200: OpenApiResponse(FeatureCollectionSerializer, "Een FeatureCollection (RFC 7946)."),
            **problems(400, 406, 429, 503),
        },
        tags=["aanbod"],
    )
    def get(self, request: Request) -> HttpResponseBase:
        short, box = requested_short(request), requested_box(request)
        offers = self.filter_queryset(self.get_queryset())
        found = feature_collection(
            offers,
            clocks=self.clocks or Clocks(self.today),
            absolute=request.build_absolute_uri,
            short=short,
            box=box,
        )
        form = request.accepted_renderer.media_type
        response = compressed_response(request, found, content_type=form)
        response["Content-Crs"] = f"<{CRS84}>"
        return response


class ProviderList(DatedView, generics.ListAPIView):
    """The providers with at least one offer that everybody may see, by name."""

    serializer_class = ProviderSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Provider]:
        return providers_in_full()

    def known_parameters(self) -> Collection[str]:
        return Pages.parameters

    @extend_schema(
        operation_id="providers_list",
        summary="Aanbieders",
        description="Geeft aanbieders met zichtbaar aanbod, per bladzijde.",
        responses={200: ProviderSerializer(many=True), **problems(400, 404, 406, 429)},
        tags=["aanbieders"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ProviderDetail(DatedView, generics.RetrieveAPIView):
    """One provider."""

    serializer_class = ProviderSerializer

    def get_queryset(self) -> QuerySet[Provider]:
        return providers_in_full()

    @extend_schema(
        operation_id="providers_retrieve",
        summary="Eén aanbieder",
        description="Geeft één aanbieder met locaties en aanbod.",
        parameters=[number_in_path("Nummer van de aanbieder.")],
        responses={200: ProviderSerializer, **problems(400, 404, 406, 429)},
        tags=["aanbieders"],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


@extend_schema(exclude=True)
class UnknownAddress(ReadOnlyView):
    """Whatever else stands under /api: not found, said as every other error."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise NotFound
