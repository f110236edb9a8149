"""Addresses of the groups of a provider."""

from django.urls import path

from selfservice.groups import demand, views

urlpatterns = [
    path("aanbod/<int:pk>/groep/", views.Group.as_view(), name="group"),
    path("aanbod/<int:pk>/groep/wijzig/", views.EditProgramme.as_view(), name="edit_programme"),
    path("aanbod/<int:pk>/groep/nieuwe-start/", views.AddRun.as_view(), name="add_run"),
    path("aanbod/<int:pk>/groep/start/<int:run>/", views.EditRun.as_view(), name="edit_run"),
    path(
        "aanbod/<int:pk>/groep/start/<int:run>/afzeggen/",
        views.CancelRun.as_view(),
        name="cancel_run",
    ),
    path("aanbieder/<int:pk>/vraag/", demand.Demand.as_view(), name="demand"),
]
