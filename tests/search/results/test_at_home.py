"""Something else may play at home; light help for that stands beside the results."""

import pytest

from search.alternatives.at_home import cached_candidates, questions_about_home
from search.cards.card import SearchContext
from tests.factories import HelpQuestionFactory, OfferFactory, days_ago

pytestmark = pytest.mark.django_db

ASKED = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"
HEADING = "Speelt er thuis nog iets?"


@pytest.fixture
def results(region):
    """Two parts of results, so that the page shows the best of each."""
    for level in (1, 4):
        OfferFactory(level=level, municipalities=[region.leiden], help_questions=["somberheid"])


def home_offer(region, **fields):
    fields = {
        "level": 1,
        "help_questions": ["geldzorgen"],
        "municipalities": [region.leiden],
    } | fields
    return OfferFactory(**fields)


def page(client, address=ASKED):
    return client.get(address).content.decode()


def test_light_help_for_money_worries_stands_beside_another_question(client, region, results):
    offer = home_offer(region, title="Geldgesprek")
    shown = page(client)
    assert HEADING in shown
    assert offer.get_absolute_url() in shown


def test_it_is_no_result(client, region, results):
    before = page(client).count('id="aanbod-')
    home_offer(region)
    assert page(client).count('id="aanbod-') == before > 0


def test_a_question_that_was_asked_is_not_asked_back(client, region, results):
    home_offer(region)
    assert HEADING not in page(client, f"{ASKED}&hulpvraag=geldzorgen")


@pytest.mark.parametrize(
    "unfit",
    [{"level": 3}, {"age_min": 18, "age_max": 27}, {"municipalities": []}],
    ids=["heavy", "for others", "elsewhere"],
)
def test_only_light_help_for_this_age_and_place_is_named(client, region, results, unfit):
    home_offer(region, **unfit)
    assert HEADING not in page(client)


def test_who_is_grown_up_is_not_asked_about_home(client, region, results):
    home_offer(region)
    assert HEADING not in page(client, "/?hulpvraag=somberheid&leeftijd=20&plaats=leiden")


@pytest.mark.parametrize("signal", ["suicide", "selfharm", "abuse", "violence", "acute"])
def test_nobody_in_danger_is_asked_about_money(client, region, results, signal):
    home_offer(region)
    assert HEADING not in page(client, f"{ASKED}&signaal={signal}")


def test_an_offer_that_is_mainly_about_it_goes_before_a_sooner_one(client, region, results):
    home_offer(region, title="Ook geld", help_questions=["angst", "geldzorgen"])
    home_offer(region, title="Vooral geld", help_questions=["geldzorgen", "angst"])
    assert "Vooral geld" in page(client)


def test_one_offer_answers_one_question_only(client, region, results):
    codes = [code for code, _ask in questions_about_home()]
    offer = home_offer(region, help_questions=codes[:2])
    assert page(client).count(offer.get_absolute_url()) == 1


def test_nobody_who_chose_a_danger_is_asked_about_money(client, region, results):
    HelpQuestionFactory(code="geweld-thuis", signal="violence")
    for level in (1, 4):
        OfferFactory(level=level, municipalities=[region.leiden], help_questions=["geweld-thuis"])
    home_offer(region)
    shown = page(client, "/?hulpvraag=geweld-thuis&leeftijd=14&plaats=leiden")
    assert shown.count('id="aanbod-') == 2
    assert HEADING not in shown


@pytest.mark.parametrize(("questions", "found"), [((), []), (("somberheid",), None)])
def test_nothing_is_looked_up_without_a_question(questions, found):
    context = SearchContext(days_ago(0), questions, municipality="GM0546")
    assert cached_candidates(context) == found
