"""Addresses of the search room: paths in Dutch, names in English."""

from django.urls import path

from search.groups import views as group_views
from search.handout import views as family_views
from search.results import views
from search.shortlist import views as shortlist_views
from search.signals import missing_views, report_views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("kaart/punten", views.points, name="points"),
    path("kaart/grenzen", views.outlines, name="outlines"),
    path("suggesties", views.suggest, name="suggest"),
    path("plaatsen", views.places, name="places"),
    path("aanbod/<int:pk>-<slug:slug>/", views.offer, name="offer"),
    path("aanbieder/<int:pk>-<slug:slug>/", views.provider, name="provider"),
    path(
        "aanbod/<int:pk>-<slug:slug>/agenda.ics", group_views.offer_calendar, name="offer_calendar"
    ),
    path("groepen/", group_views.groups, name="groups"),
    path("groepen/agenda.ics", group_views.groups_calendar, name="groups_calendar"),
    path(
        "groepen/start/<int:pk>/belangstelling/",
        group_views.RunInterestView.as_view(),
        name="run_interest",
    ),
    path(
        "groepen/<int:pk>/belangstelling/",
        group_views.InterestView.as_view(),
        name="group_interest",
    ),
    path("groepen/belangstelling/<int:pk>/weg/", group_views.withdraw, name="withdraw_interest"),
    path("aanbod/<int:pk>/melden/", report_views.report, name="report"),
    path("gezin/", family_views.family, name="family"),
    path("keuzelijst/", shortlist_views.shortlist, name="shortlist"),
    path("keuzelijst/bewaar/", shortlist_views.toggle_kept, name="toggle_kept"),
    path("keuzelijst/neem-over/", shortlist_views.take_over, name="take_over"),
    path("keuzelijst/leeg/", shortlist_views.clear, name="clear_kept"),
    path("meld-ontbrekend-aanbod/", missing_views.missing_help, name="missing_help"),
    path(
        "meld-ontbrekend-aanbod/bedankt/",
        missing_views.missing_help_thanks,
        name="missing_help_thanks",
    ),
    path("over-wachttijden/", views.about_waits, name="about_waits"),
    path("over-de-gegevens/", views.about_data, name="about_data"),
]
