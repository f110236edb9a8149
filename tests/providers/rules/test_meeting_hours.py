"""When a meeting may end: later that day, or in the night after it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from providers.models import GroupRun
from providers.rules.meeting_hours import are_meeting_hours
from providers.services.groups import add_run
from search.groups.agenda import _span
from tests.factories import GroupProgrammeFactory, GroupRunFactory, days_ago

HOURS = [
    ("19:30", "00:30", True),
    ("20:00", "00:00", True),
    ("16:00", "17:30", True),
    ("22:00", "06:00", True),
    ("09:00", "23:00", True),
    ("16:00", "16:00", False),
    ("16:00", "15:59", False),
    ("16:00", "05:30", False),  # half past five in the afternoon was meant
    ("14:00", "03:00", False),
    ("00:30", "00:00", False),
]


def at(text):
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(("start", "end", "fits"), HOURS)
def test_a_meeting_may_end_after_midnight(start, end, fits):
    assert are_meeting_hours(at(start), at(end)) is fits


def test_an_end_needs_a_start():
    assert not are_meeting_hours(None, dt.time(17))
    assert are_meeting_hours(None, None)
    assert are_meeting_hours(dt.time(17), None)


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end", "fits"), HOURS)
def test_a_service_takes_those_hours_and_refuses_others(start, end, fits):
    programme = GroupProgrammeFactory()
    run = {"starts_on": days_ago(-20), "start_time": at(start), "end_time": at(end)}
    if fits:
        add_run(by=None, programme=programme, **run)
        assert GroupRun.objects.get().end_time == at(end)
    else:
        with pytest.raises(ValidationError, match="niet later dan het begin"):
            add_run(by=None, programme=programme, **run)


TIMES = st.none() | st.times().map(lambda time: time.replace(microsecond=0))


@pytest.mark.django_db
@given(start=TIMES, end=TIMES)
def test_the_database_takes_what_the_rule_takes(start, end):
    # It asks less than the rule: it knows no arithmetic on times.
    (constraint,) = [c for c in GroupRun._meta.constraints if c.name == "run_meeting_hours"]
    if are_meeting_hours(start, end):
        constraint.validate(GroupRun, GroupRun(start_time=start, end_time=end))


@pytest.mark.django_db
def test_the_calendar_ends_the_meeting_the_next_day():
    run = GroupRunFactory(start_time=dt.time(19, 30), end_time=dt.time(0, 30))
    start, end = _span(run)
    assert end - start == dt.timedelta(hours=5)
