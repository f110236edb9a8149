"""The clocks: how long a fact counts, and how its age is said."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.enums import DatedFact
from providers.index.sql import fetch_all
from providers.models import Offer, OfferIndex
from providers.rules.freshness import (
    Clocks,
    Freshness,
    age_in_words,
    days_of,
    fact_age,
    fresh_since,
    freshness,
    measured_words,
    still_counts,
    still_counts_sql,
)
from tests.examples import at_most
from tests.factories import OfferFactory

TODAY = dt.date(2026, 6, 15)


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("fact", "days"),
    [(DatedFact.WAIT, 30), (DatedFact.PLACES, 14), (DatedFact.OFFER, 90), (DatedFact.CONTACT, 180)],
)
def test_on_the_last_day_of_its_clock_a_fact_still_counts(fact, days):
    assert freshness(fact, ago(days), TODAY).counts


@pytest.mark.parametrize(
    ("fact", "days"),
    [(DatedFact.WAIT, 31), (DatedFact.PLACES, 15), (DatedFact.OFFER, 91), (DatedFact.CONTACT, 181)],
)
def test_past_its_clock_a_fact_is_stale(fact, days):
    assert freshness(fact, ago(days), TODAY) is Freshness.STALE


@pytest.mark.parametrize("fact", DatedFact)
def test_what_was_never_said_is_not_stale_but_never(fact):
    assert freshness(fact, None, TODAY) is Freshness.NEVER


@given(fact=st.sampled_from(DatedFact), days=st.integers(1, 2_900_000))
def test_what_is_dated_after_today_never_counts(fact, days):
    assert freshness(fact, ago(-days), TODAY) is Freshness.NEVER
    assert fact_age(fact, ago(-days), TODAY) == fact_age(fact, None, TODAY)


@given(fact=st.sampled_from(DatedFact), days=st.integers(-400, 400))
def test_the_days_that_count_are_those_whose_facts_count(fact, days):
    first, last = Clocks(TODAY).counting(fact)
    assert (first <= ago(days) <= last) is freshness(fact, ago(days), TODAY).counts


def test_the_clocks_are_settings(settings):
    settings.FRESHNESS_DAYS = {"wait": 3}
    assert fresh_since(DatedFact.WAIT, TODAY) == ago(3)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "vandaag"),
        (0, "vandaag"),
        (1, "gisteren"),
        (2, "2 dagen geleden"),
        (20, "20 dagen geleden"),
        (21, "3 weken geleden"),
        (59, "8 weken geleden"),
        (60, "2 maanden geleden"),
        (729, "24 maanden geleden"),
        (730, "ruim 2 jaar geleden"),
        (3100, "ruim 8 jaar geleden"),
    ],
)
def test_age_in_words(days, words):
    assert age_in_words(ago(days), TODAY) == words


@given(days=st.integers(0, 20_000))
def test_every_age_has_words(days):
    assert age_in_words(dt.date(2060, 1, 1) - dt.timedelta(days=days), dt.date(2060, 1, 1))


def test_a_measurement_of_this_year_says_how_long_ago():
    assert measured_words(ago(4), TODAY) == "gemeten 4 dagen geleden"


def test_an_old_measurement_says_its_month_too():
    words = measured_words(dt.date(2018, 3, 20), TODAY)
    assert words == "gemeten in maart 2018, ruim 8 jaar geleden"


# --- state and words together -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "days", "state", "words"),
    [
        (DatedFact.WAIT, 4, Freshness.FRESH, "gemeten 4 dagen geleden"),
        (DatedFact.WAIT, 21, Freshness.DUE, "gemeten 3 weken geleden"),
        (DatedFact.WAIT, 125, Freshness.STALE, "wachttijd 4 maanden oud: bel even"),
        (DatedFact.WAIT, 400, Freshness.STALE, "wachttijd uit mei 2025, 13 maanden oud: bel even"),
        (DatedFact.PLACES, 3, Freshness.FRESH, "plekken bevestigd 3 dagen geleden"),
        (DatedFact.PLACES, 15, Freshness.STALE, "plekken 15 dagen geleden bevestigd: bel even"),
        (DatedFact.OFFER, 1, Freshness.FRESH, "bevestigd gisteren"),
        (DatedFact.OFFER, 100, Freshness.STALE, "3 maanden geleden bevestigd: bel even"),
        (DatedFact.CONTACT, 0, Freshness.FRESH, "contactgegevens bevestigd vandaag"),
        (
            DatedFact.CONTACT,
            200,
            Freshness.STALE,
            "contactgegevens 6 maanden geleden bevestigd: controleer ze",
        ),
    ],
)
def test_a_dated_fact_says_its_state_and_its_age(fact, days, state, words):
    found = fact_age(fact, ago(days), TODAY)
    assert (found.state, found.words) == (state, words)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (DatedFact.WAIT, "wachttijd onbekend"),
        (DatedFact.PLACES, "plekken niet bevestigd"),
        (DatedFact.OFFER, "nog niet bevestigd"),
        (DatedFact.CONTACT, "contactgegevens nog niet bevestigd"),
    ],
)
def test_a_fact_without_a_date_says_that_it_is_unknown(fact, words):
    found = fact_age(fact, None, TODAY)
    assert (found.state, found.words) == (Freshness.NEVER, words)


# --- due ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "last_fresh"),
    [
        (DatedFact.WAIT, 20),
        (DatedFact.PLACES, 9),
        (DatedFact.OFFER, 60),
        (DatedFact.CONTACT, 120),
    ],
)
def test_past_two_thirds_of_its_clock_a_fact_is_due_and_still_counts(fact, last_fresh):
    assert freshness(fact, ago(last_fresh), TODAY) is Freshness.FRESH
    assert freshness(fact, ago(last_fresh + 1), TODAY) is Freshness.DUE
    assert freshness(fact, ago(last_fresh + 1), TODAY).counts


@given(days=st.integers(0, 400), own=st.integers(1, 730))
def test_what_is_due_or_fresh_is_within_the_clock_and_nothing_else(days, own):
    clocks = Clocks(TODAY, {"wait": own})
    assert freshness(DatedFact.WAIT, ago(days), clocks).counts is (days <= own)


@pytest.mark.django_db
@settings(max_examples=at_most(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fact=st.sampled_from(DatedFact), days=st.none() | st.integers(-2, 12), own=st.integers(1, 10)
)
def test_every_form_says_the_same_of_what_still_counts(fact, days, own):
    clocks, on = Clocks(TODAY, {fact.value: own}), None if days is None else ago(days)
    offer = OfferFactory(confirmed_on=on, help_questions=[], municipalities=[])
    counts = freshness(fact, on, clocks).counts
    for rows in (Offer.objects.filter(pk=offer.pk), OfferIndex.objects.filter(pk=offer.pk)):
        assert rows.filter(still_counts("confirmed_on", fact, clocks)).exists() is counts
    sql = f"SELECT {still_counts_sql('i.confirmed_on', fact)} FROM providers_offerindex i"  # noqa: S608
    ((found,),) = fetch_all(f"{sql} WHERE i.offer_id = %(pk)s", {"pk": offer.pk, **days_of(clocks)})
    assert bool(found) is counts


def test_clocks_of_a_region_go_before_those_of_the_settings():
    clocks = Clocks(TODAY, {"wait": 10})
    assert freshness(DatedFact.WAIT, ago(11), clocks) is Freshness.STALE
    assert freshness(DatedFact.OFFER, ago(11), clocks) is Freshness.FRESH
