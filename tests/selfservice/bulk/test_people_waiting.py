"""How many people wait, in the table of a provider: given with or without the weeks."""

import pytest
from django.utils import timezone

from providers.services.waits import record_wait
from providers.sheets.offers import plan_of
from tests.selfservice.bulk.test_table import changed, editor, offer, save  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def now(offer):  # noqa: F811
    offer.refresh_from_db()
    return offer.current_wait.total_weeks, offer.current_wait.people_waiting


def test_weeks_and_people_come_in_together(client, editor, offer):  # noqa: F811
    save(client, offer, changed(offer, weeks="7", wachtenden="23"))
    assert now(offer) == (7, 23)


def test_who_counts_the_people_keeps_the_weeks(client, editor, offer):  # noqa: F811
    record_wait(by=editor, offer=offer, start_weeks=4, people_waiting=5)
    offer.refresh_from_db()
    save(client, offer, changed(offer, wachtenden="9"))
    assert now(offer) == (4, 9)
    assert offer.wait_measured_on == timezone.localdate()


def test_people_without_any_weeks_are_refused(client, editor, offer):  # noqa: F811
    save(client, offer, changed(offer, wachtenden="9"))
    offer.refresh_from_db()
    assert offer.current_wait is None


@pytest.mark.parametrize("cell", ["-1", "veel", "2,5"])
def test_what_is_no_number_of_people_is_refused_in_its_row(offer, cell):  # noqa: F811
    (problem,) = plan_of(changed(offer, wachtenden=cell), offer.provider).problems
    assert problem.column == "wachtenden"
