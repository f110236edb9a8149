"""Addresses of one-tap signals: reports, and help that is missing."""

from django.urls import path

from search.signals import missing_views, report_views, tip_views

urlpatterns = [
    path("aanbod/<int:pk>/melden/", report_views.report, name="report"),
    path("meld-ontbrekend-aanbod/", missing_views.missing_help, name="missing_help"),
    path("tip/", tip_views.tip, name="tip"),
    path("tip/bedankt/", tip_views.tip_thanks, name="tip_thanks"),
    path(
        "meld-ontbrekend-aanbod/volg/<str:key>/", missing_views.follow_signal, name="follow_signal"
    ),
    path(
        "meld-ontbrekend-aanbod/bedankt/",
        missing_views.missing_help_thanks,
        name="missing_help_thanks",
    ),
]
