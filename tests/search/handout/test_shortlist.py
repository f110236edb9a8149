"""The shortlist: keep, compare, share. No account, and nothing about a child anywhere."""

import pytest
from django.urls import reverse

from providers.enums import AccessRoute, ContractStatus, OfferStatus
from providers.models import Offer
from search.shortlist.shortlist import COOKIE, LONGEST_LIST
from tests import pages
from tests.factories import (
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    ServiceAreaFactory,
    WaitTimeFactory,
)
from tests.pages import attribute, element
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

LIST = "/keuzelijst/"
KEEP = "/keuzelijst/bewaar/"


def keep(client, *offers):
    for offer in offers:
        client.post(KEEP, {"offer": offer.pk})


def text_of(client, address=LIST):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def in_bar(client, address=LIST):
    """What the way to the shortlist says."""
    return pages.text_of(pages.element(pages.page_at(client, address), id="naar-keuzelijst"))


# --- keeping -----------------------------------------------------------------------------------


def test_what_is_kept_is_on_the_list(client):
    keep(client, OfferFactory(title="Samen koken"))
    assert "Samen koken" in text_of(client)


def test_keeping_twice_lets_go(client):
    offer = OfferFactory(title="Samen koken")
    keep(client, offer, offer)
    assert "Samen koken" not in text_of(client)


def test_the_list_keeps_the_order_in_which_it_was_made(client):
    second, first = OfferFactory(title="Alfa"), OfferFactory(title="Beta")
    keep(client, first, second)
    page = text_of(client)
    assert page.index("Beta") < page.index("Alfa")


def test_keeping_leads_back_to_the_card(client):
    offer = OfferFactory()
    answer = client.post(KEEP, {"offer": offer.pk, "terug": "/?hulpvraag=somberheid"})
    assert answer.url == f"/?hulpvraag=somberheid#aanbod-{offer.pk}"


@pytest.mark.parametrize(
    "address", ["https://elders.example/", "//elders.example", "", "javascript:1"]
)
def test_keeping_never_leads_elsewhere(client, address):
    answer = client.post(KEEP, {"offer": OfferFactory().pk, "terug": address})
    assert answer.url == LIST


