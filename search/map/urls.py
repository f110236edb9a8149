"""Addresses of the map apart from its points: a still picture, and the postcodes of the region."""

from django.urls import path

from search.map import views

urlpatterns = [
    path("kaart/beeld.svg", views.still, name="still"),
    path("kaart/postcodes", views.areas, name="areas"),
]
