"""The call list: whose facts are stale and who did not answer, ticked off on the telephone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import Call, Membership, Offer, Provider, YouthRegion
from providers.rules.clocks import unconfirmed
from providers.rules.publishing.closing import closed_on
from providers.services.desk.calls import record_call
from selfservice.desk.access import DeskView
from selfservice.desk.worklists import offers_in

# Who was rung is left alone for so long.
DAYS_BETWEEN_CALLS = 14


@dataclass(frozen=True, slots=True)
class Silent:
    """A provider to call: what is stale there, since when, and when it was last mailed."""

    provider: Provider
    offers: tuple[Offer, ...]
    confirmed_on: dt.date | None
    reminded_on: dt.date | None


def call_list(region: YouthRegion, today: dt.date) -> list[Silent]:
    """Return the providers with stale offers, the longest silent first."""
    stale: dict[Provider, list[Offer]] = defaultdict(list)
    for offer in _stale_offers(region, today):
        stale[offer.provider].append(offer)
    reminded = _reminded(stale)
    rows = [
        Silent(
            provider,
            tuple(found),
            max((one.confirmed_on for one in found if one.confirmed_on), default=None),
            reminded.get(provider.pk),
        )
        for provider, found in stale.items()
    ]
    return sorted(rows, key=lambda row: (row.confirmed_on or dt.date.min, row.provider.name))


def count_call_list(region: YouthRegion, today: dt.date) -> int:
    """Return how many providers `call_list` has."""
    return _stale_offers(region, today).order_by().values("provider").distinct().count()


def _stale_offers(region: YouthRegion, today: dt.date) -> QuerySet[Offer]:
    """Return what is stale, without what is closed: nobody asks whether that is still right."""
    since = timezone.now() - dt.timedelta(days=DAYS_BETWEEN_CALLS)
    rung = Call.objects.filter(region=region, at__gt=since).values("provider")
    rows: QuerySet[Offer] = offers_in(region).filter(unconfirmed(today), ~closed_on(today))
    return rows.exclude(provider__in=rung)


def _reminded(providers: Iterable[Provider]) -> dict[int, dt.date]:
    rows = Membership.objects.filter(provider__in=providers, reminded_on__isnull=False)
    return dict(rows.order_by().values_list("provider").annotate(Max("reminded_on")))


class CallList(DeskView):
    """Whom to call, and what about."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self.show("call_list", silent=call_list(self.region, timezone.localdate()))


class TickOff(DeskView):
    """One provider was rung."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        provider = get_object_or_404(Provider.objects.in_region(self.region), pk=pk)
        right = "klopt" in request.POST
        record_call(by=self.user, region=self.region, provider=provider, all_is_right=right)
        text = _("%(name)s: vandaag bevestigd.") if right else _("%(name)s: later opnieuw bellen.")
        return self.back("call_list", text, name=provider.name)
