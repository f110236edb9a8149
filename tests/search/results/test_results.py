"""The search page: what is shown, in which order, and how one gets on from there."""

import re

import pytest
from django.utils import timezone

from providers.enums import OfferStatus
from providers.models import Offer
from providers.rules.start import SOON_START_WEEKS
from search.finding.matching import PAGE_SIZE, TOP_OF_SECTION
from tests.factories import (
    GroupRunFactory,
    HelpQuestionFactory,
    LocationFactory,
    OfferFactory,
    ThemeFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import element, elements, on_one_line, text_of
from tests.search.searching import page_of, params_of

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"


@pytest.fixture(autouse=True)
def here(region):
    return region


def titles(query):
    return [card.title for card in page_of(query).cards]


def only_card(query="hulpvraag=somberheid"):
    (card,) = page_of(query).cards
    return card


def starting_in(weeks, **offer):
    return WaitTimeFactory(offer=OfferFactory(**offer), intake_weeks=weeks, treatment_weeks=0).offer


# --- cards that come back ----------------------------------------------------------------------


NUMBERED = re.compile(r'aria-hidden="true">(\d+)<.*?__title"><a[^>]*>([^<]*)', re.DOTALL)


def numbers(client, query):
    """The number on the map of each offer on the page."""
    page = client.get(f"/?{query}").content.decode()
    return {title: number for number, title in NUMBERED.findall(page)}


def test_an_offer_has_the_number_of_its_place_in_every_list(client):
    OfferFactory(title="Buurt", level=0)
    OfferFactory(title="Team", level=2)
    assert numbers(client, "trede=2") == {"Team": "1"}
    assert numbers(client, "trede=2&trede=0") == {"Buurt": "1", "Team": "2"}


# --- order -------------------------------------------------------------------------------------


def test_what_fits_better_comes_first():
    OfferFactory(title="Bijzaak", help_questions=["angst", "somberheid"])
    OfferFactory(title="Hoofdzaak", help_questions=["somberheid"])
    assert titles("hulpvraag=somberheid") == ["Hoofdzaak", "Bijzaak"]


def test_of_equal_fit_the_sooner_comes_first():
    starting_in(5, title="Straks")
    starting_in(1, title="Nu")
    assert titles("hulpvraag=somberheid") == ["Nu", "Straks"]


def test_of_equal_start_the_lighter_comes_first():
    OfferFactory(title="Team", level=2)
    OfferFactory(title="Buurt", level=0)
    assert titles("hulpvraag=somberheid") == ["Buurt", "Team"]


def test_of_equal_weight_the_group_comes_first():
    OfferFactory(title="Alleen", group=False)
    OfferFactory(title="Samen", group=True)
    assert titles("hulpvraag=somberheid") == ["Samen", "Alleen"]


def test_of_all_else_equal_the_nearer_comes_first(region):
    for title, lat in [("Ver", 52.4), ("Dichtbij", 52.159)]:
        offer = OfferFactory(title=title, municipalities=[region.leiden])
        offer.locations.set([LocationFactory(provider=offer.provider, lat=lat)])
    assert titles("plaats=leiden") == ["Dichtbij", "Ver"]


def test_an_unknown_age_ranks_below_a_known_one():
    OfferFactory(title="Onbekend", age_min=None, age_max=None)
    OfferFactory(title="Bekend")
    assert titles("leeftijd=14") == ["Bekend", "Onbekend"]


def test_a_stale_wait_does_not_rank_as_soon():
    WaitTimeFactory(offer=OfferFactory(title="Oud"), measured_on=days_ago(31))
    starting_in(30, title="Lang")
    assert titles("hulpvraag=somberheid&volgorde=wachttijd") == ["Lang", "Oud"]


@pytest.mark.parametrize(
    ("order", "first"), [("wachttijd", "Snel"), ("licht", "Licht"), ("dichtbij", "Dichtbij")]
)
def test_other_orders_on_request(region, order, first):
    for title, weeks, level, lat in [
        ("Snel", 0, 2, 52.3),
        ("Licht", 4, 0, 52.3),
        ("Dichtbij", 4, 2, 52.159),
    ]:
        offer = starting_in(weeks, title=title, level=level, municipalities=[region.leiden])
        offer.locations.set([LocationFactory(provider=offer.provider, lat=lat)])
    assert titles(f"plaats=leiden&volgorde={order}")[0] == first


def test_nearest_is_not_offered_without_a_place():
    assert "dichtbij" not in page_of("hulpvraag=somberheid").filters.orders


def test_nearest_without_a_place_falls_back_to_the_best():
    assert page_of("hulpvraag=somberheid&volgorde=dichtbij").filters.order == "past"


# --- parts -------------------------------------------------------------------------------------


def test_parts_go_from_now_to_specialist():
    family = HelpQuestionFactory(code="opvoeden", theme=ThemeFactory(code="gezin"))
    starting_in(1, title="Nu")
    OfferFactory(title="Gezin", help_questions=[family, "somberheid"])
    OfferFactory(title="Later")
    OfferFactory(title="Specialist", level=3)
    assert titles("hulpvraag=somberheid") == ["Nu", "Gezin", "Later", "Specialist"]


def test_the_title_of_a_part_is_true_of_what_stands_in_it():
    starting_in(SOON_START_WEEKS, title="Net nog")
    starting_in(SOON_START_WEEKS + 1, title="Later")
    first = page_of("hulpvraag=somberheid").sections[0]
    assert first.title == f"Lichte hulp, start binnen {SOON_START_WEEKS} weken"
    assert [card.title for card in first.cards] == ["Net nog"]


def test_a_part_shows_its_best_few_and_says_how_many_there_are():
    OfferFactory.create_batch(TOP_OF_SECTION + 2)
    OfferFactory(level=3)
    part = page_of("hulpvraag=somberheid").sections[0]
    assert (len(part.cards), part.total) == (TOP_OF_SECTION, TOP_OF_SECTION + 2)


def test_the_rest_of_a_part_is_one_link_away(client):
    OfferFactory.create_batch(TOP_OF_SECTION + 2)
    OfferFactory(level=3)
    more = page_of("hulpvraag=somberheid").sections[0].more
    shown = client.get(f"/{more}").content.decode().count("data-offer=")
    assert shown == TOP_OF_SECTION + 2


def test_beside_a_heading_stands_only_what_its_rows_say_alike():
    # Without a place no row says how one gets in.
    OfferFactory.create_batch(3, cost="Gratis")
    assert page_of("hulpvraag=somberheid").sections[0].shared == "gratis"


def test_the_parts_add_up_to_the_total():
    OfferFactory.create_batch(3)
    OfferFactory.create_batch(2, level=4)
    page = page_of("hulpvraag=somberheid")
    assert sum(part.total for part in page.sections) == page.total == 5


def test_cards_are_numbered_through():
    OfferFactory.create_batch(2)
    OfferFactory.create_batch(2, level=4)
    assert [card.number for card in page_of("hulpvraag=somberheid").cards] == [1, 2, 3, 4]


# --- pages -------------------------------------------------------------------------------------


def test_the_second_page_goes_on_counting():
    OfferFactory.create_batch(PAGE_SIZE + 3)
    assert [card.number for card in page_of("hulpvraag=somberheid&pagina=2").cards] == [21, 22, 23]


def test_every_offer_is_on_exactly_one_page():
    made = {offer.pk for offer in OfferFactory.create_batch(PAGE_SIZE + 3)}
    pages = [page_of(f"hulpvraag=somberheid&pagina={n}").cards for n in (1, 2)]
    shown = [card.offer_id for cards in pages for card in cards]
    assert (len(shown), set(shown)) == (len(made), made)


@pytest.mark.parametrize("number", ["99", "-1", "0", "x", "9" * 5000])
def test_a_page_that_is_not_there_is_the_nearest_one(number):
    OfferFactory()
    assert only_card(f"hulpvraag=somberheid&pagina={number}")


# --- the page ----------------------------------------------------------------------------------


def test_what_was_understood_can_be_taken_away_one_by_one():
    HelpQuestionFactory(code="somberheid")
    chips = {chip.name: chip.without for chip in page_of(SEARCH[2:]).understood.chips}
    assert chips == {
        "hulpvraag": "?leeftijd=14&plaats=leiden",
        "leeftijd": "?hulpvraag=somberheid&plaats=leiden",
        "plaats": "?hulpvraag=somberheid&leeftijd=14",
    }


@pytest.mark.parametrize(
    ("wish", "label", "without"),
    [
        ("vorm=groep", "In een groep", ""),
        ("vorm=groep&vorm=online", "Online", "&vorm=groep"),
        ("trede=4", "Dagbehandeling", ""),
        ("trede=0&trede=1&trede=2", "Lichte hulp", ""),
        ("trede=1&trede=2", "Lokaal team", "&trede=1"),
    ],
)
def test_a_wish_that_narrows_the_search_can_be_taken_away_like_the_rest(wish, label, without):
    chips = {chip.label: chip.without for chip in page_of(f"leeftijd=14&{wish}").understood.chips}
    assert chips[label] == f"?leeftijd=14{without}"


def test_taking_away_the_last_chip_leads_to_the_start():
    assert page_of("leeftijd=14").understood.chips[0].without == "/"


def test_the_count_says_how_many_can_start(client):
    starting_in(1)
    OfferFactory()
    page = on_one_line(client.get("/?hulpvraag=somberheid").content.decode())
    assert re.search(r"<b>2</b> passen, <b>1</b> kan binnen 6 weken starten", page)


def test_what_is_left_out_is_said_with_a_way_to_see_it(client):
    OfferFactory(title="Wie weet")
    answer = client.get("/?hulpvraag=somberheid&start=2").content.decode()
    assert "Van 1 andere mogelijkheid is niet bekend of die past." in answer
    href = re.search(r'<a href="(\?[^"]*onbekend=ja)"', answer)[1].replace("&amp;", "&")
    assert "Wie weet" in client.get(f"/{href}").content.decode()


def test_nothing_found_says_what_to_take_away(client):
    HelpQuestionFactory(code="somberheid", label="Somber")
    page = client.get("/?hulpvraag=somberheid&start=2&leeftijd=14").content.decode()
    assert "Niets gevonden" in page
    for way_on in ("Haal de filters weg", "Begin opnieuw"):
        assert way_on in page


def test_a_value_that_cannot_be_read_is_said_in_words(client):
    OfferFactory()
    page = client.get("/?leeftijd=40").content.decode()
    assert "Leeftijd: Typ een leeftijd van 0 tot en met 27 jaar." in page


def test_filters_go_along_with_the_question():
    hidden = page_of("hulpvraag=somberheid&deel=3-later&wachttijd=4&vorm=groep").filters.hidden
    assert hidden == [("hulpvraag", "somberheid"), ("deel", "3-later"), ("wachttijd", "4")]


def test_before_anything_is_asked_the_page_invites(client):
    offer = OfferFactory()
    page = client.get("/").content.decode()
    assert "Welke hulp past, en kan die nu starten?" in page
    assert offer.title not in page


def test_an_empty_site_counts_nothing(client):
    assert "0 soorten hulp" not in client.get("/").content.decode()


def test_an_empty_site_offers_its_first_step(client):
    main = element(client.get("/").content.decode(), "main")
    links = [text_of(one) for one in elements(main, "a", href="/meedoen/nieuw/")]
    assert links == ["Zet uw organisatie op de kaart"]


def test_the_start_shows_groups_that_start(client):
    run = GroupRunFactory()
    assert str(run.programme.offer) in client.get("/").content.decode()


def test_today_is_of_the_netherlands():
    assert params_of("").today == timezone.localdate()


def test_an_offer_that_is_gone_has_no_card_while_the_index_still_has_it():
    gone = OfferFactory(title="Is weg")
    OfferFactory(title="Is er nog")
    Offer.objects.filter(pk=gone.pk).update(status=OfferStatus.ARCHIVED)
    assert titles("hulpvraag=somberheid") == ["Is er nog"]
