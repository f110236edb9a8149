"""When the database is not there: a page that says so, and no long wait for it."""

import pytest
from django.db import DataError, OperationalError, connection

from socialekaart.running import faults, statements
from socialekaart.running.headers import PERMISSIONS
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing(monkeypatch):
    """Return what makes every view meet this error."""

    def fail_with(error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("django.core.handlers.base.BaseHandler.check_response", fail)
        return StrictClient(raise_request_exception=False)

    return fail_with


def test_visitors_get_a_page_that_says_when_to_try_again(failing):
    answer = failing(OperationalError("Isa")).get("/over-wachttijden/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "De site is even niet te bereiken" in answer.content.decode()
    assert "112" in answer.content.decode()


def test_programs_get_a_problem(failing):
    answer = failing(OperationalError("Isa")).get("/api/v1/offers")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer.json()["title"] == "De gegevens zijn even niet te bereiken"


@pytest.mark.parametrize("path", ["/over-wachttijden/", "/api/v1/offers"])
def test_a_row_that_is_refused_is_a_fault_of_ours(failing, path):
    answer = failing(DataError("Isa")).get(path)
    assert (answer.status_code, answer.get("Retry-After")) == (500, None)
    assert "Isa" not in answer.content.decode()


@pytest.fixture
def own_connection():
    """A connection of this test's own: its limits stay with it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server; it waits 20 seconds for another writer")
    other = connection.copy()
    other.connect()
    yield other
    other.close()


def test_no_statement_of_a_visitor_takes_for_ever(settings, own_connection):
    settings.DATABASE_STATEMENT_SECONDS = 1
    faults._limit(own_connection)
    with (
        pytest.raises(OperationalError, match="statement timeout"),
        own_connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_sleep(5)")


@pytest.mark.parametrize(("is_pooled", "found"), [(False, "off"), (True, "on")])
def test_no_statement_of_a_visitor_is_compiled(settings, own_connection, is_pooled, found):
    """Behind PgBouncer the next transaction is another server's: there nothing is set."""
    settings.DATABASE_POOLED = is_pooled
    with own_connection.cursor() as cursor:
        cursor.execute("SET jit = on")
        statements._never_compile(own_connection)
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == (found,)


def test_a_database_that_hangs_is_given_up(settings, monkeypatch, own_connection):
    """A server that is stopped ends no statement itself; here it has no limit."""
    monkeypatch.setattr(faults, "PATIENCE_SECONDS", -0.8)
    settings.DATABASE_STATEMENT_SECONDS = 1
    faults._limit(own_connection)
    with own_connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        with pytest.raises(OperationalError):
            cursor.execute("SELECT pg_sleep(5)")
    assert own_connection.connection.closed


def test_every_answer_closes_what_no_page_uses(client):
    assert client.get("/over-wachttijden/")["Permissions-Policy"] == PERMISSIONS
    assert "camera=()" in PERMISSIONS
