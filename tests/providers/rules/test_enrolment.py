"""Whether a run is still to come, and whether one can still enrol: every form says the same."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings

from providers.index.sql import fetch_all
from providers.models import GroupRun
from providers.rules.enrolment import CanEnrol, StillToCome
from tests.examples import at_most
from tests.factories import GroupRunFactory, days_ago
from tests.providers.rules.start_facts import RUNS, store_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return GroupRunFactory().programme


@settings(max_examples=at_most(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=RUNS)
@example(facts={"ahead": 0, "left": 3, "age": 0, "enrol": 0, "cancelled": False})
def test_every_form_of_both_rules_says_the_same(programme, facts):
    GroupRun.objects.all().delete()
    store_run(programme, **facts)
    run, today = GroupRun.objects.get(), timezone.localdate()
    for rule in (StillToCome(today), CanEnrol(today)):
        sql = f"SELECT COUNT(*) FROM providers_grouprun r WHERE {rule.SQL}"  # noqa: S608
        ((in_sql,),) = fetch_all(sql, {"today": today})
        assert GroupRun.objects.filter(rule.condition).exists() is rule.holds(run)
        assert bool(in_sql) is rule.holds(run)


@pytest.mark.parametrize(
    ("run", "still_to_come", "can_enrol"),
    [
        ({"starts_on": days_ago(0)}, True, True),
        ({"starts_on": days_ago(1)}, False, False),
        ({"cancelled": True}, False, False),
        ({"enrol_by": days_ago(0)}, True, True),
        ({"enrol_by": days_ago(1)}, True, False),
    ],
    ids=["starts today", "began", "cancelled", "last day to enrol", "enrolment closed"],
)
def test_one_can_enrol_until_the_last_day(run, still_to_come, can_enrol):
    today = timezone.localdate()
    run = GroupRunFactory(**run)
    assert StillToCome(today).holds(run) is still_to_come
    assert CanEnrol(today).holds(run) is can_enrol
