"""Limits hold: whoever floods the site, comes from many addresses or asks for every place."""

import datetime as dt

import pytest
from django.conf import settings as real
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.limits import ApiThrottle, LimitsCache, limits
from accounts.network import network_of
from providers.geography.places import find_place
from search.signals.taps import TapThrottle
from tests.factories import OfferFactory, PostalAreaFactory, UserFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

IN_TABLE = {
    "BACKEND": "accounts.limits.LimitsCache",
    "LOCATION": "limits",
    "OPTIONS": {"MAX_ENTRIES": 3},
}
PASSWORD = "een-lang-wachtwoord-1"


@pytest.fixture
def in_table(settings):
    """Count in the database, as a real site does; more than three rows is already many."""
    settings.CACHES = settings.CACHES | {"limits": IN_TABLE}


def asking(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM limits")
        return cursor.fetchall()


# --- the network ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("geen adres\n", "geen_adres_"),
    ],
)
def test_a_limit_counts_an_address_or_a_network_of_ipv6(address, network):
    assert network_of(asking(address)) == network


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_all_addresses_of_a_household_are_one(one, other):
    base = 0x2001_0DB8_0001_0002 << 64
    found = {network_of(asking(_ip(base + host))) for host in (one, other)}
    assert found == {"2001:db8:1:2::"}


def _ip(number):
    return ":".join(f"{(number >> shift) & 0xFFFF:x}" for shift in range(112, -1, -16))


@pytest.mark.parametrize(("behind", "network"), [(False, "198.51.100.1"), (True, "203.0.113.9")])
def test_only_a_proxy_of_ours_is_believed_and_only_its_own_word(settings, behind, network):
    settings.BEHIND_PROXY = behind
    sent = "192.0.2.1, 192.0.2.2, 203.0.113.9"
    assert network_of(asking("198.51.100.1", HTTP_X_FORWARDED_FOR=sent)) == network


# --- the store -----------------------------------------------------------------------------------


def test_a_real_site_counts_where_all_workers_look():
    from socialekaart.settings import CACHES, REST_FRAMEWORK

    assert CACHES["limits"]["BACKEND"] == "accounts.limits.LimitsCache"
    assert REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] == ["accounts.limits.ApiThrottle"]


def test_another_worker_sees_what_this_one_counted(in_table):
    limits.set("taps", [1.0], 60)
    other_worker = LimitsCache("limits", {"OPTIONS": {"MAX_ENTRIES": 3}})
    assert other_worker.get("taps") == [1.0]


def test_a_flood_of_others_takes_no_count_away(in_table):
    limits.set("mine", [1.0], 3600)
    for number in range(50):
        limits.set(f"other-{number}", [1.0], 3600)
    assert limits.get("mine") == limits.get("other-0") == [1.0]


def test_what_has_expired_makes_room(in_table):
    for number in range(5):
        limits.set(f"old-{number}", [1.0], -3600)
    limits.set("new", [1.0], 3600)
    assert len(rows()) <= IN_TABLE["OPTIONS"]["MAX_ENTRIES"]


def test_no_network_is_remembered_longer_than_its_limit(in_table, monkeypatch):
    monkeypatch.setattr(ApiThrottle, "rate", "5/min", raising=False)
    StrictClient().get("/api/v1/offers")
    ((_key, until),) = rows()
    until = dt.datetime.fromisoformat(str(until)).replace(tzinfo=dt.UTC)
    assert until <= timezone.now() + dt.timedelta(minutes=1)


# --- what could switch them off ------------------------------------------------------------------


POSTCODES = range(5000, 5100)


@pytest.fixture
def small_cache(settings):
    """The 4,060 postcodes of the country pushed all counts out of a shared store of 2,000."""
    small = real.CACHES["default"] | {"OPTIONS": {"MAX_ENTRIES": 20}}
    settings.CACHES = settings.CACHES | {"default": small}


def test_asking_for_every_postcode_touches_no_limit(in_table, small_cache, region):
    codes = [PostalAreaFactory(code=str(code), municipality=region.leiden).pk for code in POSTCODES]
    cache.clear()
    limits.set("taps", [1.0], 3600)
    limits.set("log-ins", [1.0], 3600)
    assert all(find_place(code) for code in codes)
    assert limits.get("taps") == limits.get("log-ins") == [1.0]


def test_who_asks_for_many_places_stays_limited(in_table, small_cache, region, monkeypatch):
    monkeypatch.setattr(TapThrottle, "rate", "1/hour")
    # Before the first question: which places there are is looked up once.
    codes = [PostalAreaFactory(code=str(code), municipality=region.leiden).pk for code in POSTCODES]
    client, offer = StrictClient(), OfferFactory(municipalities=[region.leiden])
    report = f"/aanbod/{offer.pk}/melden/"
    client.post(report, {"melding": "past-niet:taal"})
    for code in codes:
        assert f'value="{code}' in client.get(f"/?plaats={code}").content.decode()
    answer = client.post(report, {"melding": "vol"}, follow=True)
    assert "over een uur opnieuw" in answer.content.decode()


@pytest.mark.parametrize(
    "addresses",
    [
        ["203.0.113.9"] * 2,
        ["2001:db8:1:2::1", "2001:db8:1:2:ffff::7"],
        ["203.0.113.9", "::ffff:203.0.113.9"],
    ],
)
def test_the_api_counts_a_network(in_table, monkeypatch, addresses):
    monkeypatch.setattr(ApiThrottle, "rate", "1/min", raising=False)
    found = [StrictClient().get("/api/v1/offers", REMOTE_ADDR=one) for one in addresses]
    assert [answer.status_code for answer in found] == [200, 429]


def test_each_network_has_a_limit_of_its_own(in_table, monkeypatch):
    monkeypatch.setattr(ApiThrottle, "rate", "1/min", raising=False)
    for address in ("2001:db8:1:2::1", "2001:db8:1:3::1", "203.0.113.9", "203.0.113.10"):
        assert StrictClient().get("/api/v1/offers", REMOTE_ADDR=address).status_code == 200


def test_who_is_logged_in_is_limited_as_anybody(in_table, log_in, client, monkeypatch):
    log_in()
    monkeypatch.setattr(TapThrottle, "rate", "1/hour")
    report = f"/aanbod/{OfferFactory().pk}/melden/"
    answers = [client.post(report, {"melding": "vol"}, follow=True) for _ in range(2)]
    assert "over een uur opnieuw" in answers[1].content.decode()


def test_guesses_at_a_password_are_counted_per_network(in_table, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/ip"}
    user = UserFactory(email="jan@voorbeeld.example")
    user.set_password(PASSWORD)
    user.save()
    guess = {"login": "jan@voorbeeld.example", "password": "verkeerd-verkeerd"}
    for host in range(1, 4):
        StrictClient().post("/account/login/", guess, REMOTE_ADDR=f"2001:db8:1:2::{host}")
    right = guess | {"password": PASSWORD}
    here = StrictClient().post("/account/login/", right, REMOTE_ADDR="2001:db8:1:2::99")
    elsewhere = StrictClient().post("/account/login/", right, REMOTE_ADDR="2001:db8:1:3::1")
    assert (here.status_code, elsewhere.status_code) == (200, 302)


def test_looking_around_writes_nothing(in_table, region):
    for address in ("/", "/?hulpvraag=somberheid&plaats=2311", "/groepen/", "/over-wachttijden/"):
        StrictClient().get(address)
    assert rows() == []
