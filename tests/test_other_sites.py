"""What another site can make a visitor's browser do here: ask, and then read nothing of it.

Only what reads is open to a form without a token; `tests/test_access_matrix.py` names what
writes.
"""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from tests.access_data import SAVES, TAPS
from tests.test_access_matrix import site, undone  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

# The button of a mail program ends mails without a page (RFC 8058): the signed code in the address
# stands for the token.
ONE_CLICK = "voor-gemeenten/kwartaalmail/<str:token>/"
# A tap on a telephone number, sent by a script: another site counts nothing with it
# (tests/search/counting/test_uses.py).
A_TAP = "aanbod/<int:pk>/gebeld/"
# A browser sends these along with a form or script of another site.
ELSEWHERE = {
    "origin": "https://kwaad.example",
    "referer": "https://kwaad.example/",
    "sec-fetch-site": "cross-site",
}
# Of an age alone no letter is made.
NO_LETTER = "/zoek/brief"
QUESTIONS = {
    "/": {"vraag": "somber"},
    "/suggesties": {"vraag": "som"},
    "/plaatsen": {"plaats": "lei"},
    "/lokaal-team/": {"plaats": "2312"},
    "/zoek": {"leeftijd": "14"},
    NO_LETTER: {"leeftijd": "14"},
}
WRITES = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.I)


def asked(address, data, client=None):
    """Return the answer to a form on another site, and the statements that wrote anything."""
    wrote = []

    def look(execute, sql, params, many, context):
        if WRITES.match(sql):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        answer = (client or Client(enforce_csrf_checks=True)).post(address, data, headers=ELSEWHERE)
    return answer, wrote


@pytest.mark.parametrize("address", QUESTIONS)
def test_a_question_from_elsewhere_writes_nothing_and_leaves_no_cookie(world, address):
    answer, wrote = asked(address, QUESTIONS[address])
    assert answer.status_code in ({422} if address == NO_LETTER else {200, 302})
    assert (wrote, set(answer.cookies)) == ([], set())


@pytest.mark.parametrize("address", QUESTIONS)
@pytest.mark.parametrize("role", ["editor", "staff"])
def test_a_question_in_the_name_of_a_member_changes_nothing_either(world, address, role):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world[1][role], backend=settings.AUTHENTICATION_BACKENDS[0])
    _answer, wrote = asked(address, QUESTIONS[address], client)
    assert wrote == []


@pytest.mark.parametrize("address", QUESTIONS)
def test_a_member_and_a_stranger_get_the_same_answer(world, address):
    member = Client(enforce_csrf_checks=True)
    member.force_login(world[1]["editor"], backend=settings.AUTHENTICATION_BACKENDS[0])
    theirs, _wrote = asked(address, QUESTIONS[address], member)
    others, _wrote = asked(address, QUESTIONS[address])
    assert (theirs.status_code, theirs.get("Location")) == (
        others.status_code,
        others.get("Location"),
    )
    assert theirs.content == others.content


@pytest.mark.parametrize("address", QUESTIONS)
@pytest.mark.parametrize("data", ["fits", "refused"])
def test_another_site_cannot_read_the_answer(world, address, data):
    typed = QUESTIONS[address] if data == "fits" else {"vraag": "bel 06 12345678", "plaats": "x"}
    answer, _wrote = asked(address, typed)
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    # Nor in a frame, nor as the script it is not, nor through a window it opened.
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_browser_is_not_allowed_to_send_more_than_a_form(world):
    for address in QUESTIONS:
        answer = Client().options(
            address, headers=ELSEWHERE | {"access-control-request-method": "POST"}
        )
        assert answer.status_code == 405
        assert "Access-Control-Allow-Origin" not in answer


# --- everything that writes ---------------------------------------------------------------------


def callbacks(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from callbacks(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def test_only_questions_and_the_api_that_reads_are_without_a_token():
    open_to_all = {route for route, view in callbacks() if getattr(view, "csrf_exempt", False)}
    expected = {*(address[1:] for address in QUESTIONS), ONE_CLICK, A_TAP}
    assert expected == {
        route for route in open_to_all if not route.removeprefix("^").startswith("api")
    }


def test_what_writes_refuses_a_form_of_another_site(site):  # noqa: F811
    through = []
    for route in {*SAVES, *TAPS} - {ONE_CLICK}:
        data = site.data_for(route)
        client = Client(enforce_csrf_checks=True)
        client.force_login(site.users["editor"], backend=settings.AUTHENTICATION_BACKENDS[0])
        with undone() as written:
            answer = client.post(site.path(route), data, headers=ELSEWHERE)
        if (answer.status_code, written) != (403, []):
            through.append((route, answer.status_code, written))
    assert through == []
