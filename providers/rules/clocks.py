"""Which clocks apply where: those of a region (RegionClock), else those of the settings.

- With a place, the clocks of the youth region of that municipality apply: on the search page,
  the map, the page of an offer and in the API alike.
- Without a place a reader sees the clocks of the settings: one rule for the whole country.
- Who asks a provider to confirm (portal, reminders) takes the strictest clock among the regions
  that the offer serves, so that it stays fresh in each of them.

When a mail asks a provider: before the first fact runs out, in time for an answer within
REMINDER_ANSWER_DAYS. It asks for every fact that would run out before the next mail can be
answered, so that one mail per length of the shortest clock is enough, on whatever days the facts
were given. That clock is the one of waits, and while a run has open places the one of places. The
mail, the page of its link and the portal's page to confirm all ask this.

The next mail comes at the earliest on the day after a fact ran out that was given on the day of
the last one: 12 mails in a year, and 25 while a run has open places, however soon the answers
come. Who answers in as many days each time has nothing run out; who takes longer than the last
time has it out of date for as many days. A member who chose fewer mails is asked every two or
three months, and knows what that costs; open places are asked for at their own clock all the same.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q

from providers.enums import DatedFact
from providers.models import Offer, RegionClock, ServiceArea
from providers.rules.freshness import Clocks, still_counts

CACHE_KEY = "clocks.of-municipalities"
CACHE_SECONDS = 60

# {CBS code: {fact: days}}, for municipalities in a region with clocks of its own.
ByMunicipality = dict[str, dict[str, int]]


def clocks_in(municipality: str | None, today: dt.date) -> Clocks:
    """Return the clocks that apply for a reader in this municipality (CBS code) on this day."""
    if not municipality:
        return Clocks(today)
    return Clocks(today, _by_municipality().get(municipality, {}))


def strictest_clocks(offer_ids: Iterable[int], today: dt.date) -> dict[int, Clocks]:
    """Return per offer the shortest clocks among the municipalities it serves.

    No statement at all while no region has clocks of its own, else one for all offers together.
    """
    ids, regional = list(offer_ids), _by_municipality()
    served: dict[int, list[str]] = {pk: [] for pk in ids}
    if regional:
        areas = ServiceArea.objects.current(today).filter(offer__in=ids).order_by()
        for offer, municipality in areas.values_list("offer", "municipality"):
            served[offer].append(municipality)
    return {
        pk: Clocks(today, _shortest(regional.get(code, {}) for code in codes))
        for pk, codes in served.items()
    }


def unconfirmed(today: dt.date) -> Q:
    """Offers that nobody confirmed within the strictest clock where they are given.

    The database form of `strictest_clocks` for the offer itself; tests/selfservice/desk/
    test_calling_and_merging.py holds the two together.
    """
    own: dict[int, list[str]] = {}
    for code, days in _by_municipality().items():
        if DatedFact.OFFER.value in days:
            own.setdefault(days[DatedFact.OFFER.value], []).append(code)
    areas = ServiceArea.objects.current(today).filter(offer=OuterRef("pk"))
    elsewhere = areas.exclude(municipality__in=[code for codes in own.values() for code in codes])
    found = (Q(Exists(elsewhere)) | ~Q(Exists(areas))) & _past(Clocks(today))
    for fewest, codes in own.items():
        there = areas.filter(municipality__in=codes)
        found |= Q(Exists(there)) & _past(Clocks(today, {DatedFact.OFFER.value: fewest}))
    return found


def _past(clocks: Clocks) -> Q:
    """Offers of which the confirmation does not count by these clocks."""
    counting = Offer.objects.filter(still_counts("confirmed_on", DatedFact.OFFER, clocks))
    return ~Q(pk__in=counting.order_by().values("pk"))


def _shortest(several: Iterable[dict[str, int]]) -> dict[str, int]:
    """Return the fewest days per fact; where a region has none, the setting stands."""
    rows = list(several)
    return {
        fact.value: min(
            (row.get(fact.value, settings.FRESHNESS_DAYS[fact.value]) for row in rows),
            default=settings.FRESHNESS_DAYS[fact.value],
        )
        for fact in DatedFact
    }


def _by_municipality() -> ByMunicipality:
    """Return every region's clocks by municipality: one statement a minute."""
    found: ByMunicipality | None = cache.get(CACHE_KEY)
    if found is None:
        found = {}
        rows = RegionClock.objects.order_by().values_list("region__municipalities", "fact", "days")
        for municipality, fact, days in rows:
            if municipality is not None:
                found.setdefault(municipality, {})[fact] = days
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def forget_region_clocks() -> None:
    """Read the clocks anew at the next question; other processes follow within a minute."""
    cache.delete(CACHE_KEY)


def days_between_mails(*, has_open_run: bool, months: int = 1) -> int:
    """Return after how many days a provider may be mailed again, by what a member chose."""
    if has_open_run:
        return int(settings.FRESHNESS_DAYS[DatedFact.PLACES.value]) + 1
    return (int(settings.FRESHNESS_DAYS[DatedFact.WAIT.value]) + 1) * max(months, 1)


def calls_for_mail(days_left: int) -> bool:
    """Whether a mail has to go today for a fact that counts for so many more days."""
    return days_left <= settings.REMINDER_ANSWER_DAYS


def is_asked_for(days_left: int, *, clock: int, between_mails: int) -> bool:
    """Whether a mail of today asks for such a fact: it runs out before the next is answered.

    Not one that was given today: with so many days on its clock nobody can make it any newer.
    """
    return days_left < min(clock, between_mails + settings.REMINDER_ANSWER_DAYS)
