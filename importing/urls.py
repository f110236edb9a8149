"""Addresses of imports."""

from django.urls import include, path

app_name = "importing"
urlpatterns = [path("lijsten/", include("importing.lists.urls"))]
