"""The first page of the desk: what lies there, with numbers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from providers.models import Provider
from selfservice.desk.access import DeskView
from selfservice.desk.worklists import WORKLISTS, offers_in


@dataclass(frozen=True, slots=True)
class Tile:
    """A kind of work, how much there is of it, and where."""

    title: Any
    about: Any
    number: int
    url: str


class Start(DeskView):
    """All lists of work; an empty site says its first step."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        today = timezone.localdate()
        tiles = [
            Tile(
                one.title,
                one.about,
                len(one.lines(self.region, today)),
                reverse("desk:worklist", args=[self.region.pk, one.name]),
            )
            for one in WORKLISTS
        ]
        return self.show(
            "start",
            tiles=tiles,
            offers=offers_in(self.region).count(),
            providers=Provider.objects.in_region(self.region).count(),
        )
