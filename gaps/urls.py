"""Addresses for municipalities."""

from django.urls import include, path

from gaps import forming_views, views

app_name = "gaps"
urlpatterns = [
    path("", views.index, name="index"),
    path("", include("gaps.demand.urls")),
    path("", include("gaps.waits.urls")),
    path("<slug:slug>.csv", views.municipality_csv, name="municipality_csv"),
    path("<slug:slug>/gemist.csv", views.missed_csv, name="missed_csv"),
    path("", include("gaps.signals.urls")),
    path("<slug:slug>/groepen/", forming_views.forming, name="forming"),
    path("<slug:slug>/", include("gaps.coverage.urls")),
    path("<slug:slug>/", include("gaps.exports.urls")),
    path("<slug:slug>/", views.municipality, name="municipality"),
]
