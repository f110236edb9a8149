"""Whom to call where somebody is in danger or in a hurry."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from providers.filters.offers import OfferFilterSet
from providers.filters.search import Search
from providers.models import Offer
from providers.phones import phone_text
from search.asking.crisis import Crisis, CrisisHelp, crisis_help, request_crisis
from search.asking.emergency import EmergencyLine, emergency_lines
from search.asking.need import QUESTION, Need
from search.asking.understanding.danger.urgency import HASTE
from search.finding.conditions import Conditions
from search.finding.counts import Tally
from search.finding.loading import fetch


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """The lines of a page that says whom to call, and whether somebody is in a hurry."""

    lines: tuple[EmergencyLine, ...] = ()
    is_urgent: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def service(self) -> EmergencyLine | None:
        """Return the crisis service of the region, when its number is known."""
        return next((line for line in self.lines if line.is_of_region), None)

    @property
    def buttons(self) -> list[EmergencyLine]:
        """Return the two to call at once: 112, and the service of the region or the next line."""
        numbered = [line for line in self.lines if line.number]
        return [*numbered[:1], *([self.service] if self.service else numbered[1:2])]


def crisis_of(need: Need, search: Search) -> Crisis | None:
    """Return the crisis that a search speaks of, by a danger or by haste; else None."""
    if not need.signals:
        return None
    return Crisis(
        municipality=search.municipality,
        age=search.criteria.get("leeftijd"),
        questions=tuple(search.spoken_of.codes),
        kinds=tuple(kind for kind in need.signals if kind != HASTE),
        is_urgent=HASTE in need.signals,
    )


def whom_to_call(
    crisis: Crisis | None, help_there: CrisisHelp, offers: Mapping[int, Offer]
) -> WhomToCall:
    """Return whom to call in this crisis; `offers` has the help that was found, by number."""
    if crisis is None:
        return WhomToCall()
    named = crisis.kinds[0] if crisis.kinds else HASTE
    service = offers.get(help_there.service or 0)
    line = _service_line(service, crisis.region) if service else None
    return WhomToCall(emergency_lines(named, crisis.region, line), crisis.is_urgent)


def _service_line(offer: Offer, region: str) -> EmergencyLine:
    """Return the line of the crisis service of a region, from the offer it has here."""
    provider: Any = offer.provider
    return EmergencyLine(
        label=provider.plain_name,
        number=phone_text(provider.phone),
        text=offer.summary,
        url=offer.get_absolute_url(),
        region=region,
        for_referrers=provider.referrer_phone,
        hours=provider.hours_of_intake,
    )


def whom_to_call_at(need: Need, municipality: str | None, today: dt.date) -> WhomToCall:
    """Return whom to call for a need, on a page without filters; CBS code or None."""
    query = QueryDict(mutable=True)
    query.setlist(QUESTION, list(need.questions))
    query["leeftijd"] = str(need.age) if need.age else ""
    query["gemeente"] = municipality or ""
    search = OfferFilterSet(query, today=today)
    crisis = crisis_of(need, search)
    if crisis is None:
        return WhomToCall()
    tally = Tally(Conditions(search))
    request_crisis(tally, crisis)
    found = crisis_help(tally.run())
    offers = fetch(found.numbers, clocks=search.clocks, municipality=municipality)
    return whom_to_call(crisis, found, {offer.pk: offer for offer in offers})
