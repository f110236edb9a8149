"""How much of what is on the map still counts: a share per provider, municipality and step.

Of each offer two facts: that somebody confirmed it, and its wait. Of a group that one joins at
its start no wait is asked, so it counts for the first only. Now the rules decide, closing
included; a month of the past goes by the days of confirmations and measurements, which are never
changed, and by the offers that stand on the map today.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from providers.enums import DatedFact
from providers.models import Confirmation, Offer, Provider, ServiceArea, WaitTime, YouthRegion
from providers.rules.clocks import clocks_in, strictest_clocks
from providers.rules.counting.facts import offer_age, wait_counts
from providers.rules.freshness import Clocks
from providers.rules.start import enters_at_start
from providers.vocabulary.choices import level_label

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many offers the confirmation counts, and of how many the wait."""

    name: str
    offers: int
    confirmed: int
    # Those of which a wait is asked, and those whose wait counts.
    with_wait: int
    waits: int

    @property
    def confirmed_percent(self) -> int | None:
        """Whole percents, of no offer none."""
        return _percent(self.confirmed, self.offers)

    @property
    def waits_percent(self) -> int | None:
        """Whole percents, of no offer none."""
        return _percent(self.waits, self.with_wait)


@dataclass(frozen=True, slots=True)
class Month:
    """How much counted on a day of the past."""

    day: dt.date
    share: Share


@dataclass(frozen=True, slots=True)
class Freshness:
    """The shares of a region or a provider, and of the last months in which it had offers."""

    total: Share
    by_provider: tuple[Share, ...]
    by_municipality: tuple[Share, ...]
    by_step: tuple[Share, ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class _Fact:
    """One offer, as it is counted."""

    confirmed: bool
    waits: bool
    has_wait: bool


def freshness_of_region(region: YouthRegion, today: dt.date) -> Freshness:
    """Return the shares of what serves a region, by its clocks: four statements, five at most."""
    areas = ServiceArea.objects.current(today).filter(municipality__region=region)
    served = areas.filter(offer=OuterRef("pk"))
    offers = Offer.objects.visible().filter(Exists(served))
    places = [
        (offer, (code, name))
        for offer, code, name in areas.values_list("offer", "municipality", "municipality__name")
    ]
    clocks = clocks_in(places[0][1][0] if places else None, today)
    return _freshness(offers, places, defaultdict(lambda: clocks), clocks)


def freshness_of_provider(provider: Provider, today: dt.date) -> Freshness:
    """Return the shares of a provider, by the strictest clocks of where it works."""
    offers = Offer.objects.visible().filter(provider=provider)
    areas = ServiceArea.objects.current(today).filter(offer__in=offers)
    places = [
        (offer, (code, name))
        for offer, code, name in areas.values_list("offer", "municipality", "municipality__name")
    ]
    clocks = strictest_clocks(offers.values_list("pk", flat=True), today)
    return _freshness(offers, places, clocks, Clocks(today))


def _freshness(
    offers: QuerySet[Offer],
    places: Iterable[tuple[int, tuple[str, str]]],
    clocks: Mapping[int, Clocks],
    for_past: Clocks,
) -> Freshness:
    found = {row.pk: row for row in offers.select_related("provider", "programme")}
    facts = {pk: _fact(offer, clocks[pk]) for pk, offer in found.items()}
    of_groups = partial(_by_group, facts)
    return Freshness(
        total=_share("", facts.values()),
        by_provider=of_groups(
            (pk, (row.provider.name, row.provider_id)) for pk, row in found.items()
        ),
        by_municipality=of_groups((pk, (name, code)) for pk, (code, name) in places),
        by_step=_by_step(found, facts),
        months=_months(offers, found, for_past),
    )


def _fact(offer: Offer, clocks: Clocks) -> _Fact:
    has_wait = not enters_at_start(offer)
    return _Fact(
        confirmed=offer_age(offer, clocks).state.counts,
        waits=has_wait and wait_counts(offer, clocks),
        has_wait=has_wait,
    )


def _by_group(
    facts: Mapping[int, _Fact], groups: Iterable[tuple[int, tuple[str, Hashable]]]
) -> tuple[Share, ...]:
    """Return a share per group, the least confirmed first."""
    members: dict[tuple[str, Hashable], list[_Fact]] = defaultdict(list)
    for pk, group in groups:
        if pk in facts:
            members[group].append(facts[pk])
    shares = [_share(name, each) for (name, _key), each in members.items()]
    return tuple(sorted(shares, key=lambda one: (one.confirmed_percent or 0, one.name)))


def _by_step(found: Mapping[int, Offer], facts: Mapping[int, _Fact]) -> tuple[Share, ...]:
    levels = sorted({offer.level for offer in found.values()})
    return tuple(
        _share(
            level_label(level), (facts[pk] for pk, offer in found.items() if offer.level == level)
        )
        for level in levels
    )


def _share(name: str, facts: Iterable[_Fact]) -> Share:
    each = list(facts)
    return Share(
        name,
        offers=len(each),
        confirmed=sum(one.confirmed for one in each),
        with_wait=sum(one.has_wait for one in each),
        waits=sum(one.waits for one in each),
    )


def _months(
    offers: QuerySet[Offer], found: Mapping[int, Offer], clocks: Clocks
) -> tuple[Month, ...]:
    days = _ends_of_months(clocks.today)
    confirmed = _days_by_offer(
        Confirmation.objects.filter(offer__in=offers, fact=DatedFact.OFFER).values_list(
            "offer", "at"
        )
    )
    measured = _days_by_offer(
        WaitTime.objects.valid().filter(offer__in=offers).values_list("offer", "measured_on")
    )
    months = (
        Month(
            day,
            _share(
                "",
                (
                    _fact_then(offer, confirmed[pk], measured[pk], Clocks(day, clocks.own))
                    for pk, offer in found.items()
                    if localdate(offer.created_at) <= day
                ),
            ),
        )
        for day in days
    )
    return tuple(month for month in months if month.share.offers)


def _fact_then(
    offer: Offer, confirmed: Iterable[dt.date], measured: Iterable[dt.date], clocks: Clocks
) -> _Fact:
    has_wait = not enters_at_start(offer)
    return _Fact(
        confirmed=_counted(DatedFact.OFFER, confirmed, clocks),
        waits=has_wait and _counted(DatedFact.WAIT, measured, clocks),
        has_wait=has_wait,
    )


def _counted(fact: DatedFact, days: Iterable[dt.date], clocks: Clocks) -> bool:
    first, last = clocks.counting(fact)
    return any(first <= day <= last for day in days)


def _days_by_offer(rows: Iterable[tuple[int, Any]]) -> dict[int, list[dt.date]]:
    found: dict[int, list[dt.date]] = defaultdict(list)
    for offer, day in rows:
        found[offer].append(localdate(day) if isinstance(day, dt.datetime) else day)
    return found


def _ends_of_months(today: dt.date) -> list[dt.date]:
    """Return the last day of each of the last months, the oldest first."""
    days, first = [], today.replace(day=1)
    for _n in range(MONTHS):
        last = first - dt.timedelta(days=1)
        days.append(last)
        first = last.replace(day=1)
    return days[::-1]


def _percent(part: int, whole: int) -> int | None:
    # Downwards: all of them is never said of all but one.
    return None if whole == 0 else part * 100 // whole
