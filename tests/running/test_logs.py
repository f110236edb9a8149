"""A log line tells where and when, and never what somebody typed."""

import io
import json
import logging
from logging.config import dictConfig

import pytest
from django.db import OperationalError
from django.test import override_settings

from socialekaart.running import request_id
from socialekaart.running.configured import logging_of
from socialekaart.running.logs import JsonFormatter, LineFormatter, OneLinePerFault
from tests.strict_client import StrictClient

SECRET = "Isa van 14 uit Leiden"


def record_of(error, name="django.request"):
    """Return the record of an error that was raised for real, with another as its cause."""
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise error from cause
    except type(error) as raised:
        found = (type(raised), raised, raised.__traceback__)
    return logging.LogRecord(name, logging.ERROR, __file__, 1, "Fout: %s", ("/groepen/",), found)


def lines_of(record):
    line = LineFormatter("{levelname} [{request_id}] {message}", style="{")
    return {"line": line.format(record), "json": JsonFormatter().format(record)}


@pytest.mark.parametrize("kind", ["line", "json"])
def test_an_error_tells_its_kind_and_place_but_not_its_text(kind):
    written = lines_of(record_of(ValueError(SECRET)))[kind]
    assert SECRET not in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "record_of" in written


def test_json_is_one_object_a_line_with_the_number_of_the_request():
    token = request_id.current.set("0123abcd")
    try:
        written = lines_of(record_of(ValueError(SECRET)))["json"]
    finally:
        request_id.current.reset(token)
    assert "\n" not in written
    found = json.loads(written)
    assert (found["level"], found["message"], found["request_id"]) == (
        "ERROR",
        "Fout: /groepen/",
        "0123abcd",
    )


@pytest.fixture(params=["line", "json"])
def log(request, monkeypatch):
    """Return what the program writes in one of its formats, with handlers as in production."""
    written, handlers = io.StringIO(), logging.root.handlers[:]
    monkeypatch.setattr("sys.stderr", written)
    dictConfig(logging_of(request.param, level="INFO"))
    yield written.getvalue
    logging.root.handlers[:] = handlers


REFUSED = {
    "no page": (404, "/xaverijn/", "GET none"),
    "no offer": (404, "/aanbod/9-xaverijn/", "GET search:offer"),
    "no such method": (405, "/gezond?q=xaverijn", "other site:alive"),
    "no token": (403, "/account/login/?q=xaverijn", "POST account_login"),
    "wrong host": (400, "/xaverijn/", "GET none, host not allowed"),
    "no host passed": (400, "/xaverijn/", "GET none, asked for by this machine's own name"),
}
HOSTS = {"wrong host": "xaverijn.example", "no host passed": "127.0.0.1:8000"}
METHODS = {"no such method": "XAVERIJN", "no token": "POST"}


@pytest.mark.django_db
@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_request_is_written_in_words_of_our_own(log, settings, case):
    settings.ALLOWED_HOSTS = ["testserver"]
    status, path, called = REFUSED[case]
    client = StrictClient(enforce_csrf_checks=case == "no token", raise_request_exception=False)
    sent = {"HTTP_HOST": HOSTS[case]} if case in HOSTS else {}
    answer = client.generic(METHODS.get(case, "GET"), path, "naam=xaverijn", **sent)
    written = log()
    assert answer.status_code == status
    assert f"({status}): {called}" in written
    assert answer["X-Request-ID"] in written
    assert "xaverijn" not in written.lower()


def test_a_refused_request_is_one_line():
    record = record_of(ValueError("x"), "django.security.TooManyFieldsSent")
    assert OneLinePerFault().filter(record)
    assert record.exc_info is None


def test_a_database_that_is_down_is_one_line_for_all_requests(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("socialekaart.running.logs.time.monotonic", lambda: now[0])
    filtering = OneLinePerFault()
    records = [record_of(OperationalError(SECRET)) for _request in range(4)]
    assert [filtering.filter(record) for record in records[:3]] == [True, False, False]
    assert "0 more" in records[0].getMessage()
    now[0] += filtering.seconds
    assert filtering.filter(records[3])
    assert "OperationalError" in records[3].getMessage()
    assert "2 more" in records[3].getMessage()
    assert SECRET not in lines_of(records[3])["line"]


@pytest.mark.django_db
class TestRequestId:
    def test_each_answer_has_its_own(self, client):
        numbers = {client.get("/gezond")["X-Request-ID"] for _request in range(2)}
        assert len(numbers) == 2
        assert all(len(number) == 32 for number in numbers)

    @pytest.mark.parametrize(
        ("behind", "given", "is_taken"),
        [(True, "0123-abcd", True), (True, "Isa uit Leiden", False), (False, "0123-abcd", False)],
    )
    def test_only_a_number_of_our_own_proxy_is_taken(self, client, behind, given, is_taken):
        with override_settings(BEHIND_PROXY=behind):
            answer = client.get("/gezond", headers={"X-Request-ID": given})
        assert (answer["X-Request-ID"] == given) is is_taken
