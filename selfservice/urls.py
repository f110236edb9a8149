"""Addresses for providers."""

from django.urls import path

from selfservice import freshness, guide, views
from selfservice.bulk import urls as bulk
from selfservice.copies import urls as copies
from selfservice.groups import urls as groups
from selfservice.insight import views as insight
from selfservice.month import urls as month
from selfservice.offers import urls as offers

app_name = "selfservice"
urlpatterns = [
    *bulk.urlpatterns,
    *month.urlpatterns,
    *offers.urlpatterns,
    *groups.urlpatterns,
    *copies.urlpatterns,
    path("", views.portal, name="portal"),
    path("aanbieder/<int:pk>/actueel/", freshness.OfProvider.as_view(), name="freshness"),
    path("aanbieder/<int:pk>/inzicht/", insight.Insight.as_view(), name="insight"),
    path("zo-werkt-het/", guide.how_it_works, name="how_it_works"),
    path("aanbod/<int:pk>/wachttijd/", views.AddWait.as_view(), name="add_wait"),
    path(
        "aanbod/<int:pk>/wachttijd/<int:wait>/terugnemen/",
        views.RetractWait.as_view(),
        name="retract_wait",
    ),
    path("aanbod/<int:pk>/plekken/", views.UpdatePlaces.as_view(), name="update_places"),
    path("aanbod/<int:pk>/klopt-nog/", views.ConfirmOffer.as_view(), name="confirm_offer"),
]
