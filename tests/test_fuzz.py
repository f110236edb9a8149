"""Whatever is sent to a public address: never an error of ours, always an answer one can read.

Known names × odd values, in the address and in the body. `--hypothesis-profile nightly` tries
10,000 of each instead of 100.
"""

import json
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.filters.offers import OfferFilterSet
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    InterestFactory,
    LocationFactory,
    OfferFactory,
    WaitTimeFactory,
)
from tests.strict_client import page_faults

pytestmark = pytest.mark.django_db

# What a page may say of what it was sent. Never 500, and a 403 would be a form without its token.
FINE = {200, 204, 301, 302, 304, 400, 404, 405, 406, 413, 415, 422, 429}

NAMES = sorted(
    {*OfferFilterSet.base_filters}
    | {"vraag", "hulpvraag", "woord", "plaats", "leeftijd", "volgorde", "deel", "pagina", "start"}
    | {"signaal", "gelezen_als", "naam", "gemeente", "aanbod", "terug", "maand", "vorm", "ook"}
    | {"melding", "offer", "count", "age_band", "municipality", "andere", "reden", "next", "kader"}
    | {"page", "pageSize", "box", "bbox", "zoom", "q", "punten", "fase", "taal", "dag", "vanaf"}
    | {"login", "password", "email", "HTTP_X", "", "[]", "a[b]", "\x00"}
)
NUMBERS = [
    "0",
    "-1",
    "1e308",
    "-1e308",
    "1e-400",
    "NaN",
    "Infinity",
    "9" * 40,
    "9" * 5000,
    "٣",
    "²",
]
DATES = ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "0026-11-29", "2026-11", "29-11"]
WORDS = [
    "\x00",
    "a\x00b",
    "%00",
    "\ud7ff",
    "\U0010ffff",
    "\u202e",
    "\u0130",
    "ß",
    "'",
    '"',
    "';--",
    "\\",
]
MORE = [
    "%",
    "_",
    "*",
    "(",
    "[",
    "{{ x }}",
    "{% x %}",
    "<script>",
    "1,2,3",
    ",,,",
    "a" * 3000,
    " ",
    "\r\n",
]
KNOWN = ["leiden", "2311", "2311 AB", "GM0546", "somberheid", "ja", "onbekend", "groep", "vol"]
VALUES = st.one_of(
    st.sampled_from(NUMBERS + DATES + WORDS + MORE + KNOWN),
    st.sampled_from(KNOWN).flatmap(lambda word: st.text(max_size=8).map(lambda text: word + text)),
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6)
# Bytes that are no text, and signs that separate names and values.
RAW = st.binary(max_size=40).map(quote_from_bytes) | st.text("&=;%+[]#?a0\x7f", max_size=40)

PUBLIC = [
    "/",
    "/kaart/punten",
    "/kaart/grenzen",
    "/groepen/",
    "/groepen/agenda.ics",
    "/aanbod/{offer}-samen-koken/",
    "/aanbod/{offer}-samen-koken/agenda.ics",
    "/aanbieder/{provider}-de-boei/",
    "/groepen/start/{run}/belangstelling/",
    "/groepen/{offer}/belangstelling/",
    "/meld-ontbrekend-aanbod/",
    "/keuzelijst/",
    "/gezin/",
    "/over-wachttijden/",
    "/voor-gemeenten/",
    "/account/login/",
    "/account/password/reset/",
    "/api/v1/offers",
    "/api/v1/offer-points",
    "/api/v1/offers/{offer}",
    "/api/v1/providers",
    "/api/v1/providers/{provider}",
    "/api/v1/openapi.json",
]
POSTED = [
    "/",
    "/plaatsen",
    "/suggesties",
    "/groepen/",
    "/groepen/start/{run}/belangstelling/",
    "/groepen/{offer}/belangstelling/",
    "/groepen/belangstelling/{interest}/weg/",
    "/aanbod/{offer}/melden/",
    "/keuzelijst/bewaar/",
    "/keuzelijst/neem-over/",
    "/keuzelijst/leeg/",
    "/meld-ontbrekend-aanbod/",
    "/account/login/",
    "/account/password/reset/",
    "/voor-aanbieders/klopt-nog/onzin/",
]
TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "",
]

HEADERS = [
    *("Referer", "Cookie", "Accept", "If-None-Match", "If-Modified-Since", "X-Forwarded-For"),
    *("HX-Request", "HX-Target", "HX-Current-URL", "Accept-Language", "Range", "Origin"),
]

fuzz = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def numbers(region):
    HelpQuestionFactory(code="somberheid", label="Somber")
    offer = OfferFactory(
        title="Samen koken", provider__name="De Boei", group=True, municipalities=[region.leiden]
    )
    offer.locations.set([LocationFactory(provider=offer.provider)])
    WaitTimeFactory(offer=offer)
    run = GroupRunFactory(programme=GroupProgrammeFactory(offer=offer))
    interest = InterestFactory(programme=run.programme, run=run, municipality=region.leiden)
    found = {"offer": offer.pk, "provider": offer.provider_id, "run": run.pk}
    return found | {"interest": interest.pk}


def encode(pairs):
    """Write names and values as an address does, lone surrogates and all."""
    as_bytes = [tuple(part.encode("utf-8", "surrogatepass") for part in pair) for pair in pairs]
    return "&".join(f"{quote_from_bytes(a)}={quote_from_bytes(b)}" for a, b in as_bytes)


def readable(answer):
    """Fail on an answer that is no page, no data or no file."""
    assert answer.status_code in FINE, answer.status_code
    kind = answer.get("Content-Type", "").partition(";")[0]
    if kind.endswith("json"):
        json.loads(answer.content, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
    elif kind == "text/html" and answer.content and "</html>" in (page := answer.content.decode()):
        faults = [fault for fault in page_faults(page) if "template code" not in fault]
        assert not [fault for fault in faults if "(value)" not in fault]
    elif kind == "text/calendar":
        assert answer.content.decode().rstrip().endswith("END:VCALENDAR")


@fuzz
@given(page=st.sampled_from(PUBLIC), query=PAIRS.map(encode) | RAW)
def test_any_query_string_gets_an_answer(numbers, page, query):
    readable(Client().get(page.format(**numbers), QUERY_STRING=query))


@fuzz
@given(page=st.sampled_from(POSTED), pairs=PAIRS, query=PAIRS.map(encode))
def test_any_form_gets_an_answer(numbers, page, pairs, query):
    answer = Client().post(
        page.format(**numbers),
        encode(pairs),
        content_type="application/x-www-form-urlencoded",
        QUERY_STRING=query,
    )
    readable(answer)


@fuzz
@given(page=st.sampled_from(POSTED), body=st.binary(max_size=200), kind=st.sampled_from(TYPES))
def test_any_body_gets_an_answer(numbers, page, body, kind):
    readable(Client().post(page.format(**numbers), body, content_type=kind))


@fuzz
@given(
    page=st.sampled_from(PUBLIC),
    name=st.sampled_from(HEADERS),
    value=VALUES,
)
def test_any_header_gets_an_answer(numbers, page, name, value):
    # As a server hands it on: bytes read as latin-1, without line ends.
    text = value.encode("utf-8", "surrogatepass").decode("latin-1").replace("\r", "")
    answer = Client().get(page.format(**numbers), headers={name: text.replace("\n", "")})
    readable(answer)
