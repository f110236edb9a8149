"""Addresses of the search: paths in Dutch, names in English; each room has its own."""

from django.urls import include, path

app_name = "search"

urlpatterns = [
    path("", include("search.results.urls")),
    path("", include("search.map.urls")),
    path("", include("search.asking.urls")),
    path("", include("search.door.urls")),
    path("", include("search.offer.urls")),
    path("", include("search.groups.urls")),
    path("", include("search.local_team.urls")),
    path("", include("search.shortlist.urls")),
    path("", include("search.handout.urls")),
    path("", include("search.signals.urls")),
]
