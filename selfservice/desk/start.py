"""The first page of the desk: what lies there, with numbers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import Claim, Provider, Tip
from selfservice.desk.access import DeskView
from selfservice.desk.calling import count_call_list
from selfservice.desk.changes import count_waiting_changes
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
        tiles = [*self._requests(), *self._own_work(today), *self._worklists(today)]
        return self.show(
            "start",
            tiles=tiles,
            offers=offers_in(self.region).count(),
            providers=Provider.objects.in_region(self.region).count(),
        )

    def _requests(self) -> list[Tile]:
        """What people outside wait for."""
        return [
            Tile(
                _("Aanvragen van organisaties"),
                _("Zij zeggen dat een organisatie van hen is, of willen op de kaart."),
                Claim.objects.waiting().at_desk(self.region).count(),
                reverse("desk:claims", args=[self.region.pk]),
            ),
            Tile(
                _("Tips van verwijzers"),
                _("Hulp die nog niet op de kaart staat."),
                Tip.objects.waiting().at_desk(self.region).count(),
                reverse("desk:tips", args=[self.region.pk]),
            ),
        ]

    def _own_work(self, today: dt.date) -> list[Tile]:
        """What the desk looks after by itself."""
        return [
            Tile(
                _("Gewijzigde namen, doelgroepen en contracten"),
                _("Wat aanbieders wijzigden sinds u het goedkeurde."),
                count_waiting_changes(self.region),
                reverse("desk:changes", args=[self.region.pk]),
            ),
            Tile(
                _("Bellijst"),
                _("Organisaties die hun aanbod niet op tijd bevestigden."),
                count_call_list(self.region, today),
                reverse("desk:call_list", args=[self.region.pk]),
            ),
        ]

    def _worklists(self, today: dt.date) -> list[Tile]:
        return [
            Tile(
                one.title,
                one.about,
                one.number(self.region, today),
                reverse("desk:worklist", args=[self.region.pk, one.name]),
            )
            for one in WORKLISTS
        ]
