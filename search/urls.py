"""Addresses of the search room: paths in Dutch, names in English."""

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("kaart/punten", views.points, name="points"),
    path("kaart/grenzen", views.outlines, name="outlines"),
    path("suggesties", views.suggest, name="suggest"),
    path("plaatsen", views.places, name="places"),
    path("aanbod/<int:pk>-<slug:slug>/", views.offer, name="offer"),
    path("aanbieder/<int:pk>-<slug:slug>/", views.provider, name="provider"),
    path("groepen/", views.groups, name="groups"),
    path("over-wachttijden/", views.about_waits, name="about_waits"),
    path("over-de-gegevens/", views.about_data, name="about_data"),
]
