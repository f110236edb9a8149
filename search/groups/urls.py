"""Addresses of groups, their calendars and interest in them."""

from django.urls import path

from search.groups import views

urlpatterns = [
    path("aanbod/<int:pk>-<slug:slug>/agenda.ics", views.offer_calendar, name="offer_calendar"),
    path("groepen/", views.groups, name="groups"),
    path("groepen/agenda.ics", views.groups_calendar, name="groups_calendar"),
    path(
        "groepen/start/<int:pk>/belangstelling/",
        views.RunInterestView.as_view(),
        name="run_interest",
    ),
    path("groepen/<int:pk>/belangstelling/", views.InterestView.as_view(), name="group_interest"),
    path("groepen/belangstelling/<int:pk>/weg/", views.withdraw, name="withdraw_interest"),
]
