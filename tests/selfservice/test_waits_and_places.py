"""Telling how long the wait is and how many places are left."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from providers.enums import WaitMethod, WaitSource, WaitStatus
from providers.models import AuditEvent, GroupRun
from providers.services.groups import update_places
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MunicipalityFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.form_fields import Fields
from tests.pages import attribute, element, elements

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
    assert response.redirect_chain == [(f"{reverse('selfservice:portal')}#aanbod-{offer.pk}", 302)]
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


def test_one_number_is_enough(client, owner, address, offer):
    assert client.post(address, _today(start_weeks="5")).status_code == 302
    wait = offer.wait_times.get()
    assert (wait.start_weeks, wait.intake_weeks, wait.treatment_weeks) == (5, None, None)
    offer.refresh_from_db()
    assert offer.wait_weeks == 5


def names_of(part):
    return [attribute(one, "name") for one in elements(part, "input")]


def test_intake_and_what_comes_after_it_fold_out(client, owner, address):
    page = client.get(address).content.decode()
    folded = [names_of(one) for one in elements(page, "details")]
    assert ["intake_weeks", "treatment_weeks", "afterwards", "afterwards"] in folded
    assert "start_weeks" in names_of(element(page, "form", class_="sk-form"))
    assert not any("start_weeks" in names for names in folded)


def test_zero_means_that_somebody_can_start_at_once(client, owner, address, offer):
    assert "Kan iemand meteen beginnen? Typ 0." in client.get(address).content.decode()
    client.post(address, _today(start_weeks="0"))
    assert "Direct" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("data", "stored", "total"),
    [
        ({"intake_weeks": "0", "afterwards": "meteen"}, (0, 0, None), 0),
        ({"intake_weeks": "3", "afterwards": "meteen"}, (3, 0, None), 3),
        ({"intake_weeks": "3", "treatment_weeks": "4"}, (3, 4, None), 7),
        ({"start_weeks": "7", "intake_weeks": "3"}, (3, 4, None), 7),
        ({"start_weeks": "7", "treatment_weeks": "4"}, (3, 4, None), 7),
        ({"start_weeks": "7", "intake_weeks": "3", "treatment_weeks": "4"}, (3, 4, None), 7),
        ({"intake_weeks": "3", "afterwards": "weet-niet"}, (3, None, None), None),
    ],
)
def test_the_parts_mean_what_was_typed(client, owner, address, offer, data, stored, total):
    client.post(address, _today(**data))
    wait = offer.wait_times.get()
    assert wait.total_weeks == total
    assert (wait.intake_weeks, wait.treatment_weeks, wait.start_weeks) == stored


@pytest.mark.parametrize("weeks", ["0", "3"])
def test_an_intake_alone_asks_what_comes_after_it(client, owner, address, offer, weeks):
    response = client.post(address, _today(intake_weeks=weeks))
    assert not offer.wait_times.exists()
    assert set(response.context["form"].errors) == {"afterwards"}
    assert "kies &#x27;meteen&#x27; of &#x27;weet ik niet&#x27;" in response.content.decode()


def test_who_does_not_know_what_comes_after_the_intake_hears_what_that_means(
    client, owner, address
):
    answer = client.post(address, _today(intake_weeks="3", afterwards="weet-niet"), follow=True)
    assert "Wachttijd deels bekend" in answer.content.decode()
    assert "wie zoekt op start binnen 6 weken ziet dit aanbod niet" in answer.content.decode()


@pytest.mark.parametrize("status", ["stop", "onbekend"])
@pytest.mark.parametrize("weeks", ["3", "veel"])
def test_weeks_do_not_count_where_the_wait_is_not_known(
    client, owner, address, offer, status, weeks
):
    answer = client.post(address, _today(status=status, start_weeks=weeks, intake_weeks=weeks))
    assert answer.status_code == 302
    wait = offer.wait_times.get()
    assert (wait.status, wait.total_weeks, wait.intake_weeks) == (status, None, None)


def test_weeks_that_do_not_count_are_still_there_after_a_mistake(client, owner, address, offer):
    data = _today(status="stop", start_weeks="37", stop_until="2020-01-01")
    assert 'name="start_weeks" value="37"' in client.post(address, data).content.decode()


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
        ({}, "start_weeks", "Vul weken in"),
        ({"start_weeks": "veel"}, "start_weeks", "Typ een getal"),
        ({"start_weeks": "261"}, "start_weeks", "0 tot en met 260"),
        ({"start_weeks": "2", "intake_weeks": "3"}, "intake_weeks", "langer dan"),
        ({"start_weeks": "2", "treatment_weeks": "3"}, "treatment_weeks", "langer dan"),
        (
            {"start_weeks": "2", "intake_weeks": "1", "treatment_weeks": "3"},
            "start_weeks",
            "samen een ander getal",
        ),
        ({"treatment_weeks": "3"}, "intake_weeks", "Vul ook de weken tot de intake in"),
        ({"intake_weeks": "veel"}, "intake_weeks", "Typ een getal"),
        ({"intake_weeks": "NaN"}, "intake_weeks", "Typ een getal"),
        ({"intake_weeks": "-1"}, "intake_weeks", "0 tot en met 260"),
        ({"treatment_weeks": "261"}, "treatment_weeks", "0 tot en met 260"),
        ({"start_weeks": "3", "stop_until": "2999-01-01"}, "stop_until", "hoort bij"),
        ({"status": "stop", "stop_until": "2020-01-01"}, "stop_until", "al voorbij"),
        ({"start_weeks": "3", "measured_on": "0026-11-29"}, "measured_on", "jaar 0026?"),
        ({"start_weeks": "3", "measured_on": "2012-01-01"}, "measured_on", "jaar 2012?"),
        ({"start_weeks": "3", "measured_on": "2999-01-01"}, "measured_on", "in de toekomst"),
        ({"start_weeks": "3", "measured_on": "gisteren"}, "measured_on", "Typ een datum"),
        ({"start_weeks": "3", "measured_on": ""}, "measured_on", "Vul een datum in"),
        ({"start_weeks": "3", "people_waiting": "-2"}, "people_waiting", "0 of meer"),
        ({"start_weeks": "3", "people_waiting": "9" * 30}, "people_waiting", "99999"),
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
        {
            f"ronde-{run.pk}-places_left": left,
            f"initial-ronde-{run.pk}-places_left": str(run.places_left),
        },
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
        assert "Er is niets opgeslagen" in _places(client, offer, other, "1").content.decode()
        other.refresh_from_db()
        assert other.places_left == 4


@pytest.fixture
def later(run):
    return GroupRunFactory(
        programme=run.programme,
        starts_on=days_ago(-40),
        places=10,
        places_left=7,
        places_confirmed_on=days_ago(20),
    )


def as_shown(page, **typed):
    """What a browser sends of the form on this page, with other numbers in some runs."""
    return Fields(page.content.decode()).data | typed


def test_one_save_keeps_the_numbers_of_every_run(client, owner, offer, run, later):
    address = reverse("selfservice:update_places", args=[offer.pk])
    page = client.get(address)
    typed = {f"ronde-{run.pk}-places_left": "3", f"ronde-{later.pk}-places_left": "5"}
    assert client.post(address, as_shown(page, **typed)).status_code == 302
    for row, left in ((run, 3), (later, 5)):
        row.refresh_from_db()
        assert (row.places_left, row.places_confirmed_on) == (left, timezone.localdate())


def test_one_wrong_number_saves_nothing_and_keeps_what_was_typed(client, owner, offer, run, later):
    address = reverse("selfservice:update_places", args=[offer.pk])
    typed = {f"ronde-{run.pk}-places_left": "3", f"ronde-{later.pk}-places_left": "11"}
    page = client.post(address, as_shown(client.get(address), **typed))
    assert 'value="3"' in page.content.decode()
    assert 'value="11"' in page.content.decode()
    run.refresh_from_db()
    assert run.places_left == 4


def test_what_a_colleague_changed_is_shown_beside_its_run(client, owner, offer, run, later):
    address = reverse("selfservice:update_places", args=[offer.pk])
    page = client.get(address)
    update_places(by=None, run=later, places_left=1)
    typed = {f"ronde-{run.pk}-places_left": "3", f"ronde-{later.pk}-places_left": "5"}
    answer = client.post(address, as_shown(page, **typed))
    assert answer.status_code == 409
    assert set(answer.context["form"].errors) == {f"ronde-{later.pk}-places_left"}
    assert "nu staat er 1" in answer.content.decode()
    run.refresh_from_db()
    assert run.places_left == 4
    assert client.post(address, as_shown(answer)).status_code == 302
    for row, left in ((run, 3), (later, 5)):
        row.refresh_from_db()
        assert row.places_left == left


def test_of_a_run_whose_places_nobody_gave_nothing_is_said(client, owner, offer, run, later):
    GroupRun.objects.filter(pk=later.pk).update(places_left=None, places_confirmed_on=None)
    address = reverse("selfservice:update_places", args=[offer.pk])
    client.post(address, as_shown(client.get(address)))
    later.refresh_from_db()
    assert (later.places_left, later.places_confirmed_on) == (None, None)


def test_an_offer_without_groups_says_so(client, owner, offer):
    page = client.get(reverse("selfservice:update_places", args=[offer.pk])).content.decode()
    assert "geen groep die nog moet starten" in page


# --- a wait for one municipality ---------------------------------------------------------------


def test_a_wait_may_hold_in_one_municipality_only(client, owner, address, offer):
    WaitTimeFactory(offer=offer)
    area = offer.service_areas.first()
    client.post(address, _today(start_weeks="20", municipality=area.municipality_id))
    area.refresh_from_db()
    offer.refresh_from_db()
    assert area.current_wait.total_weeks == 20
    assert offer.wait_weeks == 6
    shown = client.get(address).content.decode()
    assert f"{area.municipality.name}: Ongeveer 5 maanden (gemeten vandaag)" in shown


def test_a_municipality_where_it_is_not_given_is_refused(client, owner, address, offer):
    elsewhere = MunicipalityFactory()
    response = client.post(address, _today(start_weeks="20", municipality=elsewhere.pk))
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
        # A log-in ends when nothing is done for some hours.
        client.force_login(owner, backend=settings.AUTHENTICATION_BACKENDS[0])
        give(client, address)
    assert offer.wait_times.count() == 2


def test_who_gives_an_older_measurement_hears_that_a_newer_one_counts(
    client, owner, address, offer
):
    WaitTimeFactory(offer=offer, measured_on=days_ago(3))
    answer = client.post(
        address, _today(start_weeks="2", measured_on=days_ago(40).isoformat()), follow=True
    )
    assert "er is al een nieuwere meting" in answer.content.decode()
    assert offer.wait_times.count() == 2
