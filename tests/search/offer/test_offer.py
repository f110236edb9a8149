"""The pages of one offer and of one provider."""

import pytest

from providers.enums import ContractStatus, WaitStatus
from providers.services.confirmations import confirm_offer
from tests import pages
from tests.factories import (
    GroupRunFactory,
    LocationFactory,
    OfferFactory,
    ProviderFactory,
    ServiceAreaFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db


def text_of(client, thing):
    answer = client.get(thing.get_absolute_url())
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def test_both_waits_are_said_apart(client):
    offer = WaitTimeFactory(intake_weeks=6, treatment_weeks=14, people_waiting=38).offer
    page = pages.text_of(pages.element(text_of(client, offer), "main"))
    assert "tot de intake 6 weken" in page
    assert "daarna tot de start 14 weken" in page
    assert "mensen wachten 40" in page


def test_one_week_is_one_week(client):
    offer = WaitTimeFactory(intake_weeks=1, treatment_weeks=0.5).offer
    page = pages.text_of(pages.element(text_of(client, offer), "main"))
    assert "tot de intake 1 week" in page
    assert "daarna tot de start 0,5 weken" in page
    assert "samen 1,5 weken" in page


def test_a_measurement_says_who_when_and_how(client):
    page = text_of(client, WaitTimeFactory(measured_on=days_ago(4)).offer)
    assert "Opgave van de aanbieder, gemeten 4 dagen geleden." in page
    assert "Verwachting voor wie nu wordt aangemeld." in page


def test_a_wait_past_its_clock_says_its_age(client):
    page = text_of(client, WaitTimeFactory(measured_on=days_ago(40)).offer)
    assert "sk-pill--stale" in page
    assert "gemeten 5 weken geleden" in page


def test_no_measurement_is_said(client):
    assert "Hoe lang het duurt is niet bekend" in text_of(client, OfferFactory())


def test_a_year_of_waits_is_a_line_with_the_same_in_words(client):
    offer = OfferFactory()
    for days, weeks in [(200, 10), (100, 8), (1, 4)]:
        WaitTimeFactory(
            offer=offer, measured_on=days_ago(days), intake_weeks=weeks, treatment_weeks=0
        )
    page = text_of(client, offer)
    assert 'role="img" aria-label="Wachttijd in weken: 10 in' in page
    assert "Cijfers als tabel" in page


def test_one_measurement_is_no_line(client):
    assert "sk-chart" not in text_of(client, WaitTimeFactory().offer)


def test_a_stop_says_until_when(client):
    offer = WaitTimeFactory(status=WaitStatus.STOP, stop_until=days_ago(-30)).offer
    assert "aanmeldstop tot" in text_of(client, offer)


def test_runs_to_come_are_listed(client):
    run = GroupRunFactory()
    assert "nog 4 van 10 plekken" in text_of(client, run.programme.offer)


def test_a_full_run_names_its_day_once_and_says_that_it_is_full(client):
    run = GroupRunFactory(places_left=0)
    page = text_of(client, run.programme.offer)
    assert "· vol</span>" in page
    assert "vol, start" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"online": True}, "Geen adres: online."),
        ({"at_home": True, "online": True}, "Geen adres: online of bij iemand thuis."),
        ({"at_school": True}, "Geen adres: op school."),
        ({}, "Geen adres opgegeven. Vraag waar het is."),
    ],
)
def test_help_without_an_address_says_how_it_reaches_people(client, fields, words):
    assert f"<p>{words}</p>" in text_of(client, OfferFactory(**fields))


def test_municipalities_with_the_same_way_in_stand_together(client, region):
    offer = OfferFactory(municipalities=[region.leiden, region.leiderdorp])
    assert "Leiden, Leiderdorp<" in text_of(client, offer)


def test_a_contract_says_until_when(client, region):
    offer = OfferFactory(municipalities=[])
    ServiceAreaFactory(
        offer=offer,
        municipality=region.leiden,
        contract=ContractStatus.CONTRACTED,
        ends_on="2099-12-31",
    )
    assert "Gecontracteerd, tot en met 31 december 2099" in text_of(client, offer)


