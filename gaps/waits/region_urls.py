"""Addresses of the waits of a whole region, at its desk."""

from django.urls import path

from gaps.waits import region_views

app_name = "region_waits"
urlpatterns = [
    path("<slug:region>/wachttijden/", region_views.report, name="report"),
    path("<slug:region>/wachttijden.csv", region_views.report_csv, name="csv"),
    path("<slug:region>/wachttijden.xlsx", region_views.report_xlsx, name="xlsx"),
    path("<slug:region>/wachttijden-leeswijzer.csv", region_views.report_guide, name="guide"),
]
