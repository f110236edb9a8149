"""Addresses of an offer and its group, for its provider."""

from django.urls import path

from selfservice.offers import group_views, views

urlpatterns = [
    path("aanbod/<int:pk>/", views.EditOffer.as_view(), name="edit_offer"),
    path("aanbod/<int:pk>/groep/", group_views.Group.as_view(), name="group"),
    path(
        "aanbod/<int:pk>/groep/wijzig/", group_views.EditProgramme.as_view(), name="edit_programme"
    ),
    path("aanbod/<int:pk>/groep/nieuwe-start/", group_views.AddRun.as_view(), name="add_run"),
    path("aanbod/<int:pk>/groep/start/<int:run>/", group_views.EditRun.as_view(), name="edit_run"),
    path(
        "aanbod/<int:pk>/groep/start/<int:run>/afzeggen/",
        group_views.CancelRun.as_view(),
        name="cancel_run",
    ),
]
