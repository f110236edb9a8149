"""Addresses of an offer, a provider and what their pages say."""

from django.urls import path

from search.offer import views

urlpatterns = [
    path("aanbod/<int:pk>-<slug:slug>/", views.offer, name="offer"),
    path("aanbod/<int:pk>/voorbeeld/", views.preview, name="preview"),
    path("aanbod/<int:pk>/gebeld/", views.called, name="called"),
    path("aanbieder/<int:pk>-<slug:slug>/", views.provider, name="provider"),
    path("over-wachttijden/", views.about_waits, name="about_waits"),
    path("over-de-gegevens/", views.about_data, name="about_data"),
]
