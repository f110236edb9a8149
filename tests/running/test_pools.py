"""Two pools of machines: reading takes no write, and who wrote is known by a cookie."""

import contextlib
import datetime as dt
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from django.urls import resolve, reverse
from django.utils.connection import ConnectionDoesNotExist

from providers.models.policy import Searched, Used
from providers.services.policy.demand import add_demand
from providers.services.policy.offer_use import add_uses
from socialekaart.running import pools
from tests.factories import MembershipFactory, OfferFactory
from tests.page_rows import PAGES
from tests.strict_client import StrictClient
from tests.test_every_page import ask

pytestmark = pytest.mark.django_db

# A question, and what is offered while it is typed: the proxy sends these to the read pool too.
ONLY_ASK = {
    "": {"vraag": "meisje 14 somber Leiden"},
    "plaatsen": {"plaats": "lei"},
    "suggesties": {"vraag": "som"},
}


@contextlib.contextmanager
def replica():
    """Let the database take no write, as on a standby (`default_transaction_read_only`)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
            try:
                yield
            finally:
                cursor.execute("PRAGMA query_only = 0")
        else:
            # What waits for the end of the transaction is checked while it may still lock rows.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # Cannot be undone: until the transaction of the test ends.
            cursor.execute("SET LOCAL transaction_read_only = on")
            yield


def refused(ask_for):
    """Return whether the database refused what this wrote."""
    try:
        with transaction.atomic():
            ask_for()
    except DatabaseError:
        return True
    return False


def test_a_replica_refuses_writes():
    with replica():
        assert refused(OfferFactory)


def test_a_replica_answers_every_page_that_is_asked_for_without_a_log_in(world):
    pages = {
        route: page
        for route, page in PAGES.items()
        if page.method == "get" and page.expected["anonymous"] in {200, 302}
    }
    with replica():
        wrote = [
            route
            for route, page in pages.items()
            if refused(lambda route=route, page=page: ask(world, page, route, "anonymous"))
        ]
    assert wrote == []


@pytest.mark.parametrize("path", ONLY_ASK)
def test_a_replica_answers_questions(world, path):
    with replica():
        assert StrictClient().post(f"/{path}", ONLY_ASK[path]).status_code in {200, 302}


def test_a_replica_answers_the_letter_of_referral(world):
    with replica():
        answer = StrictClient().post("/zoek/brief", {"hulpvraag": "somberheid"})
    assert answer.status_code == 200


# --- who just wrote ------------------------------------------------------------------------------


@pytest.fixture
def write_pool(settings):
    """Run as a machine of the write pool does."""
    settings.MIDDLEWARE = ["socialekaart.running.pools.WroteMiddleware", *settings.MIDDLEWARE]


def test_who_wrote_is_sent_to_the_primary_for_five_seconds(client, log_in, write_pool):
    offer = OfferFactory()
    log_in(MembershipFactory(provider=offer.provider).user)
    answer = client.post(reverse("selfservice:confirm_offer", args=[offer.pk]))
    assert answer.cookies[pools.COOKIE]["max-age"] == 5


def test_who_only_asked_is_not(client, write_pool):
    assert pools.COOKIE not in client.post("/", ONLY_ASK[""]).cookies
    assert pools.COOKIE not in client.get("/").cookies


# --- what a machine is told ----------------------------------------------------------------------

SETTINGS = """
import json
from socialekaart import settings as s
print(json.dumps([
    {name: one["HOST"] for name, one in s.DATABASES.items()}, s.WRITE_DATABASE,
    s.DATABASES["default"].get("ATOMIC_REQUESTS", False),
    "socialekaart.running.pools.WroteMiddleware" in s.MIDDLEWARE,
]))
"""
REPLICA = {"DATABASE_URL": "postgresql://kaart@replica.example/kaart"}
PRIMARY = {"DATABASE_PRIMARY_URL": "postgresql://kaart@primary.example/kaart"}
REDIS = {"REDIS_URL": "redis://r.example/0"}


def started(tmp_path, given):
    return subprocess.run(
        [sys.executable, "-c", SETTINGS],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "VAR_DIR": str(tmp_path), **given},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.each_engine
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (REPLICA, [{"default": "replica.example"}, "default", False, False]),
        (
            {"POOL": "read", **REPLICA, **PRIMARY, **REDIS},
            [
                {"default": "replica.example", "primary": "primary.example"},
                "primary",
                True,
                False,
            ],
        ),
        ({"POOL": "write", **REPLICA}, [{"default": "replica.example"}, "default", False, True]),
    ],
)
def test_each_pool_has_its_databases(tmp_path, given, expected):
    assert json.loads(started(tmp_path, given).stdout) == expected


@pytest.mark.parametrize("missing", [PRIMARY, REDIS])
def test_a_machine_that_reads_must_know_where_to_write(missing):
    given = {"primary": {}, "redis": "redis://r.example/0"}
    given |= {"primary": None} if missing is PRIMARY else {"redis": ""}
    with pytest.raises(pools.ImproperlyConfigured, match=next(iter(missing))):
        pools.reading({"ENGINE": "django.db.backends.postgresql"}, **given)


def test_sqlite_has_no_pool_of_readers():
    with pytest.raises(pools.ImproperlyConfigured, match="SQLite"):
        pools.reading({"ENGINE": "django.db.backends.sqlite3"}, primary={}, redis="redis://r/0")


SEARCHED = Searched("GM0546", "", "somberheid", "12-15", "", "niets", "")


@pytest.mark.parametrize(
    ("add", "counted"), [(add_demand, SEARCHED), (add_uses, Used(1, "gebeld"))]
)
def test_what_is_counted_goes_to_the_primary(settings, add, counted):
    """Nothing of that name is there in a test, so it is asked for in vain."""
    settings.WRITE_DATABASE = "primary"
    with pytest.raises(ConnectionDoesNotExist, match="primary"):
        add(by=None, counts={(dt.date(2026, 11, 2), counted): 3})


@pytest.mark.parametrize("name", ["alive", "ready"])
def test_health_is_told_without_a_transaction(name):
    """Or a machine whose database is down would count as dead, and be restarted for it."""
    assert resolve(reverse(f"site:{name}")).func._non_atomic_requests == {"default"}
