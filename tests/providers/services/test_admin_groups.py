"""The admin of groups does what the services do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.models import AuditEvent, Confirmation
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    UserFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def typed(run, **changed):
    return {
        "programme": run.programme_id,
        "starts_on": run.starts_on,
        "start_time": "16:00",
        "places": "10",
        "places_left": "4",
        "places_confirmed_on": run.places_confirmed_on,
        **changed,
    }


def save(client, run, **changed):
    address = f"/beheer/providers/grouprun/{run.pk}/change/"
    assert client.post(address, typed(run, **changed)).status_code == 302
    run.refresh_from_db()


@pytest.fixture
def run():
    return GroupRunFactory(places_confirmed_on=days_ago(9))


def test_a_cancelled_run_is_seen_by_calendars(client, staff, run):
    save(client, run, cancelled="on")
    assert (run.cancelled, run.version) == (True, 2)
    assert AuditEvent.objects.latest("id").by == staff


def test_news_about_places_is_of_today(client, staff, run):
    save(client, run, places_left="2")
    assert run.places_confirmed_on == timezone.localdate()
    assert Confirmation.objects.get(run=run).by == staff


def test_another_change_is_no_news_about_places(client, staff, run):
    save(client, run, starts_on=days_ago(-20))
    assert run.places_confirmed_on == days_ago(9)


def test_the_search_hears_for_whom_a_group_is(client, staff):
    programme = GroupProgrammeFactory()
    data = {"offer": programme.offer_id, "kind": "oudergroep", "audience": "ouders"}
    client.post(f"/beheer/providers/groupprogramme/{programme.pk}/change/", data)
    programme.offer.index.refresh_from_db()
    assert programme.offer.index.for_family


def test_interest_is_to_look_at_only(client, staff):
    interest = InterestFactory()
    address = f"/beheer/providers/interest/{interest.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"count": "9"}).status_code == 403
    assert interest.sender not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"enrol_by": "0027-01-01"}, "enrol_by", "Klopt het jaar 0027?"),
        ({"enrol_by": days_ago(1).isoformat()}, "enrol_by", "al voorbij"),
        ({"starts_on": "9999-12-31"}, "starts_on", "Klopt het jaar 9999?"),
        ({"places_confirmed_on": "0026-01-01"}, "places_confirmed_on", "Klopt het jaar 0026?"),
        ({"start_time": "16:00", "end_time": "05:30"}, "end_time", "niet later dan het begin"),
    ],
)
def test_a_day_or_hour_that_cannot_be_is_said_beside_its_field(client, staff, typed, field, words):
    run = GroupRunFactory()
    url = reverse("admin:providers_grouprun_change", args=[run.pk])
    fields = {"programme": run.programme_id, "starts_on": run.starts_on.isoformat()}
    answer = client.post(url, fields | typed)
    assert words in " ".join(answer.context["adminform"].form.errors[field])
