"""How the API behaves as a service: headers, errors, limits."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.throttling import AnonRateThrottle

from providers.filters.offers import OfferFilterSet
from tests.factories import LocationFactory, OfferFactory

pytestmark = pytest.mark.django_db

ADDRESSES = ["offers", "providers", "offers.geojson", "openapi.json"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_headers_on_every_answer(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    assert response["API-Version"] == "1.0.0"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("path", [*ADDRESSES, "offers/{offer}", "providers/{provider}"])
def test_nothing_changed_is_304(client, path):
    offer = OfferFactory()
    address = f"/api/v1/{path}".format(offer=offer.pk, provider=offer.provider_id)
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    if "openapi" not in path:
        offer.provider.name = "Andere naam"
        offer.provider.save()
        LocationFactory(provider=offer.provider).offers.add(offer)
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_compressed_answer_keeps_its_etag(client):
    for _ in range(5):
        OfferFactory()
    ask = {"Accept-Encoding": "gzip"}
    first = client.get("/api/v1/offers", headers=ask)
    assert first["Content-Encoding"] == "gzip"
    again = client.get("/api/v1/offers", headers={**ask, "If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_browser_of_another_site_may_ask(client):
    response = client.options("/api/v1/offers")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def _problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"] == "1.0.0"
    assert response["Access-Control-Allow-Origin"] == "*"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


def test_an_unknown_parameter_is_named(client):
    for path in [*ADDRESSES, f"offers/{OfferFactory().pk}"]:
        problem = _problem(client.get(f"/api/v1/{path}?leeftyd=14"), 400)
        assert [error["name"] for error in problem["errors"]] == ["leeftyd"]
        assert "leeftyd" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("leeftijd=99", "leeftijd"),
        ("leeftijd=veertien", "leeftijd"),
        ("hulpvraag=bestaat-niet", "hulpvraag"),
        ("plaats=Nergenshuizen", "plaats"),
        ("gemeente=GM9999", "gemeente"),
        ("gemeente=%00", "gemeente"),
        ("trede=7", "trede"),
        ("page=0", "page"),
        ("page=een", "page"),
        ("page=", "page"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=-1", "page_size"),
        ("format=xml", "format"),
    ],
)
def test_a_value_that_cannot_be_is_named(client, region, query, name):
    problem = _problem(client.get(f"/api/v1/offers?{query}"), 400)
    assert [error["name"] for error in problem["errors"]] == [name]


def test_more_parameters_than_anybody_needs(client):
    query = urlencode([("trede", 1)] * 1200)
    problem = _problem(client.get(f"/api/v1/offers?{query}"), 400)
    assert problem["detail"] == "Dit zijn te veel parameters. Stuur er minder."


@pytest.mark.parametrize(
    "path",
    [
        "offers/",
        "offers/999999",
        "offers/99999999999999999999",
        "offers/een",
        "offers?page=2",
        "providers/9",
        "iets",
        "",
    ],
)
def test_what_is_not_there(client, path):
    _problem(client.get(f"/api/v1/{path}"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["offers", "offers/1", "providers", "offers.geojson", "iets"])
def test_reading_only(client, method, path):
    response = getattr(client, method)(f"/api/v1/{path}")
    _problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_form_we_do_not_give(client):
    _problem(client.get("/api/v1/offers", headers={"Accept": "application/xml"}), 406)


def test_too_many_questions(client, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    for _ in range(2):
        assert client.get("/api/v1/offers").status_code == 200
    response = client.get("/api/v1/offers", headers={"X-Forwarded-For": "203.0.113.9"})
    _problem(response, 429)
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"


def test_head_gives_headers_only(client):
    response = client.head("/api/v1/offers")
    assert (response.status_code, response.content) == (200, b"")


NAMES = st.sampled_from([*OfferFilterSet.base_filters, "page", "page_size", "format", "x"])
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.sampled_from(["2311", "Leiden", "GM0546", "ja", "groep", "\x00", "9" * 5000, "1e9", "NaN"]),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_no_query_breaks_anything(client, region, query):
    text = urlencode(query, errors="surrogatepass")
    for path in ("offers", "offers.geojson", "providers"):
        response = client.get(f"/api/v1/{path}", QUERY_STRING=text)
        assert response.status_code in {200, 400, 404}, (path, text)
