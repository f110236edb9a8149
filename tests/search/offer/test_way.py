"""The way to an offer: whom to call first, the legs with their own waits, and what comes after."""

import pytest

from providers.enums import CareLevel, Ternary
from tests.factories import (
    LocalTeamFactory,
    OfferFactory,
    ReferralFactsFactory,
    ServiceAreaFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import element, elements, page_at, section_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(region):
    offer = OfferFactory(
        title="Behandeling", level=CareLevel.SPECIALIST, provider__name="De Kade", municipalities=[]
    )
    WaitTimeFactory(offer=offer, intake_weeks=6, treatment_weeks=14, measured_on=days_ago(4))
    return offer


def served(offer, region, **ways):
    routes = {"walk_in": False, "via_local_team": False, "via_doctor": False} | ways
    ServiceAreaFactory(offer=offer, municipality=region.leiden, **routes)
    return f"{offer.get_absolute_url()}?gemeente=GM0546&terug=plaats%3D2312"


def legs(client, address):
    page = page_at(client, address)
    return [text_of(leg) for leg in elements(page, "li", class_="sk-way__leg")]


def test_via_the_team_it_is_team_decision_provider_each_with_its_own_wait(client, offer, region):
    LocalTeamFactory(
        name="Team Noord", wait_weeks=3, decision_weeks=5, measured_on=days_ago(9),
        phone="071 000 00 22", postal_areas=["2312"],
    )  # fmt: skip
    team, decision, first, then = legs(client, served(offer, region, via_local_team=True))
    assert "Gesprek met Team Noord 071 000 00 22" in team
    assert "Ongeveer 3 weken gemeten 9 dagen geleden" in team
    assert "Besluit van de gemeente Leiden" in decision
    assert "Ongeveer 5 weken gemeten 9 dagen geleden" in decision
    assert "Eerste gesprek bij De Kade" in first
    assert "Ongeveer 6 weken gemeten 4 dagen geleden" in first
    assert "Daarna begint de hulp Ongeveer 3 maanden" in then


def test_the_waits_of_the_legs_are_never_added_up(client, offer, region):
    LocalTeamFactory(wait_weeks=3, decision_weeks=5, postal_areas=["2312"])
    page = page_at(client, served(offer, region, via_local_team=True))
    text = text_of(section_of(page, "weg"))
    assert "Elke wachttijd is apart gemeten. Tel ze niet op." in text
    # 3 + 5 + 20 weeks, and 28 of them in months.
    assert "28" not in text
    assert "half jaar" not in text


def test_with_several_teams_it_says_that_a_postcode_tells_which(client, offer, region):
    LocalTeamFactory(name="Team Noord", postal_areas=["2311"])
    LocalTeamFactory(name="Team Zuid", postal_areas=["2312"])
    address = served(offer, region, via_local_team=True).partition("&terug")[0]
    team, *_rest = legs(client, address)
    assert "Gesprek met het lokale team van Leiden Wachttijd onbekend" in team
    assert "Welk team hoort bij deze postcode?" in text_of(
        section_of(page_at(client, address), "weg")
    )


def test_with_a_letter_of_a_doctor_no_decision_is_needed(client, offer, region):
    first, *rest = legs(client, served(offer, region, via_doctor=True))
    assert "Verwijzing van een arts" in first
    assert not any("Besluit" in leg for leg in rest)


def test_who_can_walk_in_passes_no_team(client, offer, region, django_assert_num_queries):
    LocalTeamFactory(name="Team Noord", postal_areas=["2312"])
    found = legs(client, served(offer, region, walk_in=True, via_local_team=True))
    assert "Zelf aanmelden" in found[0]
    assert not any("Team Noord" in leg for leg in found)


def test_without_a_place_it_asks_for_a_postcode(client, offer, region):
    served(offer, region, via_local_team=True)
    page = page_at(client, offer.get_absolute_url())
    assert "Met een postcode ziet u het lokale team" in text_of(section_of(page, "weg"))


# --- talking first ---


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Ternary.YES, "Overleg zonder aanmelding: een behandelaar, werkdagen 12.00 uur"),
        (Ternary.NO, "Overleg zonder aanmelding: dat kan niet."),
        (Ternary.UNKNOWN, "Overleg zonder aanmelding: niet bekend. Vraag ernaar als u belt."),
    ],
)
def test_talking_first_stands_beside_a_wait_over_four_weeks(client, offer, answer, words):
    details = {"consult_who": "een behandelaar", "consult_when": "werkdagen 12.00 uur"}
    given = details if answer == Ternary.YES else {}
    ReferralFactsFactory(offer=offer, consult=answer, consult_stated_on=days_ago(1), **given)
    assert words in text_of(section_of(page_at(client, offer.get_absolute_url()), "start"))


