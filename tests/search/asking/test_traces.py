"""Everything the application writes, searched for what somebody typed.

A real server on this machine is asked things with a made-up name in them, while every log is
written to a file at its most talkative, SQL and all. After that the name must be nowhere: in no
log, table, session, cache, mail, cookie, header, address or page, except in the one field in
which the person who typed it may correct it.
"""

import html
import logging
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection, connections

from search.asking import views as asking_views
from search.results import views as search_views
from tests.factories import HelpQuestionFactory, OfferFactory, SearchWordFactory, UserFactory

pytestmark = pytest.mark.django_db

# No word of ours, and like none of ours.
MARKS = ("xaverijn", "quistenbiel", "fladderoogst", "111222333", "12345678", "3-4-2012")
STORY = "Xaverijn Quistenbiel is 14 en somber sinds de fladderoogst bij Xaverijns oma"
REFUSED = {
    "bsn": "Quistenbiel 111222333 somber",
    "e-mail": "mail xaverijn@quistenbiel.example somber",
    "phone": "bel Xaverijn 06 12345678 somber",
    "birth date": "Quistenbiel 3-4-2012 somber",
    "too long": "Xaverijn Quistenbiel " * 12,
}
LOGGERS = ("", "django", "django.request", "django.server", "django.db.backends", "django.security")


def traces(text):
    return [mark for mark in MARKS if mark in str(text).lower()]


# --- a server that tells everything --------------------------------------------------------------


class TalkativeServer(ThreadedWSGIServer):
    """Django's own server, which logs every request, on the connection of the test."""

    # A request is logged after it is answered: to be over with it is to have logged it.
    daemon_threads = False

    def _close_connections(self):
        pass

    def finish(self):
        self.shutdown()
        self.server_close()


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    """Write every log to one file, with each statement and its values."""
    path = tmp_path / "everything.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(args)s"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        monkeypatch.setattr(logger, "disabled", False)
        if not logger.propagate or not name:
            logger.addHandler(handler)
    monkeypatch.setattr(connection, "force_debug_cursor", True)
    logging.Logger.manager._clear_cache()
    yield path
    for name in LOGGERS:
        logging.getLogger(name).removeHandler(handler)
    handler.close()
    logging.Logger.manager._clear_cache()


@pytest.fixture
def site(log_file, settings, region, monkeypatch):
    settings.ROOT_URLCONF = "tests.broken_urls"
    settings.ADMINS = [("Beheer", "beheer@voorbeeld.example")]
    shared = connections["default"]
    shared.inc_thread_sharing()
    # The end of a request, or of its thread, must not end the transaction of the test.
    for closing in ("close", "close_if_unusable_or_obsolete"):
        monkeypatch.setattr(shared, closing, lambda: None)
    server = TalkativeServer(
        ("localhost", 0),
        WSGIRequestHandler,
        allow_reuse_address=False,
        connections_override={"default": shared},
    )
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.finish()
    thread.join()
    shared.dec_thread_sharing()


class Answer:
    """What came back: status, headers and text."""

    def __init__(self, response):
        self.status = response.status
        self.headers = str(response.headers)
        self.referrer_policy = response.headers.get("Referrer-Policy")
        self.location = response.headers.get("Location", "")
        self.text = response.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Visitor:
    """Keeps its cookies and everything it was sent."""

    def __init__(self, site):
        self.finish, self.jar, self.answers = site.finish, CookieJar(), []
        self.site = f"http://localhost:{site.server_port}"
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(cookies, _Stay())

    def get(self, path):
        return self._send(urllib.request.Request(self.site + path))  # noqa: S310

    def post(self, path, *, token=True, **fields):
        if token:
            fields["csrfmiddlewaretoken"] = self.token
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self._send(urllib.request.Request(self.site + path, data=body))  # noqa: S310

    @property
    def token(self):
        page = self.get("/").text
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def _send(self, request):
        try:
            response = self.opener.open(request)
        except urllib.error.HTTPError as error:
            response = error
        self.answers.append(Answer(response))
        return self.answers[-1]


@pytest.fixture
def visitor(site):
    HelpQuestionFactory(code="somberheid", label="Somber")
    SearchWordFactory(text="verdrietig", help_question_id="somberheid")
    OfferFactory(help_questions=["somberheid"], title="Uit de put")
    return Visitor(site)


# --- where it could have stayed ------------------------------------------------------------------


def every_table():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield table, str(cursor.fetchall())


def left_behind(log_file, visitor):
    """Return where any of the marks is found; the pages themselves are looked at apart."""
    visitor.finish()
    places = {
        "the log": log_file.read_text(encoding="utf-8"),
        "the sessions": [row.get_decoded() for row in Session.objects.all()],
        "the caches": [[*caches[name]._cache.items()] for name in settings.CACHES],
        "the mail": [f"{one.subject} {one.body} {one.alternatives}" for one in mail.outbox],
        "the headers": [answer.headers for answer in visitor.answers],
        "the cookies": [f"{cookie.name}={cookie.value}" for cookie in visitor.jar],
        **dict(every_table()),
    }
    return {place: traces(found) for place, found in places.items() if traces(found)}


def shown(answer):
    """Return the marks in a page, outside the field in which they were typed."""
    field = re.search(r'<input[^>]*name="vraag"[^>]*>', answer.text)
    return traces(html.unescape(answer.text.replace(field[0], "") if field else answer.text))


# --- what is typed -------------------------------------------------------------------------------


