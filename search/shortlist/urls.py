"""Addresses of the shortlist."""

from django.urls import path

from search.shortlist import views

urlpatterns = [
    path("keuzelijst/", views.shortlist, name="shortlist"),
    path("keuzelijst/bewaar/", views.toggle_kept, name="toggle_kept"),
    path("keuzelijst/neem-over/", views.take_over, name="take_over"),
    path("keuzelijst/leeg/", views.clear, name="clear_kept"),
]
