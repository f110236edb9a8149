"""Addresses of one-tap signals: reports, and help that is missing."""

from django.urls import path

from search.signals import missing_views, report_views

urlpatterns = [
    path("aanbod/<int:pk>/melden/", report_views.report, name="report"),
    path("meld-ontbrekend-aanbod/", missing_views.missing_help, name="missing_help"),
    path(
        "meld-ontbrekend-aanbod/bedankt/",
        missing_views.missing_help_thanks,
        name="missing_help_thanks",
    ),
]
