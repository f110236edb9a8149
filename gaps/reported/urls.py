"""Addresses of tables from reports, at the desk of a region."""

from django.urls import path

from gaps.reported import views

app_name = "reported"
urlpatterns = [path("<slug:region>/cijfers/", views.tables, name="tables")]
