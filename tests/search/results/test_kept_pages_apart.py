"""Kept pages never mix: who asks, how and with what decides which page it is."""

import gzip
import itertools

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from providers.models import Offer
from search import page_cache as kept_pages
from tests.factories import OfferFactory, UserFactory
from tests.loaded import undoing_in
from tests.reference_factories import build_region
from tests.search.searching import results_of

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&plaats=leiden"
ADDRESSES = [SEARCH, "/", f"/kaart/punten?{SEARCH[2:]}"]


@pytest.fixture(autouse=True)
def keeping(settings):
    """Keep pages, as a real site does."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture(scope="module", autouse=True)
def offers(empty_database, django_db_blocker):
    """One more than fits on a page, once for all tests: what one changes is undone after it."""
    with django_db_blocker.unblock(), undoing_in(empty_database):
        region = build_region()
        for number in range(21):
            OfferFactory(
                title=f"Sterk in je vel {number}",
                municipalities=[region.leiden],
                help_questions=["somberheid"],
            )
        yield


def anonymous():
    return Client()


def member():
    client = Client()
    client.force_login(UserFactory(), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def keeps_offers():
    client = Client()
    client.post("/keuzelijst/bewaar/", {"offer": first_offer().pk, "terug": SEARCH})
    return client


def has_a_message():
    client = Client()
    client.post(f"/aanbod/{first_offer().pk}/melden/", {"melding": "niets"})
    return client


def came_from_a_tap():
    """A browser with the number of its taps, and no message any more."""
    client = has_a_message()
    client.get("/over-wachttijden/")
    return client


def first_offer():
    """An offer that the page shows: which twenty of them it begins with changes by the day."""
    return Offer.objects.get(pk=results_of(SEARCH[2:]).listed[0].offer)


VISITORS = [anonymous, member, keeps_offers, has_a_message, came_from_a_tap]
MARKS = {
    member: "Uitloggen",
    keeps_offers: 'aria-pressed="true"',
    has_a_message: "Kies een van de knoppen.",
}


def page_of(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return kept_pages.TOKEN.sub(b"", answer.content)


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_came_before_makes_no_difference(address):
    mixed = []
    for first, second in itertools.permutations(VISITORS, 2):
        caches["pages"].clear()
        alone = page_of(second(), address)
        caches["pages"].clear()
        page_of(first(), address)
        if page_of(second(), address) != alone:
            mixed.append((first.__name__, second.__name__))
    assert mixed == []


@pytest.mark.parametrize("who", MARKS, ids=lambda one: one.__name__)
def test_what_is_of_one_visitor_is_on_no_page_of_another(who):
    own = page_of(who(), SEARCH).decode()
    assert MARKS[who] in own
    assert MARKS[who] not in page_of(anonymous(), SEARCH).decode()


@pytest.mark.parametrize("who", MARKS, ids=lambda one: one.__name__)
def test_the_page_of_somebody_is_not_kept(who):
    client = who()
    caches["pages"].clear()
    client.get(SEARCH)
    assert not caches["pages"]._cache


def test_a_message_is_shown_once():
    client = has_a_message()
    first, again = (page_of(client, SEARCH).decode() for _time in range(2))
    assert MARKS[has_a_message] in first
    assert MARKS[has_a_message] not in again


# --- the request ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("methods", [("head", "get"), ("get", "head")])
def test_a_head_leaves_a_whole_page_and_gets_an_empty_one(address, methods):
    whole = page_of(anonymous(), address)
    caches["pages"].clear()
    answers = {method: getattr(Client(), method)(address) for method in methods}
    assert kept_pages.TOKEN.sub(b"", answers["get"].content) == whole
    assert answers["head"].content == b""
    assert answers["head"]["Content-Type"] == answers["get"]["Content-Type"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_names_no_host_that_somebody_else_used(address):
    here = page_of(anonymous(), address, host="ander.example")
    assert b"ander.example" not in here
    assert b"ander.example" not in page_of(anonymous(), address)


def test_an_unknown_host_gets_no_kept_page():
    anonymous().get(SEARCH)
    assert anonymous().get(SEARCH, headers={"host": "kwaad.example"}).status_code == 400


HEADERS = [
    {"accept-language": "en"},
    {"accept-language": "tr, en;q=0.5"},
    {"accept": "application/json"},
    {"hx-request": "true"},
    {"user-agent": "iets anders"},
    {"x-forwarded-host": "kwaad.example"},
    {"x-forwarded-for": "192.0.2.7"},
    {"authorization": "Basic YTpi"},
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_header_leaves_no_other_page_behind(address):
    plain = page_of(anonymous(), address)
    for headers in HEADERS:
        caches["pages"].clear()
        assert page_of(anonymous(), address, **headers) == plain, headers
        assert page_of(anonymous(), address) == plain, headers
        assert page_of(anonymous(), address, **headers) == plain, headers


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("packed_first", [True, False])
def test_who_cannot_unpack_gets_it_unpacked(address, packed_first):
    found = {}
    for packed in (packed_first, not packed_first):
        headers = {"accept-encoding": "gzip"} if packed else {}
        answer = anonymous().get(address, headers=headers)
        is_packed = answer.get("Content-Encoding") == "gzip"
        assert is_packed <= packed
        content = gzip.decompress(answer.content) if is_packed else answer.content
        found[packed] = kept_pages.TOKEN.sub(b"", content)
    assert found[True] == found[False]


# --- the address ----------------------------------------------------------------------------------


def test_each_page_of_a_list_is_a_page_of_its_own():
    first, second = (page_of(anonymous(), f"{SEARCH}&pagina={page}") for page in (1, 2))
    assert first != second
    assert page_of(anonymous(), f"{SEARCH}&pagina=2") == second
    assert page_of(anonymous(), f"{SEARCH}&pagina=1") == first


@pytest.mark.parametrize(
    "query",
    [
        "plaats=leiden&hulpvraag=somberheid",
        "hulpvraag=somberheid&plaats=leiden&plaats=leiden",
        "hulpvraag=somberheid&hulpvraag=somberheid&plaats=leiden",
        "hulpvraag=somberheid&plaats=leiden&leeftijd=14",
        "hulpvraag=somberheid&plaats=leiden&leeftijd=",
        "hulpvraag=somberheid%26plaats=leiden",
        "hulpvraag=somberheid;plaats=leiden",
        "hulpvraag=somberheid&plaats=leiden%00",
        "hulpvraag=somberheid&plaats=leiden#deel",
        "hulpvraag=somberheid&plaats=leiden%0A",
    ],
)
def test_an_address_written_otherwise_gives_what_it_gives_alone(query):
    alone = page_of(anonymous(), f"/?{query}")
    caches["pages"].clear()
    anonymous().get(SEARCH)
    assert page_of(anonymous(), f"/?{query}") == alone
    caches["pages"].clear()
    plain = page_of(anonymous(), SEARCH)
    anonymous().get(f"/?{query}")
    assert page_of(anonymous(), SEARCH) == plain
