"""The first page for the family: one plan, for one reader, in six languages."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import formats

from providers.enums import CareLevel, GroupAudience, OfferFormat
from search.asking.need import Need
from search.shortlist.shortlist import family_query
from tests.factories import (
    ClientSupportFactory,
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    LocalTeamFactory,
    LocationFactory,
    OfferFactory,
    days_ago,
)
from tests.pages import element, elements, page_at, section_of, text_of

pytestmark = pytest.mark.django_db
NEED = "hulpvraag=somberheid&leeftijd=14"


def address(*offers, more=NEED, place="leiden"):
    numbers = "&".join(f"aanbod={offer.pk}" for offer in offers)
    return f"/gezin/?{numbers}&gemeente={place}&{more}"


def plan_of(client, *offers, more=NEED, place="leiden"):
    page = page_at(client, address(*offers, more=more, place=place))
    return element(page, "article", class_="sk-fplan")


def part(plan, number):
    found = section_of(plan, f"plan-{number}")
    return "" if found is None else text_of(found)


@pytest.fixture
def call(region):
    return OfferFactory(
        title="Maatje", provider__name="Zij aan Zij", provider__phone="071 000 00 21",
        municipalities=[region.leiden],
    )  # fmt: skip


@pytest.fixture
def group(region):
    offer = OfferFactory(title="Samen hardlopen", municipalities=[region.leiden])
    offer.locations.set([LocationFactory(provider=offer.provider, street="Kade 1")])
    programme = GroupProgrammeFactory(offer=offer)
    GroupRunFactory(
        programme=programme, starts_on=days_ago(-9), start_time=dt.time(16), places=8, places_left=4
    )
    return offer


@pytest.fixture
def heavy(region):
    return OfferFactory(
        title="Behandeling", level=CareLevel.SPECIALIST, municipalities=[region.leiden]
    )


def test_each_help_stands_in_its_part(client, call, group, heavy):
    plan = plan_of(client, heavy, group, call)
    assert "Bel vandaag Maatje" in part(plan, 1)
    assert "Zij aan Zij · 071 000 00 21" in part(plan, 1)
    assert "Ga hierheen Samen hardlopen" in part(plan, 2)
    assert "Dit loopt alvast Behandeling" in part(plan, 3)


def test_where_one_goes_has_day_hour_and_address(client, group):
    words = part(plan_of(client, group), 2)
    assert formats.date_format(days_ago(-9), "l j F") in words
    assert "16.00" in words
    assert "Kade 1" in words


@pytest.mark.parametrize("help_", ["group", "heavy"])
def test_there_is_always_somebody_to_call_today_and_help_is_named_once(client, request, help_):
    offer = request.getfixturevalue(help_)
    plan = plan_of(client, offer)
    assert f"Bel vandaag {offer.provider.name}" in part(plan, 1)
    assert text_of(plan).count(offer.title) == 1


def test_a_search_in_another_language_opens_the_plan_in_it(client, call):
    asked = Need.read(QueryDict("taal=xx&taal=ar&hulpvraag=somberheid"))
    page = page_at(client, f"/gezin/?{family_query([call.pk], 'leiden', asked)}")
    assert dict(element(page, "article", class_="sk-fplan").attributes)["dir"] == "rtl"


def test_it_says_for_whom_each_is(client, region, call):
    parents = OfferFactory(title="Oudergroep", municipalities=[region.leiden])
    GroupProgrammeFactory(offer=parents, audience=GroupAudience.PARENTS)
    school = OfferFactory(title="Op de gang", at_school=True, municipalities=[region.leiden])
    assert OfferFormat.SCHOOL in school.formats
    words = text_of(plan_of(client, call, parents, school))
    assert "Maatje Voor jou" in words
    assert "Oudergroep Voor je ouders" in words
    assert "Op de gang Op school" in words


def test_a_question_without_help_is_said(client, call):
    HelpQuestionFactory(code="geldzorgen", label="Geldzorgen")
    more = f"{NEED}&hulpvraag=geldzorgen"
    assert "Hiervoor is nog niets gekozen: geldzorgen" in text_of(plan_of(client, call, more=more))
    assert "Hiervoor is nog niets gekozen" not in text_of(plan_of(client, call))


def test_whom_to_call_once_is_the_local_team(client, call):
    LocalTeamFactory(name="Team Noord", phone="071 000 00 22", postal_areas=["2312"])
    words = text_of(plan_of(client, call))
    assert "Bel één keer: Team Noord, 071 000 00 22" in words


def test_among_several_teams_it_is_who_gives_the_help(client, call):
    LocalTeamFactory.create_batch(2, postal_areas=["2312"])
    assert "Bel één keer: Zij aan Zij, 071 000 00 21" in text_of(plan_of(client, call))


def test_the_right_to_support_names_who_gives_it_here(client, region, call):
    ClientSupportFactory(municipality=region.leiden, name="Naast Je", phone="071 000 00 71")
    assert "meegaat: Naast Je , 071 000 00 71" in text_of(plan_of(client, call))


def test_where_that_is_not_known_one_asks_the_municipality(client, call):
    assert "vraag de gemeente naar gratis cliëntondersteuning." in text_of(plan_of(client, call))


def test_there_are_lines_to_write_on(client, call):
    lines = list(elements(element(plan_of(client, call), class_="sk-fplan__lines"), "dd"))
    assert [text_of(line) for line in lines] == ["", ""]


# --- je and u ---


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ("leeftijd=12", "Jouw plan"),
        ("leeftijd=11", "Uw plan"),
        ("leeftijd=14&voor=ouders", "Uw plan"),
        ("leeftijd=9&voor=kind", "Jouw plan"),
        ("leeftijd=14&voor=onzin", "Jouw plan"),
    ],
)
def test_a_child_of_twelve_has_a_page_of_its_own(client, call, more, title):
    assert title in text_of(plan_of(client, call, more=more))


def test_without_an_age_the_offers_say_who_reads(client, region):
    young = OfferFactory(age_min=8, age_max=12, municipalities=[region.leiden])
    assert "Uw plan" in text_of(plan_of(client, young, more=""))


def test_the_page_for_parents_says_u_throughout(client, region, call, heavy, group):
    LocalTeamFactory(postal_areas=["2312"])
    for offer in (call, heavy, group):
        offer.how_to_start = ""
        offer.save()
    page = page_at(client, address(call, heavy, group, more="leeftijd=14&voor=ouders"))
    words = f" {text_of(element(page, 'main')).lower()} "
    found = [word for word in (" je ", " jij ", " jou ", " jouw ") if word in words]
    assert found == []


# --- languages ---


@pytest.mark.parametrize(
    ("language", "title", "direction"),
    [
        ("en", "Your plan", "ltr"),
        ("ar", "خطتك", "rtl"),
        ("tr", "Senin planın", "ltr"),
        ("pl", "Twój plan", "ltr"),
        ("uk", "Твій план", "ltr"),
    ],
)
def test_the_fixed_sentences_are_in_the_language_chosen(client, call, language, title, direction):
    page = page_at(client, address(call, more=f"{NEED}&taal={language}"))
    plan = element(page, "article", class_="sk-fplan", lang=language, dir=direction)
    assert text_of(element(plan, "h1")) == title
    # The text of the provider stays Dutch, and the page says so in the reader's language.
    assert "Maatje" in text_of(element(plan, "b", lang="nl"))
    assert "Bel vandaag" not in text_of(plan)


def test_only_a_translation_says_that_a_machine_made_it(client, call):
    english = text_of(plan_of(client, call, more=f"{NEED}&taal=en"))
    assert "A computer made this translation. It has not been checked yet." in english
    assert "The text of the provider is in Dutch." in english
    assert "Deze vertaling" not in text_of(plan_of(client, call))


def test_an_unknown_language_is_dutch(client, call):
    assert "Jouw plan" in text_of(plan_of(client, call, more=f"{NEED}&taal=xx"))


def test_the_rest_of_the_site_stays_dutch(client, call):
    page = page_at(client, address(call, more=f"{NEED}&taal=en"))
    assert "Voor aanbieders" in text_of(element(page, "header"))
    assert client.get("/over-wachttijden/").content.decode().count('lang="nl"') >= 1
