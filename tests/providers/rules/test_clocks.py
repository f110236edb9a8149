"""Whose clocks apply: those of the region in view, else those of the settings."""

import datetime as dt

import pytest
from django.utils import timezone

from providers.enums import DatedFact
from providers.rules.clocks import (
    calls_for_mail,
    clocks_in,
    days_between_mails,
    forget_region_clocks,
    strictest_clocks,
)
from providers.rules.freshness import Clocks
from tests.factories import (
    MunicipalityFactory,
    OfferFactory,
    RegionClockFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


@pytest.fixture
def places():
    """One municipality in a strict region, one in an easy region, one in a region without."""
    strict = YouthRegionFactory(code="JZ01", name="Streng")
    easy = YouthRegionFactory(code="JZ02", name="Ruim")
    RegionClockFactory(region=strict, days=10)
    RegionClockFactory(region=easy, days=60)
    plain = YouthRegionFactory(code="JZ03", name="Gewoon")
    return [MunicipalityFactory(region=region) for region in (strict, easy, plain)]


def test_without_a_place_the_settings_apply(places):
    assert clocks_in(None, today()).days(DatedFact.WAIT) == 30


def test_in_a_region_its_own_clocks_apply(places):
    days = [clocks_in(place.pk, today()).days(DatedFact.WAIT) for place in places]
    assert days == [10, 60, 30]


def test_a_region_replaces_only_the_clock_it_sets(places):
    assert clocks_in(places[0].pk, today()).days(DatedFact.PLACES) == 14


def test_the_clocks_are_read_once(places, django_assert_num_queries):
    # Every clock of every region with its municipalities.
    with django_assert_num_queries(1):
        for place in places * 5:
            clocks_in(place.pk, today())


def test_a_change_counts_at_once_where_it_was_made(places):
    clocks_in(places[0].pk, today())
    RegionClockFactory(region=places[2].region, days=3)
    forget_region_clocks()
    assert clocks_in(places[2].pk, today()).days(DatedFact.WAIT) == 3


@pytest.mark.parametrize(
    ("served", "days"),
    [([0, 1, 2], 10), ([1, 2], 30), ([1], 60), ([2], 30), ([], 30)],
    ids=["all", "easy and without", "easy only", "without only", "nowhere"],
)
def test_a_provider_is_asked_by_the_strictest_clock_of_where_it_serves(places, served, days):
    offer = OfferFactory(municipalities=[places[number] for number in served])
    clocks = strictest_clocks([offer.pk], today())
    assert clocks[offer.pk].days(DatedFact.WAIT) == days


def test_without_clocks_of_regions_no_areas_are_read(django_assert_num_queries):
    offer = OfferFactory()
    # The clocks of regions: there are none.
    with django_assert_num_queries(1):
        strictest_clocks([offer.pk], today())


@pytest.mark.parametrize("days_to_answer", range(8))
@pytest.mark.parametrize(
    ("fact", "has_open_run"), [(DatedFact.WAIT, False), (DatedFact.PLACES, True)]
)
def test_who_takes_as_long_each_time_has_nothing_run_out(days_to_answer, fact, has_open_run):
    between = days_between_mails(has_open_run=has_open_run)
    start = dt.date(2026, 1, 1)
    given = start + dt.timedelta(days=days_to_answer)
    mailed = next(
        day
        for day in (start + dt.timedelta(days=n) for n in range(between, 400))
        if calls_for_mail(Clocks(day).days_left(fact, given))
    )
    day_before_the_answer = mailed + dt.timedelta(days=days_to_answer - 1)
    assert Clocks(day_before_the_answer).state(fact, given).counts
