"""Whatever comes in: an answer in Dutch or a clean ignore, never an error of ours."""

import re
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.filters.offers import OfferFilterSet
from tests.examples import at_most
from tests.factories import (
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    TargetGroupFactory,
)
from tests.loaded import undoing_in
from tests.pages import attribute, element
from tests.reference_factories import build_region
from tests.strict_client import LEAKED_TEMPLATE

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ADDRESSES = ["/", "/kaart/punten", "/kaart/beeld.svg", "/groepen/"]
PARAMETERS = [
    *OfferFilterSet.base_filters,
    *("volgorde", "pagina", "niet_gebruikt", "vol", "vak", "genummerd", "terug", "onbekende"),
]
STRANGE = {
    "unknown code": "bestaat-niet",
    "absurd age": "1500",
    "negative": "-1",
    "decimal": "14.5",
    "huge": "9" * 30,
    "endless": "9" * 5000,
    "reversed range": "52.3,4.7,52.0,4.3",
    "not a number": "nan",
    "infinite": "inf,inf,inf,inf",
    "far away": "1e300,1e300,1e300,1e300",
    "other digits": "١٤",
    "superscript": "²",
    "markup": MARKUP,
    "sql": "' OR 1=1 --",
    "like": "%_%",
    "expression": "${7*7} #{7*7} $(id)",
    "spaces": "   ",
    "newline": "a\r\nSet-Cookie: x=1",
    "emoji": "🏡",
    "right to left": "\u202eabc",
    "lone surrogate": b"\xed\xa0\x80",
    "NUL": b"\x00",
    "NUL inside": b"le\x00iden",
    "broken UTF-8": b"\xff\xfe\xc3",
}
fuzz = settings(
    deadline=None,
    max_examples=at_most(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEMPLATE_MARKS = re.compile("|".join(map(re.escape, LEAKED_TEMPLATE)))


def without_marks(text):
    """Leave out what the client of these tests, in a field shown again, takes for a leak."""
    if isinstance(text, bytes):
        return TEMPLATE_MARKS.sub("", text.decode("latin-1")).encode("latin-1")
    return TEMPLATE_MARKS.sub("", text)


VALUES = st.sampled_from(list(STRANGE.values())) | (
    st.text(max_size=40) | st.binary(max_size=12)
).map(without_marks)


@pytest.fixture(scope="module", autouse=True)
def catalogue(empty_database, django_db_blocker):
    """Something of everything, once for all: what a test writes more is undone after it."""
    with django_db_blocker.unblock(), undoing_in(empty_database):
        HelpQuestionFactory(code="somberheid")
        TargetGroupFactory(code="ouders")
        offer = OfferFactory(municipalities=[build_region().leiden])
        offer.locations.set([LocationFactory(provider=offer.provider)])
        GroupRunFactory()
        yield


def encoded(value):
    return quote_from_bytes(value) if isinstance(value, bytes) else quote(value, errors="replace")


def is_answered(answer):
    """Every page, refusal or redirect is fine; a fault of ours is not."""
    assert answer.status_code in {200, 302, 400, 422}, answer.status_code


def policy_holds(answer):
    assert MARKUP not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


# --- addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_parameter_survives_a_strange_value(client, address, value):
    for name in PARAMETERS:
        answer = client.get(f"{address}?{name}={encoded(value)}")
        assert answer.status_code == 200, name
        policy_holds(answer)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("name", ["aanbod", "gemeente"])
@pytest.mark.parametrize("address", ["/keuzelijst/", "/gezin/"])
def test_an_address_to_share_survives_a_strange_value(client, address, name, value):
    offer = OfferFactory()
    answer = client.get(f"{address}?aanbod={offer.pk}&{name}={encoded(value)}")
    assert answer.status_code == 200
    assert offer.title in answer.content.decode()
    policy_holds(answer)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("name", ["melding", "gemeente"])
def test_a_report_survives_a_strange_value(client, name, value):
    body = f"melding=vol&{name}={encoded(value)}"
    kind = "application/x-www-form-urlencoded"
    answer = client.post(f"/aanbod/{OfferFactory().pk}/melden/", body, content_type=kind)
    assert answer.status_code == 302


@fuzz
@given(
    address=st.sampled_from(ADDRESSES),
    pairs=st.lists(st.tuples(st.sampled_from(PARAMETERS), VALUES), max_size=6),
)
def test_any_mixture_of_parameters_is_answered(client, address, pairs):
    query = "&".join(f"{name}={encoded(value)}" for name, value in pairs)
    is_answered(client.get(f"{address}?{query}"))


@fuzz
@given(address=st.sampled_from(ADDRESSES), query=st.binary(max_size=60))
def test_any_query_string_is_answered(client, address, query):
    is_answered(client.get(address, QUERY_STRING=query.decode("latin-1")))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("leeftijd", "1500", "Typ een leeftijd van 0 tot en met 27 jaar."),
        ("leeftijd", "-1", "Typ een leeftijd van 0 tot en met 27 jaar."),
        ("leeftijd", "veertien", "Typ de leeftijd in hele jaren"),
        ("plaats", "Atlantis", "Deze plaats kennen we niet."),
        ("hulpvraag", "bestaat-niet", "Hulpvraag:"),
        ("gemeente", "GM9999", "Gemeente:"),
        ("wachttijd", "x", "Wachttijd hoogstens (weken): Voer een geheel getal in."),
    ],
)
def test_a_mistake_in_an_address_is_said_in_dutch(client, name, value, words):
    assert words in client.get("/", {name: value}).content.decode()


