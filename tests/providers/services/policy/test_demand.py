"""Counts of searches as they are stored: added up, and months after ninety days."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from providers.models import Demand
from providers.models.policy import Searched
from providers.services.policy.demand import DAYS_KEPT, add_demand, make_months
from tests.factories import DemandFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 27)
SOMBER = Searched("GM0546", "2311", "somberheid", "12-15", "groep", "niets", "start,trede")


def stored():
    rows = Demand.objects.order_by("day", "pk")
    return list(rows.values_list("day", "is_month", "help_question", "searches"))


def test_the_same_search_of_a_day_is_one_row():
    for number in (2, 3):
        add_demand(by=None, counts={(TODAY, SOMBER): number})
    assert stored() == [(TODAY, False, "somberheid", 5)]


@pytest.mark.parametrize("name", Searched._fields)
def test_what_differs_anywhere_is_a_row_of_its_own(name):
    other = SOMBER._replace(**{name: "veel" if name == "outcome" else ""})
    add_demand(by=None, counts={(TODAY, SOMBER): 1, (TODAY, other): 1})
    assert Demand.objects.count() == 2


def test_nothing_counted_is_nothing_written(django_assert_num_queries):
    with django_assert_num_queries(2):  # The transaction begins and ends.
        add_demand(by=None, counts={})


def test_days_of_long_ago_become_their_month():
    edge = TODAY - dt.timedelta(days=DAYS_KEPT)
    for day in (dt.date(2026, 7, 3), dt.date(2026, 7, 20), dt.date(2026, 8, 1), edge):
        DemandFactory(day=day, help_question="somberheid", searches=2)
    assert make_months(by=None, on=TODAY) == 3
    assert stored() == [
        (dt.date(2026, 7, 1), True, "somberheid", 4),
        (dt.date(2026, 8, 1), True, "somberheid", 2),
        (edge, False, "somberheid", 2),
    ]


def test_a_month_fills_up_day_by_day():
    for later in range(40):
        DemandFactory(day=dt.date(2026, 7, 1) + dt.timedelta(later % 31), help_question="angst")
        make_months(by=None, on=TODAY + dt.timedelta(later))
    assert stored() == [(dt.date(2026, 7, 1), True, "angst", 40)]


def test_the_daily_command_does_it():
    DemandFactory(day=timezone.localdate() - dt.timedelta(days=DAYS_KEPT + 1))
    call_command("remove_expired")
    assert Demand.objects.get().is_month
