"""What the page says of a place far away, and what it writes into its own field."""

import pytest

from tests.factories import MunicipalityFactory, OfferFactory, TownFactory, YouthRegionFactory
from tests.pages import attribute, element, on_one_line, page_at, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amsterdam(region):
    elsewhere = YouthRegionFactory(code="JZ13", name="Amsterdam-Amstelland")
    there = MunicipalityFactory(code="GM0363", name="Amsterdam", region=elsewhere)
    TownFactory(name="Amsterdam", municipality=there, inhabitants=900_000)
    return there


def page_of(client, query):
    return on_one_line(client.get("/", query).content.decode())


@pytest.mark.parametrize("query", [{"plaats": "amsterdam"}, {"gemeente": "GM0363"}])
def test_a_place_outside_the_region_is_found_and_called_so(client, amsterdam, query):
    assert "Amsterdam ligt buiten jeugdregio" in page_of(client, query)


def test_and_one_tap_searches_without_it(client, amsterdam):
    page = page_of(client, {"plaats": "amsterdam", "leeftijd": "14"})
    assert '<a href="?leeftijd=14">Zoek zonder plaats</a>' in page


def test_help_that_is_given_there_is_shown(client, amsterdam):
    OfferFactory(title="Landelijke chat", municipalities=[amsterdam])
    page = page_at(client, "/?plaats=amsterdam")
    assert "Landelijke chat" in text_of(element(page, id="lijst"))


@pytest.mark.parametrize("query", [{"plaats": "leiden"}, {"gemeente": "GM0546"}, {"leeftijd": "9"}])
def test_a_place_of_the_region_is_not(client, amsterdam, query):
    assert "ligt buiten jeugdregio" not in page_of(client, query)


@pytest.mark.parametrize("address", ["/", "/groepen/"])
@pytest.mark.parametrize("place", ["2311", "leiden", "amsterdam"])
def test_what_stands_in_the_field_can_be_sent_again(client, amsterdam, address, place):
    page = client.get(address, {"plaats": place}).content.decode()
    field = element(page, "input", id="id_plaats")
    answer = client.post(address, {"plaats": attribute(field, "value")})
    assert answer.status_code == 302
    assert f"plaats={place}" in answer.url.lower()


@pytest.mark.parametrize("typed", ["2311-AB", "2311ab", "2311 AB, Leiden", "gemeente Leiden"])
@pytest.mark.parametrize("address", ["/", "/groepen/"])
def test_of_what_is_typed_only_our_key_reaches_the_address(client, region, address, typed):
    answer = client.post(address, {"plaats": typed})
    assert answer.url.partition("plaats=")[2].lower() in {"2311", "leiden"}
