"""The clocks: how long a fact counts, and how its age is said."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.freshness import (
    Fact,
    Freshness,
    age_in_words,
    confirmed_words,
    fresh_since,
    freshness,
    measured_words,
)

TODAY = dt.date(2026, 6, 15)


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("fact", "days"), [(Fact.WAIT, 30), (Fact.PLACES, 14), (Fact.OFFER, 90), (Fact.CONTACT, 180)]
)
def test_on_the_last_day_of_its_clock_a_fact_still_counts(fact, days):
    assert freshness(fact, ago(days), TODAY) is Freshness.FRESH


@pytest.mark.parametrize(
    ("fact", "days"), [(Fact.WAIT, 31), (Fact.PLACES, 15), (Fact.OFFER, 91), (Fact.CONTACT, 181)]
)
def test_past_its_clock_a_fact_is_stale(fact, days):
    assert freshness(fact, ago(days), TODAY) is Freshness.STALE


@pytest.mark.parametrize("fact", Fact)
def test_what_was_never_said_is_not_stale_but_never(fact):
    assert freshness(fact, None, TODAY) is Freshness.NEVER


def test_the_clocks_are_settings(settings):
    settings.FRESHNESS_DAYS = {"wait": 3}
    assert fresh_since(Fact.WAIT, TODAY) == ago(3)


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


def test_nobody_confirmed_is_said():
    assert confirmed_words(None, TODAY) == "nog niet bevestigd"


def test_a_confirmation_says_how_long_ago():
    assert confirmed_words(ago(1), TODAY) == "bevestigd gisteren"