def test_more_parameters_than_anybody_types_are_refused(client):
    query = urlencode([("woord", n) for n in range(2000)])
    assert client.get(f"/?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/aanbod/99999999999999999999999-x/",
        "/aanbod/0-x/",
        "/aanbod/-1-x/",
        "/aanbod/1-%00/",
        "/aanbod/%ff-x/",
        "/aanbieder/99999999999999999999999-x/",
        "/aanbod/99999999999999999999999-x/agenda.ics",
        "/groepen/99999999999999999999999/belangstelling/",
        "/groepen/start/99999999999999999999999/belangstelling/",
        "/aanbod/1/",
        "/%00",
        "/%ff%fe",
        "/bestaat-niet/",
        "/aanbod/../../etc/passwd",
    ],
)
def test_an_address_that_is_none_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "terug", ["//kwaad.example", "https://kwaad.example", "javascript:alert(1)", MARKUP]
)
def test_the_way_back_never_leaves_the_site(client, terug):
    offer = OfferFactory()
    page = client.get(offer.get_absolute_url(), {"terug": terug}).content.decode()
    back = attribute(element(element(page, class_="sk-crumb"), "a"), "href")
    assert back == "/" or back.startswith("/?")
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "address",
    ["/", "/kaart/punten", "/kaart/grenzen", "/over-wachttijden/", "offer", "provider"],
)
def test_who_asks_whether_a_page_is_there_gets_no_refusal(client, address):
    offer = OfferFactory()
    addresses = {"offer": offer.get_absolute_url(), "provider": offer.provider.get_absolute_url()}
    answer = client.head(addresses.get(address, address))
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ["/kaart/punten", "/over-wachttijden/", "/over-de-gegevens/"])
def test_pages_to_look_at_take_no_post(client, address):
    assert client.post(address).status_code == 405


# --- the question ------------------------------------------------------------------------------


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("name", ["vraag", "plaats", "leeftijd", "hulpvraag", "woord", "volgorde"])
def test_each_field_survives_a_strange_value(client, name, value):
    body = f"{name}={encoded(value)}"
    answer = client.post("/", body, content_type="application/x-www-form-urlencoded")
    is_answered(answer)
    policy_holds(answer)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_places_survive_a_strange_value(client, value):
    body = f"plaats={encoded(value)}"
    answer = client.post("/plaatsen", body, content_type="application/x-www-form-urlencoded")
    is_answered(answer)
    policy_holds(answer)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("name", ["plaats", "leeftijd", "hulpvraag", "dag", "binnen", "onbekende"])
def test_each_filter_on_groups_survives_a_strange_value(client, name, value):
    body = f"{name}={encoded(value)}"
    answer = client.post("/groepen/", body, content_type="application/x-www-form-urlencoded")
    is_answered(answer)
    policy_holds(answer)


def test_places_cannot_be_asked_by_address(client):
    assert client.get("/plaatsen?plaats=lei").status_code == 405


@fuzz
@given(
    fields=st.dictionaries(
        st.sampled_from(["vraag", "plaats", "leeftijd", "hulpvraag", "woord", "vorm", "start"]),
        VALUES,
        max_size=4,
    )
)
def test_any_question_is_answered(client, fields):
    body = "&".join(f"{name}={encoded(value)}" for name, value in fields.items())
    answer = client.post("/", body, content_type="application/x-www-form-urlencoded")
    is_answered(answer)
    if answer.status_code == 302:
        is_answered(client.get(answer.url))


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"]
)
def test_a_body_of_another_kind_is_answered(client, kind):
    is_answered(client.post("/", b'{"vraag": "\xff"}', content_type=kind))


def test_a_form_without_its_token_is_refused_in_dutch():
    from tests.strict_client import StrictClient

    answer = StrictClient(enforce_csrf_checks=True).post("/keuzelijst/leeg/")
    assert answer.status_code == 403
    assert '<html lang="nl">' in answer.content.decode()


# --- what others wrote -------------------------------------------------------------------------


@pytest.fixture
def nasty(region):
    """An offer with markup in every text."""
    texts = ("title", "summary", "description", "not_for", "how_to_start", "cost")
    offer = OfferFactory(**dict.fromkeys(texts, MARKUP), municipalities=[region.leiden])
    offer.provider.name = offer.provider.about = MARKUP
    offer.provider.save()
    offer.locations.set([LocationFactory(provider=offer.provider, name=MARKUP, town=MARKUP)])
    GroupRunFactory(programme__offer=offer, programme__leaders=MARKUP)
    return offer


@pytest.mark.parametrize("where", ["/?plaats=leiden", "/groepen/", "/", "offer", "provider"])
def test_markup_in_a_text_is_shown_as_text(client, nasty, where):
    addresses = {"offer": nasty.get_absolute_url(), "provider": nasty.provider.get_absolute_url()}
    answer = client.get(addresses.get(where, where))
    policy_holds(answer)
    assert "&lt;script&gt;" in answer.content.decode()


def test_markup_on_the_map_is_data(client, nasty):
    answer = client.get("/kaart/punten")
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
