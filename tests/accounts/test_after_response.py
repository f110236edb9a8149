"""Asking for a new password takes as long for an address that nobody has."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail import EmailMessage
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "bekend@voorbeeld.example", "niemand@voorbeeld.example"


@pytest.fixture(autouse=True)
def somebody():
    return UserFactory(email=KNOWN)


@pytest.fixture(autouse=True)
def connection_of_the_test():
    """A request begins and ends with closing connections: this test is still using its own."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def answer():
    """Return a function that asks as a server does; the answer is not closed yet."""

    def _answer(email):
        body = urlencode({"email": email}).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": reverse("account_reset_password"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "HTTP_COOKIE": f"csrftoken={'a' * 32}",
            "HTTP_X_CSRFTOKEN": "a" * 32,
        }
        return WSGIHandler()(environ, lambda status, headers: None)

    return _answer


def test_the_mail_goes_after_the_answer(answer):
    response = answer(KNOWN)
    assert response.status_code == 302
    assert b"".join(response) == b""
    assert mail.outbox == [], "not while the visitor waits"
    response.close()
    assert [message.to for message in mail.outbox] == [[KNOWN]]


def test_nothing_else_is_done_for_a_known_address(answer):
    done = []
    for email in (KNOWN, UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            response = answer(email)
        done.append([query["sql"].replace(email, "ADRES") for query in queries])
        response.close()
    assert done[0] == done[1]


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_a_mail_server_that_is_down_shows_to_nobody(client, email, monkeypatch, caplog):
    def refuse(message):
        raise OSError(f"cannot reach {KNOWN}")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer.status_code == 302
    assert KNOWN not in caplog.text
