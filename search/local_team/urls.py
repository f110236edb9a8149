"""The address of the local team of a postcode."""

from django.urls import path

from search.local_team import views

urlpatterns = [path("lokaal-team/", views.local_team, name="local_team")]