def test_beside_a_wait_of_four_weeks_it_does_not(client):
    offer = OfferFactory()
    WaitTimeFactory(offer=offer, intake_weeks=2, treatment_weeks=2)
    page = page_at(client, offer.get_absolute_url())
    assert "Overleg zonder aanmelding:" not in text_of(section_of(page, "start"))


def test_a_row_of_the_results_says_that_one_can_talk_first(client, offer, region):
    served(offer, region, via_doctor=True)
    ReferralFactsFactory(offer=offer, consult=Ternary.YES, consult_stated_on=days_ago(1))
    row = text_of(
        element(page_at(client, "/?hulpvraag=somberheid&plaats=leiden"), class_="sk-rows")
    )
    assert "eerst overleg kan" in row


# --- the page around it ---


def test_telephone_and_beginning_stand_above_the_graph(client, offer):
    for days in (100, 50):
        WaitTimeFactory(offer=offer, measured_on=days_ago(days))
    html = client.get(offer.get_absolute_url()).content.decode()
    assert html.index('id="begin"') < html.index('href="tel:') < html.index('role="img"')


@pytest.mark.parametrize(
    ("text", "shown"), [("Mail ons met je vraag.", True), ("Bel ons met je vraag.", False)]
)
def test_the_mail_address_is_there_when_the_text_says_mail(client, text, shown):
    offer = OfferFactory(how_to_start=text, provider__email="vraag@kade.example")
    begin = section_of(page_at(client, offer.get_absolute_url()), "begin")
    assert ("vraag@kade.example" in text_of(begin)) is shown


def test_after_specialist_help_comes_light_help_for_the_same_question(client, offer, region):
    served(offer, region, via_doctor=True)
    OfferFactory(
        title="Terug in de buurt", after_care=True, before_care=True, municipalities=[region.leiden]
    )
    OfferFactory(title="Voor het begint", after_care=False, municipalities=[region.leiden])
    text = text_of(section_of(page_at(client, offer.get_absolute_url()), "hierna"))
    assert "Terug in de buurt" in text
    assert "Voor het begint" not in text


def test_light_help_has_nothing_after_it(client, region):
    OfferFactory(
        title="Terug in de buurt", after_care=True, before_care=True, municipalities=[region.leiden]
    )
    offer = OfferFactory(level=CareLevel.PREVENTION, municipalities=[region.leiden])
    assert section_of(page_at(client, offer.get_absolute_url()), "hierna") is None


def test_back_leads_to_the_row_it_was_opened_from(client, offer):
    came = {"HTTP_REFERER": "http://testserver/?hulpvraag=somberheid"}
    html = client.get(offer.get_absolute_url(), **came).content.decode()
    assert f'href="/?hulpvraag=somberheid#aanbod-{offer.pk}"' in html


def test_back_leads_to_the_groups_it_was_opened_from(client, offer):
    came = {"HTTP_REFERER": "http://testserver/groepen/?maand=2026-12"}
    html = client.get(offer.get_absolute_url(), **came).content.decode()
    assert 'href="/groepen/?maand=2026-12"' in html


def test_the_bar_of_a_phone_calls_keeps_and_hands_out(client, offer):
    bar = text_of(element(page_at(client, offer.get_absolute_url()), "nav", class_="sk-offer-bar"))
    assert bar == "Bel De Kade Bewaar Gezin"
