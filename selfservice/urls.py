"""Addresses for providers."""

from django.urls import path

from selfservice import views

app_name = "selfservice"
urlpatterns = [
    path("", views.portal, name="portal"),
    path(
        "aanbieder/<int:pk>/klopt-alles-nog/",
        views.ConfirmProvider.as_view(),
        name="confirm_provider",
    ),
    path("aanbod/<int:pk>/", views.EditOffer.as_view(), name="edit_offer"),
    path("aanbod/<int:pk>/wachttijd/", views.AddWait.as_view(), name="add_wait"),
    path("aanbod/<int:pk>/plekken/", views.UpdatePlaces.as_view(), name="update_places"),
    path("aanbod/<int:pk>/klopt-nog/", views.ConfirmOffer.as_view(), name="confirm_offer"),
]
