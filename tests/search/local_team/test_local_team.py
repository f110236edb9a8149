"""Which local team belongs to a postcode, with its own dated wait; and when little was found."""

import pytest

from tests.factories import LocalTeamFactory, OfferFactory, days_ago
from tests.pages import page_at, section_of, text_of

pytestmark = pytest.mark.django_db
TEAM = "/lokaal-team/"


@pytest.fixture
def team(region):
    return LocalTeamFactory(
        name="Team Noord",
        phone="071 000 00 22",
        consultation_hours="dinsdag 9.00-12.00 uur, Kade 1",
        wait_weeks=3,
        people_waiting=11,
        measured_on=days_ago(5),
        postal_areas=["2312"],
    )


def text_at(client, address):
    return text_of(page_at(client, address))


def test_a_postcode_gives_its_team_with_telephone_wait_and_hours(client, team):
    text = text_at(client, f"{TEAM}?plaats=2312")
    assert "Het lokale team van 2312 Leiden" in text
    assert "Team Noord" in text
    assert "071 000 00 22" in text
    assert "Ongeveer 3 weken" in text
    assert "gemeten 5 dagen geleden" in text
    assert "dinsdag 9.00-12.00 uur, Kade 1" in text


def test_the_team_of_another_postcode_is_not_named(client, team):
    text = text_at(client, f"{TEAM}?plaats=2311")
    assert "Team Noord" not in text
    assert "Het team is bij ons niet bekend. Bel de gemeente Leiden." in text


def test_without_a_number_of_its_own_one_calls_the_organisation(client, region):
    LocalTeamFactory(provider__phone="071 000 00 33", phone="", postal_areas=["2312"])
    assert "071 000 00 33" in text_at(client, f"{TEAM}?plaats=2312")


def test_what_nobody_measured_is_unknown(client, region):
    LocalTeamFactory(
        wait_weeks=None, measured_on=None, consultation_hours="", postal_areas=["2312"]
    )
    text = text_at(client, f"{TEAM}?plaats=2312")
    assert "Wachttijd onbekend" in text
    assert "Niet bekend" in text


def test_a_wait_past_its_clock_is_of_then(client, region):
    LocalTeamFactory(wait_weeks=3, measured_on=days_ago(70), postal_areas=["2312"])
    text = text_at(client, f"{TEAM}?plaats=2312")
    assert "Was: ongeveer 3 weken" in text
    assert "wachttijd 2 maanden oud: bel even" in text


def test_a_municipality_with_many_teams_asks_for_a_postcode(client, region):
    for number in range(4):
        LocalTeamFactory(name=f"Team {number}", postal_areas=["2311"])
    text = text_at(client, f"{TEAM}?plaats=leiden")
    assert "Leiden heeft meer lokale teams. Typ een postcode." in text
    assert "Team 0" not in text


def test_two_teams_of_one_postcode_are_both_named(client, team):
    LocalTeamFactory(name="Team Oost", postal_areas=["2312"])
    text = text_at(client, f"{TEAM}?plaats=2312")
    assert "Team Noord" in text
    assert "Team Oost" in text


def test_of_what_is_typed_only_a_code_reaches_the_address(client, team):
    answer = client.post(TEAM, {"plaats": "2312 CS"})
    assert (answer.status_code, answer.url) == (302, f"{TEAM}?plaats=2312")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Typ een postcode of een plaats."),
        ("Isa de Vries", "Deze plaats kennen we niet."),
    ],
)
def test_what_is_no_place_is_refused_beside_the_field(client, region, typed, sentence):
    answer = client.post(TEAM, {"plaats": typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_made_up_address_asks_for_a_place(client, region):
    assert "Welk lokaal team hoort bij deze postcode?" in text_at(client, f"{TEAM}?plaats=Isa")


def test_it_stands_in_the_menu_of_every_page(client, region):
    for address in ("/", "/groepen/", "/over-wachttijden/", "/keuzelijst/"):
        assert f'href="{TEAM}"' in client.get(address).content.decode(), address


def test_one_statement_finds_the_teams(client, team, django_assert_num_queries):
    client.get(f"{TEAM}?plaats=2312")
    with django_assert_num_queries(1):
        client.get(f"{TEAM}?plaats=2312")


# --- results ---


def test_an_empty_result_opens_with_the_team_of_the_postcode(client, team):
    page = page_at(client, "/?hulpvraag=somberheid&plaats=2312")
    text = text_of(page)
    assert text.index("Het lokale team van 2312 Leiden") < text.index("Niets gevonden")
    assert "071 000 00 22" in text_of(section_of(page, "lokaal-team"))


def test_a_thin_result_opens_with_the_team(client, team, region):
    OfferFactory(title="Samen koken", municipalities=[region.leiden])
    text = text_at(client, "/?hulpvraag=somberheid&gemeente=GM0546")
    assert text.index("Team Noord") < text.index("Samen koken")


def test_a_thin_result_without_a_place_asks_for_a_postcode(client, region):
    OfferFactory(title="Samen koken", municipalities=[region.leiden])
    page = page_at(client, "/?hulpvraag=somberheid")
    text = text_of(section_of(page, "lokaal-team"))
    assert "Met een postcode ziet u wie u kunt bellen." in text


def test_a_result_with_enough_names_no_team(client, team, region):
    for _ in range(5):
        OfferFactory(municipalities=[region.leiden])
    assert "Team Noord" not in text_at(client, "/?hulpvraag=somberheid&plaats=2312")
