"""Addresses of the search and its results."""

from django.urls import path

from search.results import views

urlpatterns = [
    path("", views.search, name="search"),
]
