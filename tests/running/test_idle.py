"""A log-in ends when nobody uses it, and everywhere when the password changes."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session

from tests.factories import MembershipFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
PORTAL = "/voor-aanbieders/"


def later(**how):
    return time_machine.travel(NOON + dt.timedelta(**how), tick=False)


@pytest.fixture
def member(log_in):
    """Somebody who logged in at noon."""
    with later():
        return log_in(MembershipFactory().user)


@pytest.mark.parametrize(("minutes", "status"), [(119, 200), (121, 302)])
def test_a_log_in_ends_two_hours_after_its_last_use(client, member, minutes, status):
    with later(minutes=minutes):
        assert client.get(PORTAL).status_code == status


def test_who_works_on_stays(client, member):
    for minutes in (100, 200, 300):
        with later(minutes=minutes):
            assert client.get(PORTAL).status_code == 200


def test_looking_at_pages_writes_the_session_only_now_and_then(client, member):
    before = Session.objects.get().session_data
    with later(minutes=4):
        client.get(PORTAL)
    assert Session.objects.get().session_data == before


def test_an_ended_log_in_says_why_and_is_gone(client, member):
    with later(minutes=121):
        page = client.get(PORTAL, follow=True).content.decode()
    assert "U was een tijd weg." in page
    assert "_auth_user_id" not in client.session


def test_a_new_password_ends_it_in_every_other_browser(client, member):
    other = StrictClient()
    other.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    with later(minutes=1):
        assert other.get(PORTAL).status_code == 200
    member.set_password("een heel ander wachtwoord van jan")
    member.save()
    assert [browser.get(PORTAL).status_code for browser in (client, other)] == [302, 302]
