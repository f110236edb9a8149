"""Addresses for a GP's own system; they stay as they are (docs/gp-link.md)."""

from django.urls import path

from search.door import views

urlpatterns = [
    path("zoek", views.door, name="door"),
    path("zoek/brief", views.letter, name="door_letter"),
]
