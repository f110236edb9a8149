"""Addresses of the pages about coverage, under that of a municipality."""

from django.urls import path

from gaps.coverage import views

urlpatterns = [
    path("dekking/", views.matrix, name="matrix"),
    path("dekking/<slug:question>/<slug:band>/", views.cell, name="cell"),
]
