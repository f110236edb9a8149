"""Pages that are kept: the same as made anew, never old, and nobody's own."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.services.offers import archive_offer, update_offer
from search import page_cache as kept_pages
from tests.factories import OfferFactory, UserFactory
from tests.pages import attribute, element

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&plaats=leiden"
MAP = f"/kaart/punten?{SEARCH[2:]}"


@pytest.fixture(autouse=True)
def keeping(settings):
    """Keep pages, as a real site does."""
    settings.PAGE_CACHE_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def offer(region):
    return OfferFactory(
        title="Sterk in je vel", municipalities=[region.leiden], help_questions=["somberheid"]
    )


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries]


def without_token(answer):
    return kept_pages.TOKEN.sub(b"", answer.content)


@pytest.mark.parametrize("address", [SEARCH, "/", MAP])
def test_the_second_time_takes_one_statement(client, offer, address):
    client.get(address)
    assert len(statements(client, address)) == 1


@pytest.mark.parametrize("address", [SEARCH, "/", MAP])
def test_a_kept_page_is_the_page(client, offer, address):
    made, kept = client.get(address), client.get(address)
    assert without_token(made) == without_token(kept)
    assert made["Content-Type"] == kept["Content-Type"]
    assert made["ETag"] == kept["ETag"]


def test_a_write_is_seen_at_the_very_next_request(client, offer):
    client.get(SEARCH)
    update_offer(by=UserFactory(), offer=offer, title="Weer vrolijk")
    assert "Weer vrolijk" in client.get(SEARCH).content.decode()


def test_what_was_taken_away_is_gone_from_the_map(client, offer):
    client.get(MAP)
    archive_offer(by=UserFactory(), offer=offer)
    assert client.get(MAP).json()["located"] == 0


def test_who_has_the_page_already_gets_none(client, offer):
    first = client.get(SEARCH)
    again = client.get(SEARCH, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_who_has_the_page_from_before_a_write_gets_the_new_one(client, offer):
    first = client.get(SEARCH)
    archive_offer(by=UserFactory(), offer=offer)
    again = client.get(SEARCH, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200


# --- nobody's own ------------------------------------------------------------------------------


def test_each_visitor_gets_a_token_that_works(offer):
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    for client in (first, second):
        client.get(SEARCH)
        page = client.get(SEARCH)
        field = element(page.content.decode(), "input", name="csrfmiddlewaretoken")
        token = attribute(field, "value")
        asked = client.post("/", {"vraag": "somber", "csrfmiddlewaretoken": token})
        assert asked.status_code == 302
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value


def test_who_is_logged_in_neither_leaves_nor_gets_a_kept_page(client, log_in, offer):
    log_in()
    assert "Uitloggen" in client.get(SEARCH).content.decode()
    stranger = Client()
    assert "Inloggen" in stranger.get(SEARCH).content.decode()
    assert "Uitloggen" in client.get(SEARCH).content.decode()


def test_who_keeps_offers_gets_a_page_of_their_own(client, offer):
    client.get(SEARCH)
    client.get(SEARCH)
    client.post("/keuzelijst/bewaar/", {"offer": offer.pk, "terug": SEARCH})
    assert 'aria-pressed="true"' in client.get(SEARCH).content.decode()
    assert 'aria-pressed="true"' not in Client().get(SEARCH).content.decode()


# --- only codes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "plaats=Jan de Boer",
        "plaats=2311AB",
        "woord=isaboertje",
        "volgorde=isaboertje",
        "gelezen_als=isaboertje",
        "signaal=isaboertje",
        "pagina=isaboertje",
        "naam=isaboertje",
        "leeftijd=isaboertje",
        "hulpvraag=isaboertje",
    ],
)
def test_what_somebody_typed_is_never_kept(client, offer, typed):
    client.get(f"/?leeftijd=14&{typed}")
    assert not caches["pages"]._cache


def test_the_address_itself_is_not_kept(client, offer):
    client.get(SEARCH)
    assert not any("somberheid" in key for key in caches["pages"]._cache)


def test_no_page_is_kept_when_told_so(client, offer, settings):
    settings.PAGE_CACHE_SECONDS = 0
    client.get(SEARCH)
    assert len(statements(client, SEARCH)) > 1
