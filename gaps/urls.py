"""Addresses for municipalities."""

from django.urls import path

from gaps import forming_views, views
from gaps.waits import views as wait_views

app_name = "gaps"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/wachttijden/", wait_views.wait_times, name="wait_times"),
    path("<slug:slug>/wachttijden.csv", wait_views.wait_times_csv, name="wait_times_csv"),
    path("<slug:slug>.csv", views.municipality_csv, name="municipality_csv"),
    path("<slug:slug>/gemist.csv", views.missed_csv, name="missed_csv"),
    path("<slug:slug>/groepen/", forming_views.forming, name="forming"),
    path("<slug:slug>/", views.municipality, name="municipality"),
]
