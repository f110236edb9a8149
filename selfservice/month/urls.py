"""Addresses to keep waits, places and texts true: after logging in, and with the link of a mail."""

from django.urls import path

from selfservice.month import by_link, confirm, mails, views

urlpatterns = [
    path("bijwerken/", views.Month.as_view(), name="month"),
    path("bijwerken/ongedaan/", views.UndoMonth.as_view(), name="undo_month"),
    path(
        "aanbieder/<int:pk>/klopt-alles-nog/",
        confirm.ConfirmProvider.as_view(),
        name="confirm_provider",
    ),
    path("aanbieder/<int:pk>/mail/", mails.ChooseMails.as_view(), name="choose_mails"),
    path("klopt-nog/<str:token>/", by_link.ConfirmByLink.as_view(), name="confirm_by_link"),
    path(
        "klopt-nog/<str:token>/mail/",
        by_link.ChooseMailsByLink.as_view(),
        name="choose_mails_by_link",
    ),
    path("klopt-nog/<str:token>/dicht/", by_link.CloseByLink.as_view(), name="close_by_link"),
    path("klopt-nog/<str:token>/nieuw/", by_link.NewLink.as_view(), name="new_link"),
]