def test_a_contract_that_has_ended_is_not_shown(client, region):
    offer = OfferFactory(municipalities=[region.katwijk])
    ServiceAreaFactory(offer=offer, municipality=region.leiden, ends_on=days_ago(1))
    page = client.get(offer.get_absolute_url()).content.decode()
    assert "Leiden" not in pages.text_of(
        pages.element(pages.element(page, aria_labelledby="toegang"), "table")
    )


def test_what_is_not_told_is_said(client):
    offer = OfferFactory(individual=False, how_to_start="", cost="", languages=[])
    assert text_of(client, offer).count("Niet opgegeven") == 4


def test_what_was_taken_over_says_so(client):
    page = text_of(client, OfferFactory(status="overgenomen"))
    assert "Overgenomen uit een landelijke lijst." in page


def test_what_was_taken_over_and_confirmed_no_longer_says_that_nobody_did(client):
    offer = confirm_offer(by=UserFactory(), offer=OfferFactory(status="overgenomen"))
    assert "Overgenomen uit een landelijke lijst." not in text_of(client, offer)


def test_the_text_for_a_letter_names_nobody_but_the_provider(client):
    page = text_of(client, OfferFactory(title="Samen koken"))
    assert "Samen koken" in pages.text_of(pages.element(page, id="verwijsbrief"))


def test_the_way_back_keeps_the_search(client):
    offer = OfferFactory()
    page = client.get(f"{offer.get_absolute_url()}?terug=hulpvraag%3Dsomberheid").content.decode()
    assert 'href="/?hulpvraag=somberheid"' in page


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        (
            "http://testserver/?hulpvraag=somberheid&plaats=leiden",
            "/?hulpvraag=somberheid&amp;plaats=leiden#aanbod-{pk}",
        ),
        ("http://testserver/", "/"),
        ("http://testserver/keuzelijst/?aanbod=1", "/"),
        ("https://elders.example/?hulpvraag=somberheid", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_who_came_from_a_search_goes_back_to_it(client, came_from, back):
    offer = OfferFactory()
    page = client.get(offer.get_absolute_url(), headers={"Referer": came_from}).content.decode()
    back = back.format(pk=offer.pk)
    assert f'<p class="sk-crumb"><a href="{back}">' in on_one_line(page)


@pytest.mark.parametrize("status", ["concept", "gearchiveerd"])
def test_what_is_not_visible_is_not_there(client, status):
    assert client.get(OfferFactory(status=status).get_absolute_url()).status_code == 404


def test_an_old_name_leads_to_the_new_one(client):
    offer = OfferFactory(title="Nieuwe naam")
    answer = client.get(f"/aanbod/{offer.pk}-oude-naam/")
    assert (answer.status_code, answer.url) == (301, offer.get_absolute_url())


def test_an_old_name_keeps_the_municipality_in_view(client):
    offer = OfferFactory(title="Nieuwe naam")
    answer = client.get(f"/aanbod/{offer.pk}-oude-naam/?gemeente=GM0546")
    assert answer.url == f"{offer.get_absolute_url()}?gemeente=GM0546"


# --- provider ----------------------------------------------------------------------------------


def test_a_provider_shows_its_offers_from_light_to_heavy(client):
    provider = ProviderFactory()
    for title, level in [("Zwaar", 5), ("Licht", 0)]:
        OfferFactory(provider=provider, title=title, level=level)
    page = text_of(client, provider)
    assert page.index("Licht</a>") < page.index("Zwaar</a>")


def test_a_provider_shows_no_drafts(client):
    offer = OfferFactory()
    OfferFactory(provider=offer.provider, status="concept", title="Nog geheim")
    assert "Nog geheim" not in text_of(client, offer.provider)


def test_a_provider_without_visible_offers_is_not_there(client):
    provider = OfferFactory(status="concept").provider
    assert client.get(provider.get_absolute_url()).status_code == 404


def test_a_provider_says_how_to_reach_it(client):
    provider = OfferFactory(provider=ProviderFactory(phone="071 000 00 12")).provider
    LocationFactory(provider=provider, street="Waterstraat 9")
    page = text_of(client, provider)
    assert "tel:+31710000012" in page
    assert "Waterstraat 9" in page
