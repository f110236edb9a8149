"""What the page says of a place far away, and what it writes into its own field."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import MunicipalityFactory, OfferFactory, TownFactory, YouthRegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amsterdam(region):
    elsewhere = YouthRegionFactory(code="JZ13", name="Amsterdam-Amstelland")
    there = MunicipalityFactory(code="GM0363", name="Amsterdam", region=elsewhere)
    TownFactory(name="Amsterdam", municipality=there, inhabitants=900_000)
    return there


def page_of(client, query):
    return BeautifulSoup(client.get("/", query).content, "html.parser")


@pytest.mark.parametrize("query", [{"plaats": "amsterdam"}, {"gemeente": "GM0363"}])
def test_a_place_outside_the_region_is_found_and_called_so(client, amsterdam, query):
    assert "Amsterdam ligt buiten jeugdregio" in page_of(client, query).get_text()


def test_and_one_tap_searches_without_it(client, amsterdam):
    page = page_of(client, {"plaats": "amsterdam", "leeftijd": "14"})
    assert page.find("a", string="Zoek zonder plaats")["href"] == "?leeftijd=14"


def test_help_that_is_given_there_is_shown(client, amsterdam):
    OfferFactory(title="Landelijke chat", municipalities=[amsterdam])
    page = page_of(client, {"plaats": "amsterdam"})
    assert "Landelijke chat" in page.find(id="lijst").get_text()


@pytest.mark.parametrize("query", [{"plaats": "leiden"}, {"gemeente": "GM0546"}, {"leeftijd": "9"}])
def test_a_place_of_the_region_is_not(client, amsterdam, query):
    assert "ligt buiten jeugdregio" not in page_of(client, query).get_text()


@pytest.mark.parametrize("address", ["/", "/groepen/"])
@pytest.mark.parametrize("place", ["2311", "leiden", "amsterdam"])
def test_what_stands_in_the_field_can_be_sent_again(client, amsterdam, address, place):
    field = BeautifulSoup(client.get(address, {"plaats": place}).content, "html.parser").find(
        "input", attrs={"name": "plaats"}
    )
    answer = client.post(address, {"plaats": field["value"]})
    assert answer.status_code == 302
    assert f"plaats={place}" in answer.url.lower()


@pytest.mark.parametrize("typed", ["2311-AB", "2311ab", "2311 AB, Leiden", "gemeente Leiden"])
@pytest.mark.parametrize("address", ["/", "/groepen/"])
def test_of_what_is_typed_only_our_key_reaches_the_address(client, region, address, typed):
    answer = client.post(address, {"plaats": typed})
    assert answer.url.partition("plaats=")[2].lower() in {"2311", "leiden"}
