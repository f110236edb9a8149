"""When an offer can start: Python, the ORM and SQL say the same, on either engine.

An offer is drawn with its group, runs and wait, and stored; then each form of
providers.rules.start is asked the same.
"""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings

from providers.enums import WaitStatus
from providers.index.sql import fetch_all
from providers.models import Offer, OfferIndex
from providers.rules import start
from providers.rules.freshness import Clocks, days_of
from tests.examples import at_most
from tests.providers.rules.start_facts import FACTS, stored

pytestmark = pytest.mark.django_db
property_test = settings(
    deadline=None,
    max_examples=at_most(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WEEKS = (0, 2, 6, 12, 26, 52)


def in_python(offer, clocks):
    runs = start.open_runs(clocks).filter(programme__offer=offer)
    facts = start.start_facts(offer, runs, clocks)
    found = {"wait": facts.wait, "first": facts.first, "bands": facts.weeks_in_bands}
    for weeks in WEEKS:
        found |= {
            f"within {weeks}": facts.starts_within(weeks),
            f"within {weeks}?": facts.may_start_within(weeks),
            f"wait {weeks}": facts.wait_at_most(weeks),
            f"wait {weeks}?": facts.wait_may_be_at_most(weeks),
        }
    return found


def in_the_orm(rows, clocks):
    """What querysets ask: less than pages do."""
    values = start.known_wait(clocks), start.start_weeks(clocks)
    within = {
        f"within {weeks}": set(
            rows.filter(start.starts_within(weeks, clocks)).values_list("pk", flat=True)
        )
        for weeks in WEEKS
    }
    return {
        pk: as_read(
            {name: pk in pks for name, pks in within.items()} | {"wait": wait, "bands": bands}
        )
        for pk, wait, bands in rows.values_list("pk", *values)
    }


def in_sql(clocks, *, of_many):
    first = start.first_start("i.offer_id", of_many=of_many)
    columns = {"wait": start.KNOWN_WAIT, "first": first, "bands": start.START_WEEKS}
    for weeks in WEEKS:
        columns |= {
            f"within {weeks}": start.starts_within_sql(weeks, of_many=of_many),
            f"within {weeks}?": start.start_within_unknown_sql(weeks, of_many=of_many),
            f"wait {weeks}": start.wait_at_most_sql(weeks, of_many=of_many),
            f"wait {weeks}?": start.wait_at_most_unknown_sql(weeks, of_many=of_many),
        }
    listed = ", ".join(f"({column})" for column in columns.values())
    known = f"CAST(COALESCE({start.KNOWN_WAIT}, {start.NEVER}) AS double precision)"
    sql = f"""SELECT i.offer_id, {listed} FROM (SELECT i.*, {known} AS wait, {first} AS first_start
        FROM providers_offerindex i) i"""  # noqa: S608
    terms = {f"in_{weeks}": str(clocks.today + dt.timedelta(weeks=weeks)) for weeks in WEEKS}
    return {
        pk: as_read(dict(zip(columns, row, strict=True)))
        for pk, *row in fetch_all(sql, {**days_of(clocks), **terms})
    }


def as_read(found):
    """Whatever an engine gives for a day, a number or a truth, as Python has it."""
    day, wait = found.get("first"), found["wait"]
    first = dt.date.fromisoformat(day) if isinstance(day, str) else day
    exact = {
        "first": first,
        "wait": None if wait is None else float(wait),
        "bands": float(found["bands"]),
    }
    return {name: exact.get(name, bool(value)) for name, value in found.items()}


def test_every_form_of_the_rule_says_the_same():
    """The database is asked at the end, about all of them: compiling a condition takes longest."""
    clocks, drawn, expected = Clocks(timezone.localdate()), {}, {}

    @property_test
    @given(facts=FACTS)
    @example(  # "ongeveer 5 weken" beside a start in 46 days
        facts={
            "is_open": False,
            "runs": [{"ahead": 46, "left": 3, "age": 0, "enrol": None, "cancelled": False}],
            "wait": {"status": WaitStatus.KNOWN, "weeks": 5, "age": 0, "until": None},
        }
    )
    def in_python_for_each(facts):
        offer = stored(facts)
        drawn[offer.pk] = facts
        expected[offer.pk] = as_read(in_python(offer, clocks))

    def differing(found):
        assert set(found) == set(expected)
        return [
            (drawn[pk], name, value, expected[pk][name])
            for pk, values in found.items()
            for name, value in values.items()
            if value != expected[pk][name]
        ]

    in_python_for_each()
    assert differing(in_the_orm(Offer.objects.all(), clocks)) == []
    assert differing(in_the_orm(OfferIndex.objects.all(), clocks)) == []
    for of_many in (False, True):
        in_full = in_sql(clocks, of_many=of_many)
        assert differing(in_full) == []
        assert all(set(in_full[pk]) == set(values) for pk, values in expected.items())


@property_test
@given(facts=FACTS)
def test_at_the_start_no_wait_changes_anything_but_a_stop(facts):
    with_wait, without = facts | {"is_open": False}, facts | {"is_open": False, "wait": None}
    if facts["wait"] and facts["wait"]["status"] == WaitStatus.STOP:
        return
    clocks = Clocks(timezone.localdate())
    with_one, as_without = (in_python(stored(one), clocks) for one in (with_wait, without))
    assert with_one == as_without


@property_test
@given(facts=FACTS)
def test_what_starts_within_some_weeks_starts_within_more(facts):
    offer, clocks = stored(facts), Clocks(timezone.localdate())
    found = in_python(offer, clocks)
    within = [found[f"within {weeks}"] for weeks in WEEKS]
    assert within == sorted(within)
