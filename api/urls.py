"""Addresses of the API, without a slash at the end."""

from django.urls import path, re_path

from api import views
from api.documentation import documentation
from api.schema import OpenAPIDocument

app_name = "api"
urlpatterns = [
    path("offers", views.OfferList.as_view(), name="offers"),
    path("offers.geojson", views.OfferMap.as_view(), name="offers_geojson"),
    path("offers/<int:pk>", views.OfferDetail.as_view(), name="offer"),
    path("providers", views.ProviderList.as_view(), name="providers"),
    path("providers/<int:pk>", views.ProviderDetail.as_view(), name="provider"),
    path("openapi.json", OpenAPIDocument.as_view(), name="openapi"),
    path("docs", documentation, name="docs"),
    # Last: errors under this path are problems too, not pages.
    re_path(r"^", views.UnknownAddress.as_view(), name="unknown"),
]
