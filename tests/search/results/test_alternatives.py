"""Beside a long wait: what can start meanwhile, what is lighter, and never a dead end."""

import pytest

from providers.enums import WaitStatus
from search.alternatives.lighter import MOST_ALTERNATIVES
from tests import pages
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    HelpQuestionFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.pages import on_one_line

pytestmark = pytest.mark.django_db

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"


def waiting(weeks, **fields):
    """An offer with this many weeks of wait."""
    offer = OfferFactory(**fields)
    return WaitTimeFactory(offer=offer, intake_weeks=weeks, treatment_weeks=0).offer


def stopped(**fields):
    return WaitTimeFactory(offer=OfferFactory(**fields), status=WaitStatus.STOP).offer


@pytest.fixture
def leiden(region):
    return {"municipalities": [region.leiden]}


@pytest.fixture
def heavy(leiden):
    return waiting(20, title="Behandeling", level=3, **leiden)


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def section(page, name):
    """The part of an offer page under one heading, or nothing."""
    return pages.html_of(pages.section_of(page, name))


def titles(page):
    return [pages.text_of(one) for one in pages.elements(page, class_="sk-card__title")]


def beside(page):
    """What stands on the lines "Intussen kan", per line."""
    lines = pages.elements(page, "p", class_="sk-meanwhile")
    return [[pages.text_of(link) for link in pages.elements(line, "a")] for line in lines]


# --- meanwhile, on the results page ------------------------------------------------------------


def test_a_long_wait_says_what_can_start_meanwhile(client, leiden, heavy):
    waiting(0, title="Maatje", level=0, **leiden)
    page = text_of(client, SEARCH)
    assert beside(page) == [["Maatje"]]
    assert "(direct)</span></p>" in page


@pytest.mark.parametrize(
    "other",
    [
        {"help_questions": ["autisme"]},
        {"age_min": 4, "age_max": 9},
        {"municipalities": ["GM0537"]},
        {"level": 3},
    ],
    ids=["another question", "another age", "another municipality", "not light"],
)
def test_what_does_not_fit_is_no_help_meanwhile(client, leiden, heavy, other):
    waiting(0, title="Maatje", **({"level": 1} | leiden | other))
    assert beside(text_of(client, SEARCH)) == []


def test_what_starts_later_than_in_two_weeks_is_no_help_meanwhile(client, leiden, heavy):
    waiting(3, title="Maatje", level=1, **leiden)
    assert beside(text_of(client, SEARCH)) == []


def test_help_made_for_who_waits_may_be_of_any_step(client, leiden, heavy):
    waiting(1, title="Overbrugging", level=3, while_waiting=True, **leiden)
    assert beside(text_of(client, SEARCH)) == [["Overbrugging"]]


def test_a_group_with_places_counts_by_its_start(client, leiden, heavy):
    offer = OfferFactory(title="Groep", level=1, individual=False, group=True, **leiden)
    GroupRunFactory(programme=GroupProgrammeFactory(offer=offer), starts_on=days_ago(-10))
    assert beside(text_of(client, SEARCH)) == [["Groep"]]


def test_a_light_offer_that_takes_nobody_also_says_it(client, leiden):
    stopped(title="Cursus", level=1, **leiden)
    waiting(0, title="Maatje", level=0, **leiden)
    assert beside(text_of(client, SEARCH)) == [["Maatje"]]


def test_specialist_help_that_starts_at_once_says_nothing(client, leiden):
    waiting(1, title="Behandeling", level=3, **leiden)
    waiting(0, title="Maatje", level=0, **leiden)
    assert beside(text_of(client, SEARCH)) == []


@pytest.mark.parametrize("level", [1, 3], ids=["light", "heavy"])
@pytest.mark.parametrize("weeks", [3, 4, 5, 9])
def test_the_card_says_it_when_the_page_of_the_offer_does(client, leiden, level, weeks):
    offer = waiting(weeks, title="Wacht", level=level, **leiden)
    waiting(0, title="Maatje", level=0, **leiden)
    on_page = section(text_of(client, offer.get_absolute_url()), "intussen")
    assert bool(beside(text_of(client, SEARCH))) == bool(on_page) == (weeks > 4)


def test_a_part_says_it_once_and_names_two_at_most(client, leiden, heavy):
    waiting(30, title="Nog een behandeling", level=4, **leiden)
    for n in range(6):
        waiting(0, title=f"Maatje {n}", level=0, **leiden)
    [line] = beside(text_of(client, SEARCH))
    assert 1 <= len(set(line)) == len(line) <= 2


def test_without_a_municipality_nothing_far_away_is_offered(client, leiden, heavy):
    waiting(0, title="Maatje", level=0, **leiden)
    assert beside(text_of(client, "/?hulpvraag=somberheid")) == []


# --- on the page of an offer -------------------------------------------------------------------


