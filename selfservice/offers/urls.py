"""Addresses of an offer, for its provider."""

from django.urls import path

from selfservice.offers import (
    closing_views,
    location_views,
    provider_views,
    views,
)
from selfservice.offers.areas import views as areas

urlpatterns = [
    path("aanbieder/<int:pk>/nieuw-aanbod/", views.NewOffer.as_view(), name="new_offer"),
    path(
        "aanbieder/<int:pk>/gegevens/", provider_views.EditProvider.as_view(), name="edit_provider"
    ),
    path("aanbod/<int:pk>/", views.OfferOverview.as_view(), name="edit_offer"),
    path("aanbod/<int:pk>/wat/", views.EditWhat.as_view(), name="edit_what"),
    path("aanbod/<int:pk>/voor-wie/", views.EditWhom.as_view(), name="edit_whom"),
    path("aanbod/<int:pk>/waar/", views.EditWhere.as_view(), name="edit_where"),
    path("aanbod/<int:pk>/locatie/", location_views.AddLocation.as_view(), name="add_location"),
    path(
        "aanbod/<int:pk>/locatie/<int:location>/",
        location_views.EditLocation.as_view(),
        name="edit_location",
    ),
    path("aanbod/<int:pk>/gemeenten/", areas.EditAreas.as_view(), name="edit_areas"),
    path("aanbod/<int:pk>/begin/", views.EditStart.as_view(), name="edit_start"),
    path("aanbieder/<int:pk>/dicht/", closing_views.CloseOffers.as_view(), name="close_offers"),
    path("aanbod/<int:pk>/archiveren/", closing_views.Archive.as_view(), name="archive_offer"),
    path("aanbod/<int:pk>/terughalen/", closing_views.Restore.as_view(), name="restore_offer"),
    path("aanbod/<int:pk>/kopie/", closing_views.Copy.as_view(), name="copy_offer"),
    path("aanbod/<int:pk>/verwijzing/", views.EditReferral.as_view(), name="edit_referral"),
    path("aanbod/<int:pk>/publiceren/", views.PublishOffer.as_view(), name="publish_offer"),
]
