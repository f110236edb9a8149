"""With several questions each has its answer among the few that are shown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.models import Offer
from search.finding.answers import choose_answers
from search.finding.matching import as_hit
from tests.examples import at_most
from tests.factories import HelpQuestionFactory, OfferFactory
from tests.search.searching import page_of, results_of

MOST = 5
ASKED = ("geld", "school", "somber")
CODES = st.lists(st.sampled_from([*ASKED, "slapen"]), min_size=1, max_size=3, unique=True)
FOUND = st.lists(CODES, max_size=30)
WANTED = st.lists(st.sampled_from(ASKED), max_size=3, unique=True)


@given(found=FOUND, asked=WANTED)
def test_no_question_that_something_is_for_is_left_without(found, asked):
    shown = [found[place] for place in choose_answers(found, asked, MOST)]
    for question in asked:
        assert any(question in one for one in found) == any(question in one for one in shown)


@given(found=FOUND, asked=WANTED)
def test_a_question_gets_the_best_that_is_mainly_for_it(found, asked):
    places = choose_answers(found, asked, MOST)
    for question in asked:
        mainly = [place for place, codes in enumerate(found) if codes[0] == question]
        assert not mainly or mainly[0] in places


@given(found=FOUND, asked=WANTED)
def test_all_places_are_used_and_the_order_stays(found, asked):
    places = choose_answers(found, asked, MOST)
    assert len(places) == min(MOST, len(found))
    assert places == sorted(set(places))


def test_more_questions_than_places_take_a_place_each():
    found = [[f"vraag-{n}"] for n in range(8)]
    assert choose_answers(found, [f"vraag-{n}" for n in reversed(range(8))], MOST) == [
        3,
        4,
        5,
        6,
        7,
    ]


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.django_db
@settings(
    deadline=None,
    max_examples=at_most(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(CODES, st.sampled_from([0, 2, 4])), min_size=1, max_size=14))
def test_no_part_shows_five_of_one_question_and_none_of_another(region, made):
    """Whatever there is: what a part has for a question stands among the few it shows."""
    offers = {OfferFactory(help_questions=codes, level=level).pk: codes for codes, level in made}
    found = results_of("&".join(f"hulpvraag={code}" for code in ASKED))
    part_of = {hit.offer: hit.part for hit in map(as_hit, found.matches.ranking.rows)}
    there = {(part, code) for pk, part in part_of.items() for code in offers[pk]}
    shown = {(hit.part, code) for hit in found.shown.hits for code in offers[hit.offer]}
    Offer.objects.all().delete()
    assert {one for one in there if one[1] in ASKED} <= shown


@pytest.mark.django_db
def test_a_card_that_answers_several_questions_says_how_many(region):
    for code in ("somberheid", "schoolverzuim", "geldzorgen"):
        HelpQuestionFactory(code=code, label=code)
    OfferFactory(help_questions=["somberheid", "schoolverzuim"])
    (card,) = page_of("hulpvraag=somberheid&hulpvraag=schoolverzuim&hulpvraag=geldzorgen").cards
    assert card.reasons[0].text == "past bij 2 van 3 vragen"


@pytest.mark.django_db
def test_what_answers_two_questions_stands_before_what_answers_one(region):
    OfferFactory(title="Een", help_questions=["somberheid"])
    OfferFactory(title="Beide", help_questions=["somberheid", "schoolverzuim"])
    cards = page_of("hulpvraag=somberheid&hulpvraag=schoolverzuim").cards
    assert [card.title for card in cards] == ["Beide", "Een"]