def test_the_page_of_a_long_wait_has_cards_of_what_can_start(client, leiden, heavy):
    for n in range(MOST_ALTERNATIVES + 1):
        waiting(0, title=f"Maatje {n}", level=0, **leiden)
    page = text_of(client, heavy.get_absolute_url())
    assert len(titles(section(page, "intussen"))) == MOST_ALTERNATIVES


def test_nothing_stands_under_both_headings(client, leiden, heavy):
    for n in range(MOST_ALTERNATIVES * 3):
        waiting(0, title=f"Maatje {n}", level=n % 3, **leiden)
    page = text_of(client, heavy.get_absolute_url())
    now, lighter = (titles(section(page, name)) for name in ("intussen", "lichter"))
    assert len(now) == len(lighter) == MOST_ALTERNATIVES
    assert not set(now) & set(lighter)


def test_lighter_help_says_why_in_one_sentence(client, leiden, heavy):
    waiting(6, title="Lotgenoten", level=1, group=True, **leiden)
    found = section(text_of(client, heavy.get_absolute_url()), "lichter")
    assert titles(found) == ["Lotgenoten"]
    assert "Start over 6 weken in plaats van 20, in een groep, zonder verwijzing." in found


def test_no_reason_compares_with_a_wait_that_is_not_known(client, leiden):
    waiting(6, title="Maatje", level=1, **leiden)
    offer = OfferFactory(level=3, **leiden)
    found = section(text_of(client, offer.get_absolute_url()), "lichter")
    assert "Start over 6 weken, zonder verwijzing." in found


def test_what_hardly_starts_sooner_is_not_offered_as_lighter(client, leiden):
    waiting(6, title="Maatje", level=1, **leiden)
    offer = waiting(7, level=3, **leiden)
    assert section(text_of(client, offer.get_absolute_url()), "lichter") == ""


def test_of_lighter_help_the_best_fit_goes_first_and_then_the_lightest(client, leiden):
    heavy = waiting(20, level=4, help_questions=["eetproblemen", "somberheid"], **leiden)
    both = ["somberheid", "eetproblemen"]
    waiting(6, title="Vooral voor iets anders", level=0, help_questions=both, **leiden)
    for level in (2, 1):
        waiting(6, title=f"Trede {level}", level=level, help_questions=both[::-1], **leiden)
    found = section(text_of(client, heavy.get_absolute_url()), "lichter")
    assert titles(found) == ["Trede 1", "Trede 2", "Vooral voor iets anders"]


def test_a_side_question_in_common_makes_no_lighter_help(client, leiden):
    heavy = waiting(20, level=4, help_questions=["eetproblemen", "slaapt-slecht"], **leiden)
    waiting(0, title="Beter slapen", level=1, help_questions=["slaapt-slecht"], **leiden)
    page = text_of(client, heavy.get_absolute_url())
    assert section(page, "intussen") == section(page, "lichter") == ""


@pytest.mark.parametrize(("weeks", "part"), [(0, "intussen"), (6, "lichter")])
def test_help_for_a_danger_that_nobody_spoke_of_stands_nowhere_beside(client, leiden, weeks, part):
    HelpQuestionFactory(code="zelfbeschadiging", signal="selfharm")
    heavy = waiting(20, level=3, help_questions=["slaapt-slecht"], **leiden)
    for_danger = ["zelfbeschadiging", "slaapt-slecht"]
    waiting(weeks, title="Nachtchat", level=0, help_questions=for_danger, **leiden)
    page = text_of(client, heavy.get_absolute_url())
    assert section(page, part) == ""
    asked = "terug=hulpvraag%3Dslaapt-slecht%26hulpvraag%3Dzelfbeschadiging"
    page = text_of(client, f"{heavy.get_absolute_url()}?{asked}")
    assert titles(section(page, part)) == ["Nachtchat"]


def test_lighter_help_is_for_the_question_that_was_asked(client, leiden):
    questions = ["eetproblemen", "somberheid"]
    heavy = waiting(20, level=4, help_questions=questions, **leiden)
    for code in questions:
        waiting(6, title=f"Bij {code}", level=1, help_questions=[code], **leiden)
    page = text_of(client, f"{heavy.get_absolute_url()}?terug=hulpvraag%3Dsomberheid")
    assert titles(section(page, "lichter")) == ["Bij somberheid"]


@pytest.mark.parametrize("weeks", [0, 4])
def test_a_short_wait_needs_nothing_beside_it(client, leiden, weeks):
    waiting(0, title="Maatje", level=0, **leiden)
    page = text_of(client, waiting(weeks, level=3, **leiden).get_absolute_url())
    assert section(page, "intussen") == section(page, "lichter") == ""


def test_an_unknown_wait_of_light_help_needs_nothing_beside_it(client, leiden):
    waiting(0, title="Maatje", level=0, **leiden)
    page = text_of(client, OfferFactory(level=1, **leiden).get_absolute_url())
    assert section(page, "intussen") == ""


