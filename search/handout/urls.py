"""The address of the page for the family."""

from django.urls import path

from search.handout import views

urlpatterns = [
    path("gezin/", views.family, name="family"),
    path("aanbod/<int:pk>/voorbeeld/gezin/", views.preview, name="family_preview"),
]