def test_a_script_gets_the_button_and_the_count(client):
    offer = OfferFactory()
    answer = client.post(KEEP, {"offer": offer.pk}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'aria-pressed="true"' in page
    assert "<b>1</b>" in page
    assert "<html" not in page


def test_the_bar_says_how_many_are_kept(client):
    keep(client, OfferFactory(), OfferFactory())
    assert in_bar(client, "/over-de-gegevens/") == "Keuzelijst 2"


def test_a_card_says_that_it_is_kept(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    keep(client, offer)
    page = text_of(client, "/?hulpvraag=somberheid&plaats=leiden")
    assert f'value="{offer.pk}" aria-pressed="true"' in page


@pytest.mark.parametrize("where", ["results", "provider"])
def test_the_buttons_on_cards_have_a_form_to_send(client, region, where):
    offer = OfferFactory(municipalities=[region.leiden])
    addresses = {
        "results": "/?hulpvraag=somberheid&plaats=leiden",
        "provider": offer.provider.get_absolute_url(),
    }
    page = text_of(client, addresses[where])
    assert 'form="bewaar" name="offer"' in page
    assert '<form id="bewaar" method="post" action="/keuzelijst/bewaar/">' in page


def test_somebody_else_sees_nothing_of_it(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    keep(client, offer)
    address = "/?hulpvraag=somberheid&plaats=leiden"
    text_of(client, address)
    assert 'aria-pressed="true"' not in text_of(StrictClient(), address)


def test_a_full_list_takes_no_more(client):
    keep(client, *OfferFactory.create_batch(LONGEST_LIST))
    keep(client, OfferFactory(title="Eentje te veel"))
    page = text_of(client)
    assert "Uw keuzelijst is vol" in page
    assert "Eentje te veel" not in page


def test_what_is_gone_is_said_once_and_makes_room(client):
    offers = OfferFactory.create_batch(LONGEST_LIST)
    keep(client, *offers)
    Offer.objects.filter(pk=offers[0].pk).update(status=OfferStatus.ARCHIVED)
    assert "1 keuze staat niet meer op de kaart" in text_of(client)
    assert "staat niet meer op de kaart" not in text_of(client)
    assert in_bar(client) == f"Keuzelijst {LONGEST_LIST - 1}"
    keep(client, OfferFactory(title="Nu is er plek"))
    assert "Nu is er plek" in text_of(client)


def test_a_list_of_which_all_is_gone_is_empty(client):
    offer = OfferFactory()
    keep(client, offer)
    Offer.objects.filter(pk=offer.pk).update(status=OfferStatus.ARCHIVED)
    text_of(client)
    assert COOKIE not in {name for name, one in client.cookies.items() if one.value}


def test_looking_at_a_shared_list_changes_nothing_of_ones_own(client):
    offer = OfferFactory()
    keep(client, offer)
    answer = client.get(f"{LIST}?aanbod=999999")
    assert COOKIE not in answer.cookies


def test_a_full_list_sends_a_script_to_the_list(client):
    keep(client, *OfferFactory.create_batch(LONGEST_LIST))
    answer = client.post(KEEP, {"offer": OfferFactory().pk}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == LIST


@pytest.mark.parametrize("number", ["", "0", "abc", "999999", "9" * 30, "-1", "١"])
def test_what_is_no_offer_is_not_found(client, number):
    assert client.post(KEEP, {"offer": number}).status_code == 404


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_what_is_not_shown_cannot_be_kept(client, status):
    assert client.post(KEEP, {"offer": OfferFactory(status=status).pk}).status_code == 404


@pytest.mark.parametrize("name", ["toggle_kept", "take_over", "clear_kept"])
@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_only_a_form_changes_the_list(client, name, method):
    assert getattr(client, method)(reverse(f"search:{name}")).status_code == 405


@pytest.mark.parametrize("name", ["toggle_kept", "take_over", "clear_kept"])
def test_a_form_of_another_site_changes_nothing(name):
    strict = StrictClient(enforce_csrf_checks=True)
    assert strict.post(reverse(f"search:{name}"), {"offer": OfferFactory().pk}).status_code == 403


def test_the_list_can_be_emptied(client):
    keep(client, OfferFactory())
    client.post("/keuzelijst/leeg/")
    assert "Uw keuzelijst is nog leeg" in text_of(client)


# --- what is stored ----------------------------------------------------------------------------


def test_the_cookie_holds_numbers_of_offers_only_and_goes_with_the_browser(client):
    offer = OfferFactory()
    cookie = client.post(KEEP, {"offer": offer.pk, "gemeente": "GM0546"}).cookies[COOKIE]
    assert cookie.value.partition(":")[0] == str(offer.pk)
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_nothing_is_stored_on_the_server(client, django_assert_num_queries):
    offer = OfferFactory()
    with django_assert_num_queries(1):  # whether the offer is shown
        client.post(KEEP, {"offer": offer.pk})


def test_a_cookie_that_was_changed_counts_as_none(client):
    client.cookies[COOKIE] = "1.2.3:vervalst"
    assert "nog leeg" in text_of(client)


# --- the comparison ----------------------------------------------------------------------------


def test_contract_and_way_in_are_those_of_the_municipality_in_view(client, region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(
        offer=offer, municipality=region.leiden, contract=ContractStatus.CONTRACTED, via_doctor=True
    )
    keep(client, offer)
    page = text_of(client, f"{LIST}?gemeente=leiden")
    assert "Gecontracteerd in Leiden" in page
    assert str(AccessRoute.DOCTOR.label) in page


def test_a_municipality_that_is_not_served_is_said(client, region):
    keep(client, OfferFactory(municipalities=[region.katwijk]))
    assert "werkt niet in Leiden" in text_of(client, f"{LIST}?gemeente=leiden")


def test_of_several_places_the_one_nearest_to_the_municipality_is_named(client, region):
    offer = OfferFactory(municipalities=[region.leiden, region.katwijk])
    towns = {"Leiden": region.leiden, "Katwijk": region.katwijk}
    offer.locations.set(
        LocationFactory(provider=offer.provider, town=town, lat=place.lat, lon=place.lon)
        for town, place in towns.items()
    )
    keep(client, offer)
    for town in towns:
        page = text_of(client, f"{LIST}?gemeente={town.lower()}")
        assert f'data-label="Waar">{town}</td>' in page


def test_an_unknown_municipality_is_said(client, region):
    keep(client, OfferFactory())
    assert "Deze gemeente kennen we niet" in text_of(client, f"{LIST}?gemeente=atlantis")


def test_a_wait_has_its_date(client):
    keep(client, WaitTimeFactory(intake_weeks=6, treatment_weeks=14).offer)
    page = text_of(client)
    assert "Intake na 6 weken, start 14 weken later" in page
    assert "gemeten vandaag" in page


def test_the_next_run_says_its_places(client):
    keep(client, GroupRunFactory().programme.offer)
    assert "nog 4 van 10 plekken" in text_of(client)


def test_the_number_for_referrers_goes_first(client):
    offer = OfferFactory(provider__phone="071 000 00 01", provider__referrer_phone="071 000 00 02")
    keep(client, offer)
    page = text_of(client)
    assert "071 000 00 02" in page
    assert "071 000 00 01" not in page


def test_beside_a_long_wait_stands_what_can_start(client, region):
    long = OfferFactory(level=3, municipalities=[region.leiden])
    WaitTimeFactory(offer=long, intake_weeks=20)
    light = OfferFactory(title="Alvast beginnen", level=1, municipalities=[region.leiden])
    WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    keep(client, long)
    assert "Alvast beginnen" in text_of(client, f"{LIST}?gemeente=leiden")


def test_what_one_kept_is_not_said_again_as_meanwhile(client, region):
    long = OfferFactory(level=3, municipalities=[region.leiden])
    WaitTimeFactory(offer=long, intake_weeks=20)
    light = OfferFactory(level=1, municipalities=[region.leiden])
    WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    keep(client, long, light)
    assert "Wat kan intussen?" not in text_of(client, f"{LIST}?gemeente=leiden")


@pytest.mark.parametrize("number", [2, 8], ids=["2 offers", "8 offers"])
def test_the_number_of_statements_is_the_same(client, region, number, django_assert_num_queries):
    offers = OfferFactory.create_batch(number, municipalities=[region.leiden])
    for offer in offers:
        offer.locations.set([LocationFactory(provider=offer.provider)])
    keep(client, *offers)
    text_of(client, f"{LIST}?gemeente=leiden")
    # The municipality; the offers with all that is shown of them; the municipalities to choose
    # from. The clocks of regions are remembered.
    with django_assert_num_queries(3):
        text_of(client, f"{LIST}?gemeente=leiden")


# --- sharing -----------------------------------------------------------------------------------


def test_the_address_to_share_holds_numbers_and_a_municipality_only(client, region):
    offer = OfferFactory(municipalities=[region.leiden])
    keep(client, offer)
    page = text_of(client, f"{LIST}?gemeente=leiden")
    assert f'value="http://testserver/keuzelijst/?aanbod={offer.pk}&amp;gemeente=leiden"' in page


def test_a_shared_list_leaves_ones_own_as_it_is(client):
    own, given = OfferFactory(title="Van mij"), OfferFactory(title="Van een ander")
    keep(client, own)
    shared = text_of(client, f"{LIST}?aanbod={given.pk}")
    assert "Van een ander" in shared
    assert "Van mij" not in shared
    assert "Van een ander" not in text_of(client)


def test_a_shared_list_can_be_taken_over(client):
    own, given = OfferFactory(title="Van mij"), OfferFactory(title="Van een ander")
    keep(client, own)
    client.post("/keuzelijst/neem-over/", {"aanbod": [given.pk, own.pk]})
    page = text_of(client)
    assert page.index("Van mij") < page.index("Van een ander")


def test_taking_over_what_is_not_shown_adds_nothing(client):
    hidden = OfferFactory(status=OfferStatus.ARCHIVED)
    client.post("/keuzelijst/neem-over/", {"aanbod": [hidden.pk, "abc"]})
    assert "nog leeg" in text_of(client)


def test_taking_over_more_than_fits_says_so(client):
    keep(client, *OfferFactory.create_batch(LONGEST_LIST - 1))
    given = [offer.pk for offer in OfferFactory.create_batch(3)]
    client.post("/keuzelijst/neem-over/", {"aanbod": given})
    assert "2 keuzes pasten er niet meer bij" in text_of(client)


def test_what_is_gone_from_a_shared_list_is_said(client):
    offer, gone = OfferFactory(), OfferFactory(status=OfferStatus.ARCHIVED)
    page = text_of(client, f"{LIST}?aanbod={offer.pk}&aanbod={gone.pk}&aanbod=999999&aanbod=abc")
    assert "3 keuzes staan niet meer op de kaart" in page


def test_a_shared_list_of_nothing_is_a_page_too(client):
    assert "staat niets meer op de kaart" in text_of(client, f"{LIST}?aanbod=abc")


def test_a_shared_list_that_is_too_long_says_so(client):
    numbers = "&".join(
        f"aanbod={offer.pk}" for offer in OfferFactory.create_batch(LONGEST_LIST + 1)
    )
    assert f"hoogstens {LONGEST_LIST} keuzes" in text_of(client, f"{LIST}?{numbers}")


def test_the_best_of_each_part_goes_to_the_family(client, region):
    light = OfferFactory(level=1, municipalities=[region.leiden])
    WaitTimeFactory(offer=light, intake_weeks=0, treatment_weeks=0)
    heavy = OfferFactory(level=3, municipalities=[region.leiden])
    page = text_of(client, "/?hulpvraag=somberheid&plaats=leiden")
    link = element(element(page, class_="sk-to-family"), "a")
    address = attribute(link, "href")
    assert f"aanbod={light.pk}&aanbod={heavy.pk}&gemeente=GM0546" in address
