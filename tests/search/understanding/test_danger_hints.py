"""A word that may be a sign of danger, and a model that says whether the line speaks of one."""

import pytest

from search.asking.understanding.danger.hints import find_hints
from search.asking.understanding.danger.patterns import find_dangers
from search.asking.understanding.questions.model import ANY
from search.asking.understanding.reading import prepared

pytestmark = pytest.mark.django_db

CALM = {ANY: -3.0, "suicide": -3.0, "acute": -3.0}
SOME_DANGER = {ANY: 1.5, "suicide": -0.5, "acute": -3.0}
SURE_OF_KIND = {ANY: 0.5, "suicide": 1.0, "acute": -3.0}
LINE = "ze heeft afscheid genomen van haar vriendinnen"


def kinds(text, scores):
    return set(find_hints(prepared(text).line, scores))


def test_a_word_alone_is_no_sign(words):
    assert kinds(LINE, CALM) == set()


def test_the_model_alone_is_no_sign(words):
    assert kinds("ze wil graag tennissen op dinsdag", SOME_DANGER) == set()


@pytest.mark.parametrize("scores", [SOME_DANGER, SURE_OF_KIND])
def test_both_together_are_a_sign_of_the_kind_that_both_speak_of(words, scores):
    assert kinds(LINE, scores) == {"suicide"}


def test_a_line_of_one_word_is_no_sign(words):
    assert kinds("afscheid", SURE_OF_KIND) == set()


def test_paper_about_a_danger_is_no_sign(words):
    assert kinds("tarief voor afscheid van het leven", SURE_OF_KIND) == set()


@pytest.mark.parametrize(
    "text", ["ik las jullie nieuwsbrief. mijn zoon wil dood", "na de webinar: ze snijdt zichzelf"]
)
def test_paper_takes_no_danger_away_that_stands_in_another_sentence(words, text):
    assert find_dangers(prepared(text).line)
