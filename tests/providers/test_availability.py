"""When can it start? Words and bands from waits and runs, by facts that still count."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from providers.availability import (
    Band,
    availability,
    fresh_wait,
    of_run,
    run_with_places,
    start_within_unknown,
    starts_within,
    wait_unknown,
    weeks_in_words,
)
from providers.enums import WaitStatus
from providers.models import Offer
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


def of_wait(**fields):
    return availability(WaitTimeFactory(**fields).offer, today=timezone.localdate())


def offers(condition):
    return set(Offer.objects.filter(condition).values_list("pk", flat=True))


def today():
    return timezone.localdate()


# --- in words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ("0", "Direct"),
        ("0.9", "Direct"),
        ("1", "Binnen 2 weken"),
        ("2", "Binnen 2 weken"),
        ("2.5", "Ongeveer 2 weken"),
        ("6", "Ongeveer 6 weken"),
        ("52", "Ongeveer 52 weken"),
        ("53", "Langer dan een jaar"),
        ("260", "Langer dan een jaar"),
    ],
)
def test_weeks_in_words(weeks, words):
    assert weeks_in_words(Decimal(weeks)) == words


@pytest.mark.parametrize(
    ("weeks", "band"),
    [(0, Band.NOW), (2, Band.NOW), (3, Band.SOON), (12, Band.SOON), (13, Band.LONG)],
)
def test_the_band_follows_the_total_of_both_waits(weeks, band):
    assert of_wait(intake_weeks=weeks, treatment_weeks=0).kind is band


def test_the_two_waits_are_added():
    assert of_wait(intake_weeks=6, treatment_weeks=14).text == "Ongeveer 20 weken"


def test_without_a_measurement_the_wait_is_unknown():
    assert availability(OfferFactory(), today=today()).text == "Wachttijd onbekend"


def test_measured_as_unknown_is_unknown():
    assert of_wait(status=WaitStatus.UNKNOWN).kind is Band.UNKNOWN


def test_half_a_wait_is_not_a_wait():
    found = of_wait(intake_weeks=3, treatment_weeks=None)
    assert (found.kind, found.text) == (Band.UNKNOWN, "Wachttijd deels bekend")


def test_a_stop_is_said():
    found = of_wait(status=WaitStatus.STOP)
    assert (found.kind, found.text) == (Band.STOP, "Aanmeldstop")


def test_past_its_clock_a_wait_is_greyed_with_its_age():
    found = of_wait(intake_weeks=0, treatment_weeks=0, measured_on=days_ago(31))
    assert (found.kind, found.text, found.note) == (
        Band.STALE,
        "Was: direct",
        "gemeten 4 weken geleden",
    )


def test_past_its_clock_a_stop_is_greyed():
    assert of_wait(status=WaitStatus.STOP, measured_on=days_ago(31)).kind is Band.STALE


# --- runs --------------------------------------------------------------------------------------


def test_a_run_with_places_says_its_day():
    run = GroupRunFactory(starts_on=dt.date(2026, 12, 8), places_confirmed_on=dt.date(2026, 12, 1))
    found = of_run(run, dt.date(2026, 12, 1))
    assert (found.kind, found.text) == (Band.NOW, "Start 8 december")


def test_a_full_run_is_not_soon():
    run = GroupRunFactory(places_left=0)
    found = of_run(run, today())
    assert found.kind is Band.LONG
    assert found.text.startswith("Vol")


@pytest.mark.parametrize("unsure", [{"places_left": None}, {"places_confirmed_on": days_ago(15)}])
def test_places_that_are_not_sure_are_greyed(unsure):
    assert of_run(GroupRunFactory(**unsure), today()).kind is Band.STALE


def test_a_run_goes_before_the_wait():
    run = GroupRunFactory()
    WaitTimeFactory(offer=run.programme.offer, intake_weeks=20, treatment_weeks=20)
    found = availability(run.programme.offer, today=today(), next_run=run)
    assert found.text.startswith("Start ")


# --- in the database ---------------------------------------------------------------------------


def test_a_wait_counts_for_thirty_days():
    fresh = WaitTimeFactory(measured_on=days_ago(30)).offer
    WaitTimeFactory(measured_on=days_ago(31))
    assert offers(fresh_wait(today())) == {fresh.pk}


def test_a_stop_is_known_and_no_wait():
    stop = WaitTimeFactory(status=WaitStatus.STOP).offer
    assert stop.pk not in offers(fresh_wait(today()) | wait_unknown(today()))


@pytest.mark.parametrize(
    "run",
    [
        {"places_left": 0},
        {"places_left": None},
        {"places_confirmed_on": days_ago(15)},
        {"cancelled": True},
        {"starts_on": days_ago(1)},
        {"starts_on": days_ago(-22)},
        {"enrol_by": days_ago(1)},
    ],
    ids=["full", "unknown", "old news", "cancelled", "started", "too late", "enrolment closed"],
)
def test_such_a_run_is_no_start_within_three_weeks(run):
    GroupRunFactory(**run)
    assert offers(run_with_places(today(), weeks=3)) == set()


def test_a_run_with_places_starts_within_its_weeks():
    run = GroupRunFactory(starts_on=days_ago(-21))
    assert offers(starts_within(3, today())) == {run.programme.offer_id}


def test_a_run_makes_up_for_a_stop():
    run = GroupRunFactory()
    WaitTimeFactory(offer=run.programme.offer, status=WaitStatus.STOP)
    assert offers(starts_within(2, today())) == {run.programme.offer_id}


def test_unknown_places_in_a_run_leave_the_start_open():
    offer = WaitTimeFactory(intake_weeks=20, treatment_weeks=0).offer
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), places_left=None)
    assert offers(start_within_unknown(3, today())) == {offer.pk}
