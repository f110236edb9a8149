"""Addresses of taking part."""

from django.urls import path

from selfservice.joining import colleagues, invitation_views

app_name = "joining"
urlpatterns = [
    path(
        "uitnodiging/<str:token>/",
        invitation_views.AcceptInvitation.as_view(),
        name="invitation",
    ),
    path("<int:pk>/collegas/", colleagues.Colleagues.as_view(), name="colleagues"),
    path("<int:pk>/collegas/<int:member>/", colleagues.Colleague.as_view(), name="colleague"),
    path(
        "<int:pk>/collegas/uitnodiging/<int:invitation>/intrekken/",
        colleagues.WithdrawInvitation.as_view(),
        name="withdraw",
    ),
    path("<int:pk>/weggaan/", colleagues.Leave.as_view(), name="leave"),
    path("<int:pk>/beheer-overnemen/", colleagues.TakeOver.as_view(), name="take_over"),
]