def test_the_log_is_as_talkative_as_it_can_be(visitor, log_file):
    visitor.post("/", vraag="somber")
    visitor.get("/?hulpvraag=somberheid")
    visitor.finish()
    log = log_file.read_text(encoding="utf-8")
    assert '"POST / HTTP/1.1" 302' in log
    assert "django.db.backends DEBUG" in log
    assert "'somberheid'" in log


def test_a_mark_that_stays_behind_is_found(visitor, log_file):
    UserFactory(name="Xaverijn")
    visitor.get("/?woord=quistenbiel")
    found = left_behind(log_file, visitor)
    assert found["accounts_user"] == ["xaverijn"]
    assert "quistenbiel" in found["the log"]


def test_a_question_leaves_nothing_behind(visitor, log_file):
    answer = visitor.post("/", vraag=STORY)
    assert (answer.status, traces(answer.location)) == (302, [])
    visitor.get(urllib.parse.urlsplit(answer.location)._replace(scheme="", netloc="").geturl())
    assert visitor.answers[-1].status == 200
    assert left_behind(log_file, visitor) == {}
    assert [shown(answer) for answer in visitor.answers if shown(answer)] == []


def test_a_question_of_somebody_logged_in_leaves_nothing_behind(visitor, log_file, client):
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    visitor.opener.addheaders.append(("Cookie", f"sessionid={client.cookies['sessionid'].value}"))
    visitor.post("/", vraag=STORY)
    assert Session.objects.exists()
    assert left_behind(log_file, visitor) == {}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_question_that_is_refused_leaves_nothing_behind(visitor, log_file, text):
    answer = visitor.post("/", vraag=text)
    assert answer.status == 422
    assert left_behind(log_file, visitor) == {}
    assert shown(answer) == []


@pytest.mark.parametrize("text", [STORY, *REFUSED.values()], ids=["story", *REFUSED])
def test_suggestions_leave_nothing_behind(visitor, log_file, text):
    answer = visitor.post("/suggesties", vraag=text)
    assert traces(answer.text) == []
    assert left_behind(log_file, visitor) == {}


def test_a_name_in_another_field_leaves_nothing_behind(visitor, log_file):
    fields = {"hulpvraag": "Quistenbiel", "woord": "xaverijn", "leeftijd": "Xaverijn", "ook": "x"}
    visitor.post("/", vraag="somber", **fields)
    visitor.post("/", vraag="somber", **fields | {"leeftijd": "14"})
    assert left_behind(log_file, visitor) == {}


@pytest.mark.parametrize("path", ["/", "/plaatsen", "/groepen/"])
def test_a_name_in_the_field_of_the_place_leaves_nothing_behind(visitor, log_file, path):
    visitor.post(path, vraag="somber", plaats="Xaverijn Quistenbiel")
    assert left_behind(log_file, visitor) == {}


def test_what_is_missing_leaves_nothing_behind(visitor, log_file):
    names = ("hulpvraag", "andere", "leeftijd", "gemeente", "reden", "toelichting")
    answer = visitor.post("/meld-ontbrekend-aanbod/", **dict.fromkeys(names, STORY))
    assert answer.status == 422
    assert shown(answer) == []
    assert left_behind(log_file, visitor) == {}


# --- what goes wrong -----------------------------------------------------------------------------


def test_a_page_that_does_not_exist_tells_nothing(visitor, log_file):
    answer = visitor.post("/bestaat-niet/", vraag=STORY)
    assert (answer.status, shown(answer)) == (404, [])
    assert left_behind(log_file, visitor) == {}


def test_a_form_without_its_token_tells_nothing(visitor, log_file):
    answer = visitor.post("/meld-ontbrekend-aanbod/", token=False, toelichting=STORY)
    assert (answer.status, shown(answer)) == (403, [])
    assert left_behind(log_file, visitor) == {}


def test_a_question_needs_no_token_and_leaves_nothing_behind_without(visitor, log_file):
    answer = visitor.post("/", token=False, vraag=STORY)
    assert (answer.status, shown(answer)) == (302, [])
    assert left_behind(log_file, visitor) == {}


def test_a_request_that_is_refused_tells_nothing(visitor, log_file):
    answer = visitor.post("/raar/", vraag=STORY)
    assert (answer.status, shown(answer)) == (400, [])
    assert left_behind(log_file, visitor) == {}


def test_the_programs_side_tells_nothing(visitor, log_file):
    answer = visitor.post("/api/v1/offers", vraag=STORY)
    assert (answer.status, traces(answer.text)) == (405, [])
    assert left_behind(log_file, visitor) == {}


@pytest.mark.parametrize(
    ("path", "module", "broken"),
    [("/", search_views, "AskForm"), ("/suggesties", asking_views, "suggestions")],
)
def test_a_fault_of_ours_tells_nothing_also_not_to_who_is_mailed(
    visitor, log_file, monkeypatch, path, module, broken
):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    visitor.jar.clear()
    token = visitor.token
    monkeypatch.setattr(module, broken, fail)
    answer = visitor.post(path, token=False, csrfmiddlewaretoken=token, vraag=STORY)
    assert (answer.status, shown(answer)) == (500, [])
    assert "ZeroDivisionError" in mail.outbox[0].body
    assert left_behind(log_file, visitor) == {}


def test_no_page_tells_another_site_where_it_came_from(visitor):
    visitor.post("/", vraag=STORY)
    visitor.post("/", vraag=REFUSED["phone"])
    visitor.post("/bestaat-niet/", vraag=STORY)
    assert {answer.referrer_policy for answer in visitor.answers} == {"same-origin"}
