"""Describing a group, and announcing, changing and cancelling its starts."""

import datetime as dt
import functools

import pytest
from django.urls import reverse
from django.utils import formats, timezone

from providers.models import AuditEvent, GroupProgramme, GroupRun
from providers.services.groups import update_places, update_run
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    LocationFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(offer):
    return GroupProgrammeFactory(offer=offer, min_size=4, max_size=8)


@pytest.fixture
def run(programme):
    return GroupRunFactory(
        programme=programme,
        starts_on=days_ago(-14),
        places=8,
        places_left=6,
        places_confirmed_on=days_ago(3),
    )


@pytest.fixture
def owner(log_in_as):
    return log_in_as("owner")


def address(name, *args):
    return reverse(f"selfservice:{name}", args=args)


def addresses(run):
    offer = run.programme.offer_id
    return {
        "group": address("group", offer),
        "edit_programme": address("edit_programme", offer),
        "add_run": address("add_run", offer),
        "edit_run": address("edit_run", offer, run.pk),
        "cancel_run": address("cancel_run", offer, run.pk),
    }


WRITES = ["edit_programme", "add_run", "edit_run", "cancel_run"]
PROGRAMME = {"kind": "training", "audience": "ouders", "min_size": "4", "max_size": "10"}


def typed_run(**changed):
    return {
        "starts_on": days_ago(-30).isoformat(),
        "start_time": "16:00",
        "end_time": "17:30",
        "places": "8",
        "places_left": "8",
        "enrol_by": days_ago(-20).isoformat(),
        **changed,
    }


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["group", *WRITES])
@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("colleague", 200), ("reader", 403), ("stranger", 404), ("staff", 404)],
)
def test_only_who_may_write_sees_these_pages(client, log_in_as, run, name, who, status):
    log_in_as(who)
    assert client.get(addresses(run)[name]).status_code == status


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(
    ("who", "status"), [("colleague", 302), ("reader", 403), ("stranger", 404), ("staff", 404)]
)
def test_only_who_may_write_writes(client, log_in_as, run, name, who, status):
    log_in_as(who)
    before = AuditEvent.objects.count()
    data = PROGRAMME | typed_run(version=str(run.version))
    assert client.post(addresses(run)[name], data).status_code == status
    assert (AuditEvent.objects.count() > before) == (status == 302)


@pytest.mark.parametrize("name", ["group", *WRITES])
def test_who_is_not_logged_in_goes_to_the_log_in(client, run, name):
    answer = client.post(addresses(run)[name], {})
    assert (answer.status_code, "/account/login/" in answer.url) == (302, True)


@pytest.mark.parametrize("name", ["group", *WRITES])
@pytest.mark.parametrize(("who", "status"), [("owner", 405), ("reader", 403), ("stranger", 404)])
def test_nothing_is_deleted(client, log_in_as, run, name, who, status):
    log_in_as(who)
    assert client.delete(addresses(run)[name]).status_code == status
    assert GroupRun.objects.filter(pk=run.pk).exists()


@pytest.mark.parametrize("name", ["edit_run", "cancel_run"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_run_of_another_offer_does_not_exist_here(client, owner, run, name, method):
    foreign = GroupRunFactory()
    place = address(name, run.programme.offer_id, foreign.pk)
    assert getattr(client, method)(place, typed_run()).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.version, foreign.cancelled) == (1, False)


# --- the group ---------------------------------------------------------------------------------


def test_a_group_is_described(client, owner, offer):
    answer = client.post(address("edit_programme", offer.pk), PROGRAMME | {"on_demand": "on"})
    assert (answer.status_code, answer.url) == (302, address("group", offer.pk))
    group = GroupProgramme.objects.get(offer=offer)
    assert (group.kind, group.audience, group.min_size, group.on_demand, group.is_open) == (
        "training",
        "ouders",
        4,
        True,
        False,
    )


def test_a_group_is_changed(client, owner, programme):
    client.post(address("edit_programme", programme.offer_id), PROGRAMME | {"is_open": "on"})
    programme.refresh_from_db()
    assert (programme.max_size, programme.is_open) == (10, True)


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"kind": ""}, "kind", "Kies een soort groep."),
        ({"min_size": "11"}, "min_size", "meer dan er in de groep kunnen"),
        ({"min_size": "0"}, "min_size", "van 1 tot en met 200"),
        ({"max_size": "veel"}, "max_size", "Typ een heel getal."),
        ({"minutes": "1441"}, "minutes", "van 1 tot en met 1440"),
    ],
)
def test_a_group_that_cannot_be(client, owner, programme, typed, field, text):
    answer = client.post(
        address("edit_programme", programme.offer_id), PROGRAMME | {"leaders": "Jo"} | typed
    )
    form = answer.context["form"]
    assert (set(form.errors), text in str(form.errors[field])) == ({field}, True)
    assert form["leaders"].value() == "Jo"


