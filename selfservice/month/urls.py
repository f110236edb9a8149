"""Addresses to keep waits, places and texts true: after logging in, and with the link of a mail."""

from django.urls import path

from selfservice.month import confirm, views

urlpatterns = [
    path("bijwerken/", views.Month.as_view(), name="month"),
    path("bijwerken/ongedaan/", views.UndoMonth.as_view(), name="undo_month"),
    path(
        "aanbieder/<int:pk>/klopt-alles-nog/",
        confirm.ConfirmProvider.as_view(),
        name="confirm_provider",
    ),
    path("klopt-nog/<str:token>/", confirm.ConfirmByLink.as_view(), name="confirm_by_link"),
]
