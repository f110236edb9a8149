"""Clocks stand still while an offer is closed; what is always open has the clock of the offer."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import CareLevel, DatedFact, WaitStatus
from providers.index.sql import fetch_all
from providers.models import Offer, OfferIndex
from providers.rules.counting.facts import (
    WAIT_COUNTS,
    WaitFacts,
    clocks_of,
    offer_age,
    wait_age,
    wait_counts,
    wait_days_left,
    wait_state,
    waits_that_count,
)
from providers.rules.freshness import Clocks, Freshness, days_of, still_counts, still_counts_sql
from providers.services.publishing.lifecycle import reopen_offers
from tests.examples import at_most
from tests.factories import OfferFactory, WaitTimeFactory, days_ago
from tests.providers.rules.start_facts import FACTS, stored

TODAY = dt.date(2026, 6, 15)


def ago(days):
    return TODAY - dt.timedelta(days=days)


def facts(measured=40, *, weeks=4, confirmed=None, level=CareLevel.SPECIALIST, closed=(None, None)):
    days = [None if day is None else ago(day) for day in (measured, confirmed, *closed)]
    return WaitFacts(level, WaitStatus.KNOWN, weeks, days[0], *days[1:])


# --- clocks stand still ------------------------------------------------------------------------


def days_the_clock_ran(on, closed):
    """Counted day by day: the oracle of the rule."""
    days = range(1, (TODAY - on).days + 1)
    passed = (on + dt.timedelta(days=n) for n in days)
    return sum(not (closed and closed[0] <= day <= closed[1]) for day in passed)


@given(
    on=st.integers(0, 60),
    closed=st.none() | st.tuples(st.integers(-20, 60), st.integers(0, 40)),
    fact=st.sampled_from([DatedFact.OFFER, DatedFact.WAIT]),
)
def test_the_clock_counts_every_day_but_those_on_which_it_was_closed(on, closed, fact):
    days = closed and (ago(closed[0]), ago(closed[0]) + dt.timedelta(days=closed[1]))
    clocks = Clocks(TODAY, closed=days)
    assert clocks.age(fact, ago(on)) == days_the_clock_ran(ago(on), days)


@pytest.mark.parametrize(
    ("last", "state"),
    [(0, Freshness.FRESH), (21, Freshness.DUE), (22, Freshness.STALE)],
)
def test_a_wait_of_forty_days_counts_when_it_was_closed_long_enough(last, state):
    assert wait_state(facts(40, closed=(30, last)), TODAY) is state


def test_of_places_the_clock_goes_on():
    clocks = clocks_of(facts(closed=(30, 0)), TODAY)
    assert clocks.age(DatedFact.PLACES, ago(15)) == 15


def test_what_was_stale_before_it_closed_stays_stale():
    assert wait_state(facts(50, closed=(10, -10)), TODAY) is Freshness.STALE


# --- what is always open -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (facts(80, weeks=0, confirmed=90, level=CareLevel.PREVENTION), True),
        (facts(80, weeks=0, confirmed=91, level=CareLevel.PREVENTION), False),
        (facts(80, weeks=0, confirmed=None, level=CareLevel.PREVENTION), False),
        (facts(80, weeks=1, confirmed=0, level=CareLevel.PREVENTION), False),
        # A place that is free for now: tomorrow it may be taken.
        (facts(80, weeks=0, confirmed=0, level=CareLevel.SPECIALIST), False),
        (facts(80, weeks=0, confirmed=0, level=CareLevel.LOCAL_TEAM), False),
        (facts(-1, weeks=0, confirmed=0, level=CareLevel.COMMUNITY), False),
    ],
)
def test_light_help_that_starts_at_once_counts_as_long_as_the_offer(found, counts):
    assert wait_counts(found, TODAY) is counts


def test_its_age_is_that_of_the_confirmation():
    found = facts(80, weeks=0, confirmed=12, level=CareLevel.PREVENTION)
    assert wait_age(found, TODAY).words == "bevestigd 12 dagen geleden"


# --- the database says the same ----------------------------------------------------------------


@pytest.mark.django_db
def test_every_form_says_the_same():
    clocks, expected = Clocks(timezone.localdate()), {}

    @settings(
        deadline=None,
        max_examples=at_most(100),
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(found=FACTS)
    def in_python(found):
        offer = stored(found | {"is_open": None, "runs": []})
        left = wait_days_left(offer, clocks)
        expected[offer.pk] = (wait_counts(offer, clocks), offer_age(offer, clocks).state.counts)
        assert (left >= 0) is expected[offer.pk][0]

    in_python()
    confirmed = still_counts("confirmed_on", DatedFact.OFFER, clocks)
    for rows in (Offer.objects.all(), OfferIndex.objects.all()):
        waits = set(rows.filter(waits_that_count(clocks)).values_list("pk", flat=True))
        offers = set(rows.filter(confirmed).values_list("pk", flat=True))
        assert {pk: (pk in waits, pk in offers) for pk in expected} == expected
    counts = still_counts_sql("i.confirmed_on", DatedFact.OFFER)
    sql = f"SELECT i.offer_id, {WAIT_COUNTS}, {counts} FROM providers_offerindex i"  # noqa: S608
    found = fetch_all(sql, days_of(clocks))
    assert {pk: (bool(wait), bool(offer)) for pk, wait, offer in found} == expected


# --- what is asked of the provider -------------------------------------------------------------


@pytest.mark.django_db
def test_opened_before_its_day_the_days_it_was_closed_count_as_closed():
    offer = OfferFactory(closed_from=days_ago(20), closed_until=days_ago(-9))
    WaitTimeFactory(offer=offer, measured_on=days_ago(40))
    reopen_offers(by=None, offers=[offer])
    offer.refresh_from_db()
    assert (offer.closed_from, offer.closed_until) == (days_ago(20), days_ago(1))
    assert wait_days_left(offer, timezone.localdate()) == 10