def test_the_page_says_how_many_look_for_it(client, owner, run):
    InterestFactory(programme=run.programme, run=run, count=4)
    InterestFactory(programme=run.programme, count=3)
    page = client.get(address("group", run.programme.offer_id)).content.decode()
    assert "7 belangstellend" in page
    assert "2 van 8 aangemeld, 4 belangstellend" in page
    assert "nog 2 nodig om te starten" in page


def test_a_group_that_nobody_described_asks_for_it(client, owner, offer):
    assert "Beschrijf de groep" in client.get(address("group", offer.pk)).content.decode()
    assert client.get(address("add_run", offer.pk)).url == address("edit_programme", offer.pk)


# --- starts ------------------------------------------------------------------------------------


def test_a_start_is_added(client, owner, programme, provider):
    place = LocationFactory(provider=provider)
    answer = client.post(
        address("add_run", programme.offer_id), typed_run(location=str(place.pk), ends_on="")
    )
    assert (answer.status_code, answer.url) == (302, address("group", programme.offer_id))
    run = GroupRun.objects.get()
    assert (run.starts_on, run.start_time, run.end_time, run.location) == (
        days_ago(-30),
        dt.time(16),
        dt.time(17, 30),
        place,
    )
    assert (run.places_left, run.places_confirmed_on) == (8, timezone.localdate())


def test_who_does_not_say_what_is_left_has_all_places_left(client, owner, programme):
    client.post(address("add_run", programme.offer_id), typed_run(places="8", places_left=""))
    run = GroupRun.objects.get()
    assert (run.places_left, run.places_confirmed_on) == (8, timezone.localdate())


def test_a_start_of_unknown_size_has_places_that_are_not_known(client, owner, programme):
    client.post(address("add_run", programme.offer_id), typed_run(places="", places_left=""))
    run = GroupRun.objects.get()
    assert (run.places_left, run.places_confirmed_on) == (None, None)


def test_a_double_tap_adds_one_start(client, owner, programme):
    for _ in range(2):
        answer = client.post(address("add_run", programme.offer_id), typed_run())
    assert "Deze start staat er al." in answer.content.decode()
    assert GroupRun.objects.count() == 1


# A day is counted when the test runs: the table may have been read before midnight.
WRONG = [
    ({"starts_on": ""}, "starts_on", "Vul de eerste dag in."),
    ({"starts_on": "morgen"}, "starts_on", "Typ een datum"),
    ({"starts_on": functools.partial(days_ago, 1), "enrol_by": ""}, "starts_on", "al voorbij"),
    ({"starts_on": "2999-01-01"}, "starts_on", "binnen twee jaar"),
    ({"ends_on": functools.partial(days_ago, -29)}, "ends_on", "voor de eerste"),
    ({"enrol_by": functools.partial(days_ago, -31)}, "enrol_by", "tot en met de eerste keer"),
    ({"enrol_by": "0027-01-01"}, "enrol_by", "Klopt het jaar 0027?"),
    ({"enrol_by": functools.partial(days_ago, 1)}, "enrol_by", "al voorbij"),
    ({"ends_on": "9999-12-31"}, "ends_on", "Klopt het jaar 9999?"),
    ({"end_time": "05:30"}, "end_time", "niet later dan het begin"),
    ({"end_time": "15:59"}, "end_time", "niet later dan het begin"),
    ({"start_time": ""}, "start_time", "hoe laat het begint"),
    ({"start_time": "vier uur", "end_time": ""}, "start_time", "Typ een tijd"),
    ({"places_left": "9"}, "places_left", "meer plekken vrij"),
    ({"places_left": "-1"}, "places_left", "van 0 tot en met 999"),
    ({"places": "0", "places_left": ""}, "places", "van 1 tot en met 999"),
    ({"places": "1000", "places_left": ""}, "places", "van 1 tot en met 999"),
    ({"location": "999999"}, "location", ""),
]


@pytest.mark.parametrize(("typed", "field", "text"), WRONG)
def test_a_start_that_cannot_be_is_said_beside_its_field(
    client, owner, programme, typed, field, text
):
    values = {name: value() if callable(value) else value for name, value in typed.items()}
    answer = client.post(address("add_run", programme.offer_id), typed_run(**values))
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert text in str(form.errors[field])
    assert not GroupRun.objects.exists()


