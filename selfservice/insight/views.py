"""The page on which a provider reads what its work on the map gives back."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from providers.figures.wanted import Wanted, could_be_offered, wanted_from
from providers.models import Provider
from providers.rules.small_numbers import FEWEST
from selfservice.access import NAV, ProviderView
from selfservice.insight.refusals import Refusals, refusals_of
from selfservice.insight.uses import Uses, uses_of
from selfservice.insight.waits import Waits, waits_of

MOST_WANTED = 10


@dataclass(frozen=True, slots=True)
class InsightPage:
    """All that the page says; `open` are questions that the provider could answer and does not."""

    provider: Provider
    uses: Uses
    open: tuple[Wanted, ...]
    answered: tuple[Wanted, ...]
    refusals: Refusals
    waits: Waits
    fewest: int = FEWEST


def insight_page(provider: Provider, *, today: dt.date, month: str = "") -> InsightPage:
    """Read everything; nothing of the running month."""
    asked = wanted_from(provider, until=today.replace(day=1) - dt.timedelta(days=1))
    return InsightPage(
        provider=provider,
        uses=uses_of(provider, today, month),
        open=tuple(could_be_offered(asked)[:MOST_WANTED]),
        answered=tuple(one for one in asked if one.is_offered)[:MOST_WANTED],
        refusals=refusals_of(provider, today),
        waits=waits_of(provider, today),
    )


class Insight(ProviderView):
    """What a provider gets back, for all who take part in it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        month = request.GET.get("maand", "")
        page = insight_page(self.provider, today=timezone.localdate(), month=month)
        return render(request, "selfservice/insight/insight.html", {"page": page, "nav": NAV})