def test_the_municipality_asked_for_is_followed_to_the_offer(client, region, leiden):
    both = [region.leiden, region.katwijk]
    offer = waiting(20, title="Behandeling", level=3, municipalities=both)
    waiting(0, title="In Katwijk", level=0, municipalities=[region.katwijk])
    page = text_of(client, SEARCH)
    (address,) = {
        pages.attribute(link, "href")
        for link in pages.elements(page, "a")
        if pages.text_of(link) == "Behandeling"
    }
    back = "hulpvraag%3Dsomberheid%26leeftijd%3D14%26plaats%3Dleiden%23aanbod-"
    query = f"gemeente=GM0546&terug={back}{offer.pk}"
    assert address == f"{offer.get_absolute_url()}?{query}"
    assert section(text_of(client, address), "intussen") == ""
    assert "In Katwijk" in section(text_of(client, offer.get_absolute_url()), "intussen")


def test_the_municipality_asked_for_stands_on_top_of_the_table(client, region):
    offer = OfferFactory(municipalities=[region.katwijk, region.leiden])
    page = text_of(client, f"{offer.get_absolute_url()}?gemeente=GM0546")
    places = [pages.text_of(one) for one in pages.elements(page, "th", scope="row")]
    assert places == ["Leiden", "Katwijk"]


@pytest.mark.parametrize("code", ["GM9999", "x'--", "GM0537"])
def test_a_municipality_where_it_is_not_given_changes_nothing(client, leiden, code):
    offer = OfferFactory(**leiden)
    page = text_of(client, f"{offer.get_absolute_url()}?gemeente={code}")
    assert "sk-table__own" not in page


# --- never a dead end --------------------------------------------------------------------------


def few(page):
    """Heading, and what stands under it with its number."""
    box = next(pages.elements(page, "section", class_="sk-empty"), None)
    if box is None:
        return None
    found = {}
    for line in pages.elements(box, "li"):
        link, number = (pages.element(line, tag) for tag in ("a", "span"))
        found[pages.text_of(link)] = (pages.text_of(number), pages.attribute(link, "href"))
    return found


def test_few_results_say_what_each_filter_costs(client, leiden):
    waiting(1, title="Kan nu", **leiden)
    waiting(9, title="Kan later", **leiden)
    waiting(1, title="Voor jonge kinderen", age_min=2, age_max=9, **leiden)
    page = text_of(client, f"{SEARCH}&start=2")
    found = few(page)
    assert "Weinig gevonden" in page
    assert found["Ook als het later start"][0] == found["Zonder de leeftijd"][0] == "2"
    assert "Zonder de hulpvraag" not in found


def test_each_way_on_leads_to_as_many_as_it_says(client, leiden, region):
    waiting(1, title="Kan nu", **leiden)
    waiting(9, title="Kan later", **leiden)
    waiting(1, title="In Katwijk", municipalities=[region.katwijk])
    found = few(text_of(client, f"{SEARCH}&start=2"))
    assert len(found) >= 3
    for number, href in found.values():
        if href.startswith("?"):
            assert f"<b>{number}</b> pas" in text_of(client, f"/{href}")


def test_neighbours_that_have_something_are_named_and_others_are_not(client, region):
    waiting(1, municipalities=[region.katwijk])
    found = few(text_of(client, SEARCH))
    assert found["Katwijk"][0] == "1"
    assert "gemeente=GM0537" in found["Katwijk"][1]
    assert "plaats=" not in found["Katwijk"][1]
    assert "Leiderdorp" not in found


def test_lighter_help_stands_under_its_own_heading_without_a_number(client, leiden):
    waiting(20, title="Verblijf", level=6, **leiden)
    waiting(0, title="Maatje", level=0, **leiden)
    page = text_of(client, f"{SEARCH}&trede=6")
    assert few(page)["Maatje"][0] == "direct"
    assert "Lichtere hulp bij dezelfde vraag" in page
    assert titles(page) == ["Verblijf"]


@pytest.mark.parametrize("level", [1, 2], ids=["as light", "heavier"])
def test_light_help_that_is_no_lighter_is_not_called_so(client, leiden, level):
    waiting(1, title="In een groep", level=1, group=True, individual=False, **leiden)
    waiting(0, title="Maatje", level=level, **leiden)
    page = text_of(client, f"{SEARCH}&vorm=groep")
    assert "Maatje" in few(page)
    assert "Andere lichte hulp bij dezelfde vraag" in page


def test_enough_results_need_no_ways_on(client, leiden):
    OfferFactory.create_batch(5, **leiden)
    assert few(text_of(client, SEARCH)) is None


def test_nothing_at_all_still_has_a_way_on(client):
    HelpQuestionFactory(code="somberheid")
    page = text_of(client, "/?hulpvraag=somberheid")
    assert "Niets gevonden" in page
    assert "Begin opnieuw" in page


def test_all_filters_of_the_search_have_a_name_in_the_ways_on(region):
    from providers.filters.offers import OfferFilterSet
    from search.results.near_misses import COSTS

    named = {name for names in COSTS for name in names}
    assert named == OfferFilterSet.base_filters.keys() - {"onbekend"}
