"""Addresses of the desk of a region."""

from django.conf import settings
from django.urls import include, path

from selfservice import freshness
from selfservice.desk import (
    access,
    calling,
    change_views,
    invite_views,
    local_teams,
    merge_views,
    people,
    request_views,
    start,
    worklist_views,
)
from selfservice.desk.agreements.views import RegionAgreements
from selfservice.desk.crisis_numbers import views as crisis_numbers
from selfservice.desk.own_words import views as own_words

app_name = "desk"
urlpatterns = [
    path("", access.OwnDesk.as_view(), {"own": settings.REGION_CODE}, name="start"),
    path("<slug:region>/", start.Start.as_view(), name="region"),
    path("", include("selfservice.request.urls")),
    path("<slug:region>/mensen/", people.People.as_view(), name="people"),
    path("<slug:region>/mensen/<int:member>/weg/", people.LetGo.as_view(), name="let_go"),
    path("<slug:region>/uitnodigen/", invite_views.InviteProvider.as_view(), name="invite"),
    path("<slug:region>/aanvragen/", request_views.Claims.as_view(), name="claims"),
    path(
        "<slug:region>/aanvragen/<int:pk>/",
        request_views.DecideClaim.as_view(),
        name="decide_claim",
    ),
    path("<slug:region>/tips/", request_views.Tips.as_view(), name="tips"),
    path("<slug:region>/tips/<int:pk>/", request_views.DecideTip.as_view(), name="decide_tip"),
    path("<slug:region>/wijzigingen/", change_views.Changes.as_view(), name="changes"),
    path(
        "<slug:region>/wijzigingen/<int:pk>/",
        change_views.DecideChange.as_view(),
        name="decide_change",
    ),
    path("<slug:region>/geschiedenis/", change_views.History.as_view(), name="history"),
    path("<slug:region>/geschiedenis/<int:pk>/ongedaan/", change_views.Undo.as_view(), name="undo"),
    path("<slug:region>/bellijst/", calling.CallList.as_view(), name="call_list"),
    path("<slug:region>/bellijst/<int:pk>/", calling.TickOff.as_view(), name="tick_off"),
    path("<slug:region>/lokale-teams/", local_teams.LocalTeams.as_view(), name="local_teams"),
    path(
        "<slug:region>/lokale-teams/nieuw/",
        local_teams.AddLocalTeam.as_view(),
        name="add_local_team",
    ),
    path(
        "<slug:region>/lokale-teams/<int:pk>/",
        local_teams.EditLocalTeam.as_view(),
        name="edit_local_team",
    ),
    path(
        "<slug:region>/lokale-teams/<int:pk>/weg/",
        local_teams.RemoveLocalTeam.as_view(),
        name="remove_local_team",
    ),
    path(
        "<slug:region>/clientondersteuning/<slug:municipality>/",
        local_teams.EditClientSupport.as_view(),
        name="client_support",
    ),
    path(
        "<slug:region>/crisisnummers/",
        crisis_numbers.CrisisNumbers.as_view(),
        name="crisis_numbers",
    ),
    path(
        "<slug:region>/crisisnummers/nieuw/",
        crisis_numbers.AddCrisisNumber.as_view(),
        name="add_crisis_number",
    ),
    path(
        "<slug:region>/crisisnummers/<int:pk>/",
        crisis_numbers.EditCrisisNumber.as_view(),
        name="edit_crisis_number",
    ),
    path(
        "<slug:region>/crisisnummers/<int:pk>/weg/",
        crisis_numbers.RemoveCrisisNumber.as_view(),
        name="remove_crisis_number",
    ),
    path("<slug:region>/woorden/", own_words.OwnWords.as_view(), name="own_words"),
    path(
        "<slug:region>/woorden/<int:pk>/weg/",
        own_words.RemoveOwnWord.as_view(),
        name="remove_own_word",
    ),
    path("<slug:region>/afspraken/", RegionAgreements.as_view(), name="agreements"),
    path("<slug:region>/actueel/", freshness.OfRegion.as_view(), name="freshness"),
    path("<slug:region>/samenvoegen/", merge_views.Merge.as_view(), name="merge"),
    path("<slug:region>/lijst/<slug:name>/", worklist_views.Worklist.as_view(), name="worklist"),
]
