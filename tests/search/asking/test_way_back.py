"""From a search to an offer and back: what was asked comes along, and the place is not lost."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import OfferFactory, WaitTimeFactory
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&leeftijd=9&plaats=leiden&trede=3&trede=1"


@pytest.fixture
def leiden(region):
    return {"municipalities": [region.leiden]}


@pytest.fixture
def treatment(leiden):
    """Specialist help for 6 to 18 years with a long wait."""
    offer = OfferFactory(title="Behandeling", level=3, age_min=6, age_max=18, **leiden)
    return WaitTimeFactory(offer=offer, intake_weeks=20, treatment_weeks=0).offer


def at_once(**fields):
    offer = OfferFactory(level=1, **fields)
    return WaitTimeFactory(offer=offer, intake_weeks=0, treatment_weeks=0).offer


def links(client, address, title):
    page = on_one_line(client.get(address).content.decode())
    found = re.findall(rf'<a href="([^"]*)">{title}</a>', page)
    # The plan above the list names an offer of the list once more, with the same address.
    return [html.unescape(link) for link in dict.fromkeys(found)]


def way_back(client, address):
    page = on_one_line(client.get(address).content.decode())
    return html.unescape(re.search(r'class="sk-crumb"><a href="([^"]*)"', page)[1])


def test_an_offer_opened_from_a_search_names_no_help_for_another_age(client, leiden, treatment):
    at_once(title="Jonge kinderen", age_min=4, age_max=10, **leiden)
    at_once(title="Grote kinderen", age_min=12, age_max=18, **leiden)
    [address] = links(client, SEARCH, "Behandeling")
    page = client.get(address).content.decode()
    assert "Jonge kinderen" in page
    assert "Grote kinderen" not in page


def test_without_an_age_what_stands_beside_is_for_the_ages_of_the_offer(client, leiden, treatment):
    at_once(title="Grote kinderen", age_min=12, age_max=18, **leiden)
    [address] = links(client, "/?hulpvraag=somberheid&plaats=leiden&trede=3", "Behandeling")
    assert "Grote kinderen" in client.get(address).content.decode()


def test_the_way_back_is_the_same_search_at_the_card_of_the_offer(client, treatment):
    [address] = links(client, SEARCH, "Behandeling")
    back = way_back(client, address)
    assert back == f"{SEARCH}#aanbod-{treatment.pk}"
    assert f'id="aanbod-{treatment.pk}" tabindex="-1"' in client.get(back).content.decode()


def test_the_way_back_is_to_the_same_page_of_the_results(client, leiden):
    for _ in range(21):
        OfferFactory(title="Praten", **leiden)
    search = "/?hulpvraag=somberheid&plaats=leiden&volgorde=licht&pagina=2"
    [address] = links(client, search, "Praten")
    back = way_back(client, address)
    assert back.partition("#")[0] == search
    assert f'id="{back.partition("#")[2]}"' in client.get(back).content.decode()


def test_help_named_on_a_card_leads_back_to_that_card(client, leiden, treatment):
    at_once(title="Maatje", age_min=4, age_max=18, **leiden)
    address = next(
        link for link in links(client, SEARCH, "Maatje") if f"aanbod-{treatment.pk}" in link
    )
    assert way_back(client, address) == f"{SEARCH}#aanbod-{treatment.pk}"


def test_from_one_offer_to_another_the_search_comes_along(client, leiden, treatment):
    at_once(title="Maatje", age_min=4, age_max=18, **leiden)
    [first] = links(client, SEARCH, "Behandeling")
    [second] = links(client, first, "Maatje")
    assert way_back(client, second) == way_back(client, first)


def test_a_link_holds_codes_only(client, treatment):
    search = f"{SEARCH}&niet_gebruikt=2"
    [address] = links(client, search, "Behandeling")
    [back] = parse_qs(urlsplit(address).query)["terug"]
    assert parse_qs(back.partition("#")[0]).keys() == {"hulpvraag", "leeftijd", "plaats", "trede"}


@pytest.mark.parametrize("age", ["", "x", "-3", "99", "9" * 400])
def test_an_age_that_is_none_is_no_error(client, treatment, age):
    address = f"{treatment.get_absolute_url()}?terug=leeftijd%3D{age}"
    assert client.get(address).status_code == 200
