"""Addresses of the map of a search."""

from django.urls import path

from search.map import views

urlpatterns = [
    path("kaart/punten", views.points, name="points"),
    path("kaart/grenzen", views.outlines, name="outlines"),
    path("kaart/beeld.svg", views.still, name="still"),
    path("kaart/postcodes", views.areas, name="areas"),
]
