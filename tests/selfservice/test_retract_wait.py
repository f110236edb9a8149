"""A wait that was mistyped is taken back, and the one before it counts again."""

import pytest
from django.urls import reverse

from providers.enums import WaitSource, WaitStatus
from providers.models import AuditEvent, WaitRetraction
from providers.services.waits import record_wait
from providers.statistics import measurements
from tests.factories import OfferFactory, WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(offer):
    return WaitTimeFactory(offer=offer, measured_on=days_ago(9), intake_weeks=2, treatment_weeks=4)


@pytest.fixture
def mistyped(offer, before):
    return WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=58)


def address(wait, offer=None):
    return reverse("selfservice:retract_wait", args=[(offer or wait.offer).pk, wait.pk])


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_the_measurement_before_it_counts_again(client, log_in_as, offer, mistyped, who):
    user = log_in_as(who)
    client.post(address(mistyped))
    offer.refresh_from_db()
    assert (offer.wait_weeks, offer.wait_measured_on) == (6, days_ago(9))
    retraction = WaitRetraction.objects.get()
    assert (retraction.wait, retraction.by) == (mistyped, user)
    event = AuditEvent.objects.get(action="wait.retracted")
    assert (event.by, event.changes["total_weeks"]) == (user, "60.00")


def test_it_stays_in_the_history_and_out_of_the_figures(client, log_in_as, offer, mistyped):
    log_in_as("owner")
    client.post(address(mistyped))
    assert offer.wait_times.count() == 2
    assert [row.weeks for row in measurements()] == [6]


def test_without_one_before_it_the_wait_is_unknown(client, log_in_as, offer):
    log_in_as("owner")
    client.post(address(WaitTimeFactory(offer=offer)))
    offer.refresh_from_db()
    assert (offer.wait_status, offer.wait_measured_on) == (WaitStatus.UNKNOWN, None)


def test_a_wait_of_one_municipality_leaves_that_municipality(client, log_in_as, offer):
    log_in_as("owner")
    area = offer.service_areas.get()
    wait = WaitTimeFactory(offer=offer, municipality=area.municipality)
    client.post(address(wait))
    area.refresh_from_db()
    assert area.current_wait is None


def test_the_same_number_can_be_given_again(client, log_in_as, offer):
    user = log_in_as("owner")
    first = record_wait(by=user, offer=offer, start_weeks=6)
    client.post(address(first))
    again = record_wait(by=user, offer=offer, start_weeks=6)
    assert again != first
    offer.refresh_from_db()
    assert offer.current_wait == again


def test_the_page_of_the_wait_leads_there(client, log_in_as, offer, mistyped):
    log_in_as("owner")
    page = client.get(reverse("selfservice:add_wait", args=[offer.pk])).content.decode()
    assert f'href="{address(mistyped)}"' in page
    assert "Langer dan een jaar" in client.get(address(mistyped)).content.decode()


def test_what_was_taken_back_is_not_there_to_take_back(client, log_in_as, mistyped):
    log_in_as("owner")
    client.post(address(mistyped))
    assert client.post(address(mistyped)).status_code == 404
    assert WaitRetraction.objects.count() == 1


def test_a_measurement_from_a_list_of_others_stays(client, log_in_as, offer):
    log_in_as("owner")
    wait = WaitTimeFactory(offer=offer, source=WaitSource.NZA)
    assert client.post(address(wait)).status_code == 403
    assert not WaitRetraction.objects.exists()


def test_the_number_of_a_measurement_of_another_offer_is_not_found(client, log_in_as, offer):
    log_in_as("owner")
    other = WaitTimeFactory(offer=OfferFactory())
    assert client.post(address(other, offer)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("staff", 404), ("reader", 403)])
def test_others_take_nothing_back(client, log_in_as, mistyped, method, who, status):
    log_in_as(who)
    assert getattr(client, method)(address(mistyped)).status_code == status
    assert not WaitRetraction.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete"])
def test_nobody_deletes_a_measurement(client, log_in_as, mistyped, method):
    log_in_as("owner")
    assert getattr(client, method)(address(mistyped)).status_code == 405
