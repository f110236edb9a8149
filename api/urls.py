"""Addresses of the API, without a slash at the end."""

from django.urls import path, re_path

from api import views
from api.documentation import documentation
from api.municipal.views import LocalTeamList
from api.schema import OpenAPIDocument

app_name = "api"
urlpatterns = [
    path("api/v1", views.Start.as_view(), name="start"),
    path("api/v1/offers", views.OfferList.as_view(), name="offers"),
    path("api/v1/offer-points", views.OfferPoints.as_view(), name="offer_points"),
    path("api/v1/offers/<int:pk>", views.OfferDetail.as_view(), name="offer"),
    path("api/v1/providers", views.ProviderList.as_view(), name="providers"),
    path("api/v1/providers/<int:pk>", views.ProviderDetail.as_view(), name="provider"),
    path("api/v1/local-teams", LocalTeamList.as_view(), name="local_teams"),
    path("api/v1/openapi.json", OpenAPIDocument.as_view(), name="openapi"),
    path("api/v1/docs", documentation, name="docs"),
    # Last: errors under this path are problems too, not pages or a redirect to a slash; an address
    # may hold the end of a line as well.
    re_path(r"^api(?:/[\s\S]*)?$", views.UnknownAddress.as_view(), name="unknown"),
]
