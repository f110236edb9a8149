"""Telling how long the wait is and how many places are left."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from providers.enums import WaitMethod, WaitSource, WaitStatus
from providers.models import AuditEvent
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MunicipalityFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


@pytest.fixture
def address(offer):
    return reverse("selfservice:add_wait", args=[offer.pk])


def _today(**data):
    return {"status": "bekend", "measured_on": timezone.localdate().isoformat(), **data}


def test_the_form_starts_with_today(client, owner, address):
    text = client.get(address).content.decode()
    assert f'value="{timezone.localdate().isoformat()}"' in text
    assert "Wachttijd onbekend" in text


def test_weeks_are_added_as_a_measurement(client, owner, address, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(20))
    response = client.post(
        address,
        _today(intake_weeks="2,5", treatment_weeks="4", people_waiting="38"),
        follow=True,
    )
    assert response.redirect_chain == [(reverse("selfservice:portal"), 302)]
    assert "De wachttijd van" in response.content.decode()
    assert offer.wait_times.count() == 2
    wait = offer.wait_times.first()
    assert (wait.intake_weeks, wait.treatment_weeks, wait.people_waiting) == (
        Decimal("2.5"),
        4,
        38,
    )
    assert (wait.method, wait.source) == (WaitMethod.FORECAST, WaitSource.PROVIDER)
    assert wait.recorded_by == owner
    offer.refresh_from_db()
    assert (offer.wait_weeks, offer.wait_measured_on) == (Decimal("6.5"), timezone.localdate())


def test_zero_is_a_number_and_empty_is_not(client, owner, address, offer):
    client.post(address, _today(intake_weeks="0"))
    wait = offer.wait_times.get()
    assert (wait.intake_weeks, wait.treatment_weeks, wait.people_waiting) == (0, None, None)


def test_a_stop_with_its_end(client, owner, address, offer):
    client.post(address, _today(status="stop", stop_until=days_ago(-30).isoformat()))
    wait = offer.wait_times.get()
    assert (wait.status, wait.stop_until) == (WaitStatus.STOP, days_ago(-30))
    offer.refresh_from_db()
    assert offer.wait_status == WaitStatus.STOP


def test_unknown_is_an_answer_too(client, owner, address, offer):
    client.post(address, _today(status="onbekend"))
    assert offer.wait_times.get().status == WaitStatus.UNKNOWN


@pytest.mark.parametrize(
    ("data", "field", "text"),
    [
        ({}, "intake_weeks", "Vul weken in"),
        ({"intake_weeks": "veel"}, "intake_weeks", "Typ een getal"),
        ({"intake_weeks": "NaN"}, "intake_weeks", "Typ een getal"),
        ({"intake_weeks": "-1"}, "intake_weeks", "0 tot en met 260"),
        ({"treatment_weeks": "261"}, "treatment_weeks", "0 tot en met 260"),
        ({"status": "stop", "intake_weeks": "3"}, "intake_weeks", "Weken horen bij"),
        ({"status": "onbekend", "treatment_weeks": "0"}, "treatment_weeks", "Weken horen bij"),
        ({"intake_weeks": "3", "stop_until": "2999-01-01"}, "stop_until", "hoort bij"),
        ({"status": "stop", "stop_until": "2020-01-01"}, "stop_until", "al voorbij"),
        ({"intake_weeks": "3", "measured_on": "0026-11-29"}, "measured_on", "jaar 0026?"),
        ({"intake_weeks": "3", "measured_on": "2012-01-01"}, "measured_on", "jaar 2012?"),
        ({"intake_weeks": "3", "measured_on": "2999-01-01"}, "measured_on", "in de toekomst"),
        ({"intake_weeks": "3", "measured_on": "gisteren"}, "measured_on", "Typ een datum"),
        ({"intake_weeks": "3", "measured_on": ""}, "measured_on", "Vul een datum in"),
        ({"intake_weeks": "3", "people_waiting": "-2"}, "people_waiting", "0 of meer"),
        ({"intake_weeks": "3", "people_waiting": "9" * 30}, "people_waiting", "99999"),
        ({"status": "misschien"}, "status", "misschien is geen beschikbare keuze"),
        ({"status": ""}, "status", "Kies wat u weet"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(client, owner, address, offer, data, field, text):
    response = client.post(address, _today(**data))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert text in str(errors[field])
    assert 'role="alert"' in response.content.decode()
    assert not offer.wait_times.exists()


# --- Places ------------------------------------------------------------------------------------


@pytest.fixture
def run(offer):
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer),
        places=10,
        places_left=4,
        places_confirmed_on=days_ago(20),
    )


def _places(client, offer, run, left):
    return client.post(
        reverse("selfservice:update_places", args=[offer.pk]),
        {"ronde": str(run.pk), f"ronde-{run.pk}-places_left": left},
    )


@pytest.mark.parametrize(
    ("typed", "stored"), [("2", 2), ("0", 0), ("4", 4), ("10", 10), ("", None)]
)
def test_places_are_dated_today(client, owner, offer, run, typed, stored):
    assert _places(client, offer, run, typed).status_code == 302
    run.refresh_from_db()
    assert (run.places_left, run.places_confirmed_on) == (stored, timezone.localdate())


@pytest.mark.parametrize(
    ("typed", "text"),
    [("11", "10 plekken in deze groep"), ("-1", "0 of meer"), ("vol", "heel getal")],
)
def test_places_that_cannot_be(client, owner, offer, run, typed, text):
    response = _places(client, offer, run, typed)
    assert response.status_code == 200
    page = response.content.decode()
    assert text in page
    assert f'href="#id_ronde-{run.pk}-places_left"' in page
    run.refresh_from_db()
    assert (run.places_left, run.places_confirmed_on) == (4, days_ago(20))


def test_every_run_that_still_starts_has_its_own_form(client, owner, offer, run):
    later = GroupRunFactory(programme=run.programme, starts_on=days_ago(-40))
    past = GroupRunFactory(programme=run.programme, starts_on=days_ago(1))
    page = client.get(reverse("selfservice:update_places", args=[offer.pk])).content.decode()
    shown = [f"ronde-{row.pk}-places_left" in page for row in (run, later, past)]
    assert shown == [True, True, False]


def test_runs_of_others_or_of_the_past_cannot_be_changed(client, owner, offer, run):
    foreign = GroupRunFactory()
    past = GroupRunFactory(programme=run.programme, starts_on=days_ago(1))
    for other in (foreign, past):
        assert _places(client, offer, other, "1").status_code == 404
        other.refresh_from_db()
        assert other.places_left == 4
    address = reverse("selfservice:update_places", args=[offer.pk])
    assert client.post(address, {"ronde": "x"}).status_code == 404


def test_an_offer_without_groups_says_so(client, owner, offer):
    page = client.get(reverse("selfservice:update_places", args=[offer.pk])).content.decode()
    assert "geen groep die nog moet starten" in page


# --- a wait for one municipality ---------------------------------------------------------------


def test_a_wait_may_hold_in_one_municipality_only(client, owner, address, offer):
    WaitTimeFactory(offer=offer)
    area = offer.service_areas.first()
    client.post(address, _today(intake_weeks="20", municipality=area.municipality_id))
    area.refresh_from_db()
    offer.refresh_from_db()
    assert area.current_wait.intake_weeks == 20
    assert offer.wait_weeks == 6
    shown = client.get(address).content.decode()
    assert f"{area.municipality.name}: Wachttijd deels bekend (gemeten vandaag)" in shown


def test_a_municipality_where_it_is_not_given_is_refused(client, owner, address, offer):
    elsewhere = MunicipalityFactory()
    response = client.post(address, _today(intake_weeks="20", municipality=elsewhere.pk))
    assert "In deze gemeente geeft u dit aanbod niet." in response.content.decode()
    assert not offer.wait_times.exists()


def test_a_stop_ends_on_a_day_to_come(client, owner, address, offer):
    today = timezone.localdate().isoformat()
    response = client.post(address, _today(status="stop", stop_until=today))
    assert "Deze datum is al voorbij." in response.content.decode()
    until = days_ago(-1)
    client.post(address, _today(status="stop", stop_until=until.isoformat()))
    offer.refresh_from_db()
    assert offer.wait_stop_until == until


# --- twice ---------------------------------------------------------------------------------------


def give(client, address, **data):
    return client.post(address, _today(intake_weeks="2", treatment_weeks="3", **data))


def test_a_wait_given_twice_is_one_measurement(client, owner, address, offer):
    assert [give(client, address).status_code for _ in range(2)] == [302, 302]
    assert offer.wait_times.count() == 1
    assert AuditEvent.objects.filter(action="wait.recorded").count() == 1


def test_a_wait_that_goes_back_to_what_it_was_is_a_measurement(client, owner, address, offer):
    give(client, address)
    give(client, address, people_waiting="4")
    give(client, address)
    assert offer.wait_times.count() == 3


def test_the_same_wait_on_another_day_is_a_measurement(client, owner, address, offer):
    give(client, address)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        give(client, address)
    assert offer.wait_times.count() == 2


def test_who_gives_an_older_measurement_hears_that_a_newer_one_counts(
    client, owner, address, offer
):
    WaitTimeFactory(offer=offer, measured_on=days_ago(3))
    answer = client.post(
        address, _today(intake_weeks="2", measured_on=days_ago(40).isoformat()), follow=True
    )
    assert "er is al een nieuwere meting" in answer.content.decode()
    assert offer.wait_times.count() == 2