def test_a_location_of_another_provider_cannot_be_chosen(client, owner, programme):
    foreign = LocationFactory()
    answer = client.post(
        address("add_run", programme.offer_id), typed_run(location=str(foreign.pk))
    )
    assert set(answer.context["form"].errors) == {"location"}


def stored(run, **changed):
    """What the browser sends of the form of this run."""
    return {
        "version": str(run.version),
        "starts_on": run.starts_on.isoformat(),
        "start_time": "16:00",
        "places": "8",
        "places_left": "6",
        "initial-places_left": "6",
        **changed,
    }


def change(client, run, **changed):
    return client.post(addresses(run)["edit_run"], stored(run, **changed))


def test_a_start_is_moved(client, owner, run):
    assert change(client, run, starts_on=days_ago(-21).isoformat()).status_code == 302
    run.refresh_from_db()
    assert (run.starts_on, run.version) == (days_ago(-21), 2)
    assert AuditEvent.objects.latest("id").changes["starts_on"] == [
        str(days_ago(-14)),
        str(days_ago(-21)),
    ]


def test_moving_a_start_is_no_news_about_places(client, owner, run):
    change(client, run, starts_on=days_ago(-21).isoformat())
    run.refresh_from_db()
    assert run.places_confirmed_on == days_ago(3)


def test_a_new_number_of_places_is_news(client, owner, run):
    change(client, run, places_left="2")
    run.refresh_from_db()
    assert (run.places_left, run.places_confirmed_on) == (2, timezone.localdate())


def test_places_a_colleague_counted_meanwhile_stay(client, owner, run):
    update_places(by=None, run=run, places_left=1)
    assert change(client, run, starts_on=days_ago(-21).isoformat()).status_code == 302
    run.refresh_from_db()
    assert (run.places_left, run.starts_on) == (1, days_ago(-21))


def test_the_form_tells_how_many_places_it_showed(client, owner, run):
    page = client.get(addresses(run)["edit_run"]).content.decode()
    assert '<input type="hidden" name="initial-places_left" value="6"' in page


def test_what_began_may_keep_its_first_day(client, owner, run):
    run.starts_on = days_ago(5)
    run.save()
    assert change(client, run, ends_on=days_ago(-30).isoformat()).status_code == 302


def test_two_people_at_once_the_second_sees_what_changed(client, owner, run):
    update_run(by=None, run=run, starts_on=days_ago(-28), start_time=dt.time(9, 30))
    answer = change(client, run, places_left="1")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Iemand anders heeft deze start net gewijzigd" in page
    stored_day = formats.date_format(days_ago(-28), "j F Y")
    typed_day = formats.date_format(days_ago(-14), "j F Y")
    assert f"Eerste keer: nu staat er {stored_day}, u typte {typed_day}." in page
    assert "Begint om: nu staat er 9.30 uur, u typte 16.00 uur." in page
    again = answer.context["form"].data
    assert client.post(addresses(run)["edit_run"], again).status_code == 302
    run.refresh_from_db()
    assert (run.places_left, run.starts_on) == (1, days_ago(-14))


def test_a_start_is_cancelled_and_comes_back(client, owner, run):
    place = addresses(run)["cancel_run"]
    assert "niet door?" in client.get(place).content.decode()
    client.post(place)
    run.refresh_from_db()
    assert (run.cancelled, run.version) == (True, 2)
    client.post(place, {"toch": "ja"})
    run.refresh_from_db()
    assert (run.cancelled, run.version) == (False, 3)


def test_cancelling_twice_is_cancelling_once(client, owner, run):
    for _ in range(2):
        client.post(addresses(run)["cancel_run"])
    run.refresh_from_db()
    assert (run.cancelled, run.version) == (True, 2)


def test_an_evening_may_end_after_midnight(client, owner, programme):
    hours = {"start_time": "19:30", "end_time": "00:30"}
    client.post(address("add_run", programme.offer_id), typed_run() | hours)
    assert GroupRun.objects.get().end_time == dt.time(0, 30)


def test_a_last_day_to_enrol_that_was_there_may_have_passed(client, owner, programme):
    run = GroupRunFactory(programme=programme, starts_on=days_ago(-20), enrol_by=days_ago(1))
    changed = typed_run() | {"enrol_by": days_ago(1).isoformat(), "places": "12", "version": "1"}
    changed["starts_on"] = days_ago(-20).isoformat()
    client.post(address("edit_run", programme.offer_id, run.pk), changed)
    run.refresh_from_db()
    assert run.places == 12
