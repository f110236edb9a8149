"""Addresses of what referrers report in a municipality."""

from django.urls import path

from gaps.signals import views

urlpatterns = [
    path("<slug:slug>/meldingen/", views.signals, name="signals"),
    path("<slug:slug>/meldingen/mailbox/", views.mailbox, name="mailbox"),
    path("<slug:slug>/meldingen/vraag/<slug:code>/", views.answer, name="answer"),
]
