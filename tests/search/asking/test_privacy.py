"""What somebody types reaches no address, session, cookie, log or later page."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict

from tests.factories import OfferFactory
from tests.pages import attribute, element, elements, text_of

pytestmark = pytest.mark.django_db

STORY = "Fleurtje Zonnedauw is 14 en somber"
NAMES = ("fleurtje", "zonnedauw")
REFUSED = {
    "bsn": ("111222333", "burgerservicenummer"),
    "e-mail": ("fleurtje@voorbeeld.example", "e-mailadres"),
    "phone": ("06 12345678", "telefoonnummer"),
    "birth date": ("3-4-2012", "geboortedatum"),
}


@pytest.fixture(autouse=True)
def catalogue(reference):
    # The real words: what else a line says weighs along, names not in the least.
    OfferFactory(help_questions=["somberheid"])


def has_a_name(text):
    return any(name in text.lower() for name in NAMES)


def tell(client, text=STORY, **fields):
    return client.post("/", {"vraag": text, **fields})


def test_text_is_answered_with_an_address_of_codes(client):
    answer = tell(client)
    assert answer.status_code == 302
    query = QueryDict(answer.url.partition("?")[2])
    assert dict(query.lists()) == {
        "hulpvraag": ["somberheid"],
        "leeftijd": ["14"],
        "niet_gebruikt": ["2"],
    }


def test_the_page_after_it_holds_nothing_of_the_text(client):
    page = client.post("/", {"vraag": STORY}, follow=True)
    assert not has_a_name(page.content.decode())


def test_the_cookies_hold_nothing_of_the_text(client):
    tell(client)
    assert not has_a_name(str(client.cookies))


def test_asking_starts_no_session(client):
    tell(client)
    assert not Session.objects.exists()


def test_the_headers_hold_nothing_of_the_text(client):
    assert not has_a_name(str(tell(client).headers))


def test_the_log_holds_nothing_of_the_text(client, caplog):
    with caplog.at_level(logging.DEBUG):
        tell(client)
        tell(client, "Fleurtje Zonnedauw 06 12345678")
    assert not has_a_name(" ".join(f"{r.getMessage()} {r.args}" for r in caplog.records))


def test_a_question_cannot_be_asked_by_address(client):
    page = client.get("/", {"vraag": STORY})
    assert not has_a_name(page.content.decode())


@pytest.mark.parametrize(("typed", "words"), REFUSED.values(), ids=REFUSED)
def test_what_identifies_somebody_is_refused_beside_the_field(client, typed, words):
    answer = tell(client, f"somber {typed}")
    assert answer.status_code == 422
    fields = elements(answer.content.decode(), "div", class_="sk-field")
    (field,) = [one for one in fields if list(elements(one, name="vraag"))]
    assert words in text_of(field)


@pytest.mark.parametrize(("typed", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_in_no_header_or_cookie(client, typed, words):
    answer = tell(client, f"somber {typed}")
    assert typed not in f"{answer.headers} {client.cookies}"


def test_a_click_to_another_site_tells_it_nothing(client):
    assert client.get("/?hulpvraag=somberheid")["Referrer-Policy"] == "same-origin"


def test_the_form_asks_the_browser_not_to_remember(client):
    page = client.get("/").content.decode()
    assert attribute(element(page, name="vraag"), "autocomplete") == "off"
