"""Addresses of taking part."""

from django.urls import path

from selfservice.joining import claim_views, colleagues, invitation_views

app_name = "joining"
urlpatterns = [
    path(
        "uitnodiging/<str:token>/",
        invitation_views.AcceptInvitation.as_view(),
        name="invitation",
    ),
    path("nieuw/", claim_views.NewOrganisation.as_view(), name="new_organisation"),
    path("aangevraagd/", claim_views.asked, name="asked"),
    path("<int:pk>/", claim_views.ClaimProvider.as_view(), name="claim"),
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
