"""The filters on runs: each keeps what fits and what is not known."""

import datetime as dt

import pytest
from django.http import QueryDict

from providers.filters.runs import RunFilterSet
from providers.models import GroupRun
from providers.rules.freshness import Clocks
from tests.factories import GroupProgrammeFactory, GroupRunFactory

pytestmark = pytest.mark.django_db

# A Monday.
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def on_this_day(time_machine):
    time_machine.move_to("2026-03-02 12:00")


def found(query="", **extra):
    filters = RunFilterSet(QueryDict(query), queryset=GroupRun.objects.visible(), **extra)
    return list(filters.qs)


def in_days(days, **fields):
    return GroupRunFactory(starts_on=TODAY + dt.timedelta(days), **fields)


def test_the_soonest_comes_first():
    later, sooner = in_days(20), in_days(3)
    assert found() == [sooner, later]


def test_of_one_day_what_has_no_hour_yet_comes_last():
    unknown, late = in_days(3, start_time=None), in_days(3, start_time=dt.time(16))
    early = in_days(3, start_time=dt.time(9))
    assert found() == [early, late, unknown]


def test_within_weeks():
    inside = in_days(14)
    in_days(15)
    assert found("binnen=2") == [inside]


@pytest.mark.parametrize("weeks", ["0", "53", "veel", "-1"])
def test_weeks_that_cannot_be_filter_nothing_and_are_an_error(weeks):
    run = in_days(60)
    filters = RunFilterSet(QueryDict(f"binnen={weeks}"))
    assert list(filters.qs) == [run]
    assert "binnen" in filters.form.errors


def test_on_one_day():
    run = in_days(3)
    in_days(4)
    assert found("op=2026-03-05") == [run]


def test_days_of_the_week_are_or():
    tuesday, wednesday = in_days(1), in_days(2)
    in_days(3)
    assert found("dag=dinsdag&dag=woensdag") == [tuesday, wednesday]


@pytest.mark.parametrize(
    ("part", "hours"),
    [
        ("ochtend", [(8, 0), (11, 59)]),
        ("middag", [(12, 0), (16, 59)]),
        ("avond", [(17, 0), (23, 0)]),
    ],
)
def test_parts_of_the_day(part, hours):
    for hour, minute in [(8, 0), (11, 59), (12, 0), (16, 59), (17, 0), (23, 0)]:
        in_days(2, start_time=dt.time(hour, minute))
    assert [(r.start_time.hour, r.start_time.minute) for r in found(f"dagdeel={part}")] == hours


def test_an_unknown_time_is_kept():
    run = in_days(2, start_time=None)
    assert found("dagdeel=avond") == [run]


@pytest.mark.parametrize(
    ("query", "group"),
    [
        ("wie=ouders", {"audience": "ouders"}),
        ("wie=ouders&wie=samen", {"audience": "samen"}),
        ("instroom=altijd", {"is_open": True}),
        ("begeleiding=ervaring", {"expert_by_experience": True}),
    ],
)
def test_what_kind_of_group(query, group):
    run = in_days(2, programme=GroupProgrammeFactory(**group))
    in_days(2)
    assert found(query) == [run]


@pytest.mark.parametrize("query", ["instroom=bij-start", "begeleiding=professionals"])
def test_the_other_kind_of_group(query):
    run = in_days(2)
    in_days(2, programme=GroupProgrammeFactory(is_open=True, expert_by_experience=True))
    assert found(query) == [run]


CLOSED = {
    "full": {"places_left": 0},
    "cancelled": {"cancelled": True},
    "enrolment closed": {"enrol_by": TODAY - dt.timedelta(1)},
}


@pytest.mark.parametrize("fields", CLOSED.values(), ids=CLOSED)
def test_what_nobody_can_enrol_in_is_left_out_and_stays_findable(fields):
    run = in_days(5, **fields)
    assert (found(), found("vol=ja")) == ([], [run])


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_found"),
    [
        ("2026-03-01", None, True),
        ("2025-12-02", None, True),
        ("2025-12-01", None, False),
        ("2025-09-01", "2026-03-02", True),
        ("2026-02-20", "2026-03-01", False),
    ],
)
def test_what_is_under_way_stays_findable(starts_on, ends_on, is_found):
    GroupRunFactory(starts_on=starts_on, ends_on=ends_on)
    assert (len(found()), len(found("vol=ja"))) == (0, int(is_found))


def test_what_is_under_way_comes_last():
    under_way, to_come = in_days(-3), in_days(3)
    assert found("vol=ja") == [to_come, under_way]


def test_full_by_old_news_may_have_a_place_by_now():
    run = in_days(5, places_left=0, places_confirmed_on=TODAY - dt.timedelta(15))
    assert found() == [run]


def test_how_old_news_may_be_is_for_the_region_to_say():
    run = in_days(5, places_left=0, places_confirmed_on=TODAY - dt.timedelta(7))
    assert found(today=Clocks(TODAY, {"places": 7})) == []
    assert found(today=Clocks(TODAY, {"places": 6})) == [run]


def test_groups_without_a_run_to_come():
    without = GroupProgrammeFactory(is_open=True)
    GroupRunFactory(programme=without, starts_on=TODAY - dt.timedelta(1))
    GroupRunFactory(programme=without, starts_on=TODAY + dt.timedelta(9), cancelled=True)
    in_days(2)
    GroupProgrammeFactory(offer__status="concept")
    assert list(RunFilterSet(QueryDict("")).groups()) == [without]


def test_filters_on_the_group_hold_for_groups_without_a_run():
    parents = GroupProgrammeFactory(audience="ouders")
    GroupProgrammeFactory()
    assert list(RunFilterSet(QueryDict("wie=ouders")).groups()) == [parents]
