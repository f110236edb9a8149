"""A contract that ends before the help can start: Python and SQL say the same, on either engine."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from providers.index.sql import fetch_all
from providers.rules.contract import ends_before_start, ends_before_start_sql
from providers.rules.start import StartFacts
from tests.examples import at_most

TODAY = dt.date(2026, 11, 23)
# SQLite keeps a day as text.
DAY = {"sqlite": "text", "postgresql": "date"}[connection.vendor]
pytestmark = pytest.mark.django_db
property_test = settings(
    deadline=None,
    max_examples=at_most(100),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
DAYS = st.none() | st.integers(min_value=0, max_value=120)
# Weeks as they are measured: with two decimals.
WAITS = st.none() | st.integers(min_value=0, max_value=2000).map(lambda n: n / 100)


def day(ahead):
    return None if ahead is None else TODAY + dt.timedelta(days=ahead)


def in_python(ends, wait, first):
    facts = StartFacts(
        today=TODAY,
        at_start=False,
        wait=wait,
        stopped=False,
        first=day(first),
        perhaps=None,
        has_run=first is not None,
    )
    return ends_before_start(day(ends), facts)


def in_sql(ends, wait, first):
    values = {"ends": day(ends), "wait": wait, "first": day(first)}
    named = {name: None if value is None else str(value) for name, value in values.items()}
    sql = f"""SELECT {ends_before_start_sql()} FROM (SELECT CAST(%(ends)s AS {DAY}) AS ends_on,
        CAST(%(wait)s AS double precision) AS known_wait, CAST(%(first)s AS {DAY}) AS first_start
        ) facts"""  # noqa: S608
    ((said,),) = fetch_all(sql, named | {"today": str(TODAY)})
    return bool(said)


@property_test
@given(ends=DAYS, wait=WAITS, first=DAYS)
@example(ends=38, wait=6.0, first=None)
@example(ends=42, wait=6.0, first=None)
@example(ends=38, wait=5.43, first=None)
@example(ends=45, wait=None, first=46)
@example(ends=46, wait=None, first=46)
def test_both_forms_say_the_same(ends, wait, first):
    assert in_sql(ends, wait, first) == in_python(ends, wait, first)


@pytest.mark.parametrize(
    ("ends", "wait", "first", "ends_too_soon"),
    [
        (38, 6, None, True),
        (42, 6, None, False),
        (38, 5.43, None, True),
        (39, 5.43, None, False),
        (45, None, 46, True),
        (46, None, 46, False),
        # Whichever is sooner: the wait or the run.
        (38, 6, 30, False),
        (38, 5, 46, False),
        # What is not known is not said.
        (None, 60, None, False),
        (0, None, None, False),
    ],
)
def test_a_contract_that_ends_before_the_start(ends, wait, first, ends_too_soon):
    assert in_python(ends, wait, first) is ends_too_soon


@property_test
@given(ends=st.integers(0, 120), more=st.integers(0, 60), wait=WAITS, first=DAYS)
def test_a_longer_contract_never_ends_sooner(ends, more, wait, first):
    assert in_python(ends + more, wait, first) <= in_python(ends, wait, first)
