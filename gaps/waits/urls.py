"""Addresses of the waits of a municipality."""

from django.urls import path

from gaps.waits import views

urlpatterns = [
    path("<slug:slug>/wachttijden/", views.wait_times, name="wait_times"),
    path("<slug:slug>/wachttijden.csv", views.wait_times_csv, name="wait_times_csv"),
    path("<slug:slug>/wachttijden.xlsx", views.wait_times_xlsx, name="wait_times_xlsx"),
    path("<slug:slug>/wachttijden-leeswijzer.csv", views.wait_times_guide, name="wait_times_guide"),
    path("<slug:slug>/wachttijden/aanbieders/", views.compare, name="compare_providers"),
    path("<slug:slug>/wachttijden/aanbieders.csv", views.compare_csv, name="compare_providers_csv"),
]
