"""Addresses for providers."""

from django.urls import path

from selfservice import confirm_views, demand_views, group_views, views

app_name = "selfservice"
urlpatterns = [
    path("", views.portal, name="portal"),
    path(
        "aanbieder/<int:pk>/klopt-alles-nog/",
        confirm_views.ConfirmProvider.as_view(),
        name="confirm_provider",
    ),
    path("klopt-nog/<str:token>/", confirm_views.ConfirmByLink.as_view(), name="confirm_by_link"),
    path("aanbod/<int:pk>/", views.EditOffer.as_view(), name="edit_offer"),
    path("aanbod/<int:pk>/wachttijd/", views.AddWait.as_view(), name="add_wait"),
    path(
        "aanbod/<int:pk>/wachttijd/<int:wait>/terugnemen/",
        views.RetractWait.as_view(),
        name="retract_wait",
    ),
    path("aanbod/<int:pk>/plekken/", views.UpdatePlaces.as_view(), name="update_places"),
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
    path("aanbieder/<int:pk>/vraag/", demand_views.Demand.as_view(), name="demand"),
    path("aanbod/<int:pk>/klopt-nog/", views.ConfirmOffer.as_view(), name="confirm_offer"),
]
