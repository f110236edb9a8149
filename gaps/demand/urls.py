"""Addresses of the mail of each quarter."""

from django.urls import path

from gaps.demand import views

urlpatterns = [
    path("kwartaalmail/", views.quarter_mail, name="quarter_mail"),
    path("kwartaalmail/<str:token>/", views.stop_quarter_mail, name="stop_quarter_mail"),
]
