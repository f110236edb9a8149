"""Addresses of the quarterly request, at the desk of a region."""

from django.urls import path

from selfservice.request import views

urlpatterns = [
    path("<slug:region>/uitvraag/", views.Requests.as_view(), name="wait_requests"),
    path("<slug:region>/uitvraag/<int:pk>/", views.OneRequest.as_view(), name="wait_request"),
    path(
        "<slug:region>/uitvraag/<int:pk>.csv", views.RequestCsv.as_view(), name="wait_request_csv"
    ),
    path(
        "<slug:region>/uitvraag/<int:pk>/herinner/",
        views.RemindAsked.as_view(),
        name="remind_asked",
    ),
]
