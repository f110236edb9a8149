"""When can it start? Words and bands from waits and runs, by facts that still count."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from providers.enums import WaitStatus
from providers.models import Offer
from providers.rules.availability import (
    Band,
    availability,
    of_run,
    stop_words,
    weeks_in_words,
)
from providers.rules.freshness import Clocks
from providers.rules.start import (
    fresh_wait,
    run_with_places,
    start_facts,
    starts_within,
)
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
        ("12", "Ongeveer 12 weken"),
        ("13", "Ongeveer 3 maanden"),
        ("26", "Ongeveer 6 maanden"),
        ("26.5", "Langer dan een half jaar"),
        ("52", "Langer dan een half jaar"),
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
    assert of_wait(intake_weeks=6, treatment_weeks=14).text == "Ongeveer 5 maanden"


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
        "wachttijd 4 weken oud: bel even",
    )


def test_a_stop_says_until_when():
    until = dt.date(days_ago(0).year + 1, 3, 1)
    assert of_wait(status=WaitStatus.STOP, stop_until=until).text == (
        f"Aanmeldstop tot 1 maart {until.year}"
    )


def test_a_stop_of_this_year_leaves_the_year_out():
    assert stop_words(dt.date(2026, 3, 1), dt.date(2026, 2, 1)) == "Aanmeldstop tot 1 maart"


@pytest.mark.parametrize("until", [days_ago(0), days_ago(3)])
def test_on_its_last_day_a_stop_is_over_and_the_start_unknown(until):
    found = of_wait(status=WaitStatus.STOP, stop_until=until)
    assert (found.kind, found.text) == (Band.UNKNOWN, "Stop voorbij, wachttijd onbekend")


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


def test_a_run_that_was_full_by_old_news_is_greyed():
    run = GroupRunFactory(
        starts_on=dt.date(2026, 12, 8), places_left=0, places_confirmed_on=dt.date(2026, 11, 1)
    )
    found = of_run(run, dt.date(2026, 12, 1))
    assert (found.kind, found.text) == (Band.STALE, "Was: vol (8 december)")


@pytest.mark.parametrize("unsure", [{"places_left": None}, {"places_confirmed_on": days_ago(15)}])
def test_places_that_are_not_sure_are_greyed(unsure):
    assert of_run(GroupRunFactory(**unsure), today()).kind is Band.STALE


def test_a_run_goes_before_the_wait():
    run = GroupRunFactory()
    WaitTimeFactory(offer=run.programme.offer, intake_weeks=20, treatment_weeks=20)
    found = availability(run.programme.offer, today=today(), next_run=run)
    assert found.text.startswith("Start ")


UNSURE = {
    "unknown": {"places_left": None},
    "never confirmed": {"places_confirmed_on": None},
    "old news": {"places_confirmed_on": days_ago(15)},
    "full by old news": {"places_left": 0, "places_confirmed_on": days_ago(15)},
}


@pytest.mark.parametrize("unsure", UNSURE.values(), ids=UNSURE)
@pytest.mark.parametrize(
    ("wait", "words"),
    [
        ({"intake_weeks": 0, "treatment_weeks": 0}, "Direct"),
        ({"intake_weeks": 20, "treatment_weeks": 0}, "Ongeveer 5 maanden"),
        ({"status": WaitStatus.STOP}, "Aanmeldstop"),
    ],
    ids=["at once", "long", "stop"],
)
def test_a_run_that_is_not_sure_never_goes_before_a_wait_that_counts(wait, words, unsure):
    run = GroupRunFactory(programme__is_open=True, **unsure)
    offer = WaitTimeFactory(offer=run.programme.offer, measured_on=days_ago(6), **wait).offer
    found = availability(offer, today=today(), next_run=run)
    assert (found.text, found.note) == (words, "gemeten 6 dagen geleden")


@pytest.mark.parametrize(
    "wait",
    [
        {"intake_weeks": 0, "treatment_weeks": 0, "measured_on": days_ago(31)},
        {"status": WaitStatus.UNKNOWN},
        {"status": WaitStatus.STOP, "stop_until": days_ago(0)},
    ],
    ids=["old", "unknown", "stop that is over"],
)
def test_a_run_that_is_not_sure_goes_before_a_wait_that_is_not_either(wait):
    run = GroupRunFactory(places_confirmed_on=None)
    offer = WaitTimeFactory(offer=run.programme.offer, **wait).offer
    found = availability(offer, today=today(), next_run=run)
    assert (found.kind, found.text.split()[0]) == (Band.STALE, "Start")


# --- entry at the start only -------------------------------------------------------------------


def closed_group(**run):
    """A group that one joins at its start, beside a wait of five weeks that counts."""
    run = GroupRunFactory(programme__is_open=False, **run)
    WaitTimeFactory(offer=run.programme.offer, intake_weeks=5, treatment_weeks=0)
    return run


def test_at_the_start_a_run_says_when_however_short_the_wait():
    run = closed_group(starts_on=days_ago(-46))
    found = availability(run.programme.offer, today=today(), next_run=run)
    assert found == of_run(run, today())


def test_at_the_start_no_wait_makes_up_for_a_full_run():
    run = closed_group(places_left=0)
    found = availability(run.programme.offer, today=today(), next_run=run)
    assert found.text.startswith("Vol (")


def test_at_the_start_no_wait_makes_up_for_a_run_that_is_not_planned():
    found = availability(closed_group().programme.offer, today=today())
    assert (found.kind, found.text) == (Band.UNKNOWN, "Nog geen start bekend")


def test_at_the_start_a_stop_is_still_a_stop():
    run = GroupRunFactory(programme__is_open=False, places_left=None)
    offer = WaitTimeFactory(offer=run.programme.offer, status=WaitStatus.STOP).offer
    assert availability(offer, today=today(), next_run=run).kind is Band.STOP


def test_one_can_join_an_open_group_after_its_wait():
    run = GroupRunFactory(programme__is_open=True, starts_on=days_ago(-46))
    offer = WaitTimeFactory(offer=run.programme.offer, intake_weeks=5, treatment_weeks=0).offer
    assert availability(offer, today=today(), next_run=run).text == "Ongeveer 5 weken"


# --- in the database ---------------------------------------------------------------------------


def test_a_wait_counts_for_thirty_days():
    fresh = WaitTimeFactory(measured_on=days_ago(30)).offer
    WaitTimeFactory(measured_on=days_ago(31))
    assert offers(fresh_wait(today())) == {fresh.pk}


def test_a_stop_is_known_and_no_wait():
    stop = WaitTimeFactory(status=WaitStatus.STOP).offer
    assert stop.pk not in offers(fresh_wait(today()))
    assert not start_facts(stop, [], today()).is_unknown


def test_a_stop_that_is_over_counts_as_unknown():
    over = WaitTimeFactory(status=WaitStatus.STOP, stop_until=days_ago(0)).offer
    lasts = WaitTimeFactory(status=WaitStatus.STOP, stop_until=days_ago(-1)).offer
    assert start_facts(over, [], today()).is_unknown
    assert not start_facts(lasts, [], today()).is_unknown


def test_the_clock_of_a_region_decides_what_counts():
    offer = WaitTimeFactory(measured_on=days_ago(10)).offer
    assert offers(fresh_wait(Clocks(today(), {"wait": 10}))) == {offer.pk}
    assert offers(fresh_wait(Clocks(today(), {"wait": 9}))) == set()


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
    run = GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), places_left=None)
    assert start_facts(offer, [run], today()).may_start_within(3)
