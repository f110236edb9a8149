"""Addresses of the files and the report, under that of a municipality."""

from django.urls import path

from gaps.exports import views

urlpatterns = [
    path("dekking.csv", views.coverage_csv, name="coverage_csv"),
    path("leeswijzer.csv", views.guide_csv, name="guide_csv"),
    path("dekking.xlsx", views.coverage_workbook, name="coverage_workbook"),
    path("raadsrapport/", views.council, name="council"),
]
