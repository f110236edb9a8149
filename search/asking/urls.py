"""Addresses of what the question form asks for while one types."""

from django.urls import path

from search.asking import views

urlpatterns = [
    path("suggesties", views.suggest, name="suggest"),
    path("plaatsen", views.places, name="places"),
]
