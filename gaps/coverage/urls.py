"""Addresses of the pages about coverage, under that of a municipality."""

from django.urls import path

from gaps.coverage import views

urlpatterns = [
    path("dekking/", views.matrix, name="matrix"),
    path("dekking.geojson", views.region_map, name="region_map"),
    path("dekking/regio/", views.region, name="region"),
    path("dekking/veranderd/", views.changes, name="changes"),
    path("dekking/vastzetten/", views.freeze, name="freeze"),
    path("dekking/postcodes/", views.postal, name="postal"),
    path("stand/<slug:day>/", views.stand, name="stand"),
    path("dekking/<slug:question>/<slug:band>/", views.cell, name="cell"),
]
