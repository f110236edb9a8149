"""Addresses for municipalities."""

from django.urls import path

from gaps import views

app_name = "gaps"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>.csv", views.municipality_csv, name="municipality_csv"),
    path("<slug:slug>/gemist.csv", views.missed_csv, name="missed_csv"),
    path("<slug:slug>/", views.municipality, name="municipality"),
]
