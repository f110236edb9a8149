"""How the API behaves as a service: headers, errors, limits."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone
from django.utils.http import parse_http_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.throttling import AnonRateThrottle

from providers.filters.offers import OfferFilterSet
from providers.services import audit
from tests.factories import LocationFactory, OfferFactory

pytestmark = pytest.mark.django_db

ADDRESSES = ["offers", "providers", "offer-points", "openapi.json"]


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


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_gives_the_mark_of_get(client, path):
    head, get = client.head(f"/api/v1/{path}"), client.get(f"/api/v1/{path}")
    assert head["ETag"] == get["ETag"]
    again = client.head(f"/api/v1/{path}", headers={"If-None-Match": get["ETag"]})
    assert again.status_code == 304


def test_an_answer_without_a_body_says_its_version_too(client):
    first = client.get("/api/v1/offers")
    again = client.get("/api/v1/offers", headers={"If-None-Match": first["ETag"]})
    assert again["API-Version"] == first["API-Version"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_last_modified_is_the_last_write(client):
    event = audit.record(by=None, action="offer.updated", subject=OfferFactory())
    stated = parse_http_date(client.get("/api/v1/offers")["Last-Modified"])
    assert stated == int(event.at.timestamp())


def test_without_a_write_today_last_modified_is_midnight(client):
    stated = parse_http_date(client.get("/api/v1/offers")["Last-Modified"])
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert stated == midnight.timestamp()


def test_a_date_alone_never_means_unchanged(client):
    modified = client.get("/api/v1/offers")["Last-Modified"]
    again = client.get("/api/v1/offers", headers={"If-Modified-Since": modified})
    assert again.status_code == 200


def test_what_may_still_be_asked_is_counted_down(client, monkeypatch):
    monkeypatch.setattr(AnonRateThrottle, "rate", "3/min", raising=False)
    answers = [client.get("/api/v1/offers") for _ in range(4)]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers} == {"3"}
    assert all(0 < int(answer["RateLimit-Reset"]) <= 60 for answer in answers)
    assert answers[-1].status_code == 429


def test_the_beginning_names_where_it_is_described(client):
    response = client.get("/api/v1")
    assert response.json() == {
        "title": "Socialekaart API",
        "version": "1.0.0",
        "openapi": "http://testserver/api/v1/openapi.json",
        "documentation": "http://testserver/api/v1/docs",
        "changes": "http://testserver/api/v1/docs#wijzigingen",
    }


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/", "/api/v2", "/api/v1/docs/"])
def test_an_address_outside_the_version_is_no_redirect(client, path):
    _problem(client.get(path), 404)


def test_what_is_not_there_is_said_in_dutch(client):
    problem = _problem(client.get("/api/v1/offers/999999"), 404)
    assert problem["detail"] == "Niet gevonden."


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
        ("pageSize=0", "pageSize"),
        ("pageSize=101", "pageSize"),
        ("pageSize=-1", "pageSize"),
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
        "providers/a%0Ab",
    ],
)
def test_what_is_not_there(client, path):
    _problem(client.get(f"/api/v1/{path}"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["offers", "offers/1", "providers", "offer-points", "iets"])
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


NAMES = st.sampled_from([*OfferFilterSet.base_filters, "page", "pageSize", "format", "x"])
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
    for path in ("offers", "offer-points", "providers"):
        response = client.get(f"/api/v1/{path}", QUERY_STRING=text)
        assert response.status_code in {200, 400, 404}, (path, text)
