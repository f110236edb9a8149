"""Addresses of the search, its results and their map."""

from django.urls import path

from search.results import views

urlpatterns = [
    path("", views.search, name="search"),
    path("kaart/punten", views.points, name="points"),
    path("kaart/grenzen", views.outlines, name="outlines"),
]
