"""From one line of text to codes, as referrers type it."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.understanding import understand
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(reference):
    """The whole vocabulary, and one offer with words of its own."""
    cache.clear()
    return OfferFactory(title="Boksgroep", summary="Samen boksen.", help_questions=["somberheid"])


# Whole lines with what they have to give; the list is for editors to add to.
LINES = [
    ("meisje 14 somber, gaat niet meer naar school, Leiden", {"somberheid", "schoolverzuim"}),
    ("meisje somber, gaat niet meer naar school, ouders geldstress", {"somberheid"}),
    ("depressie", {"somberheid"}),
    ("faalangst", {"faalangst"}),
    ("wordt gepest op school", {"pesten"}),
]


@pytest.mark.parametrize(("line", "questions"), LINES)
def test_the_questions_in_a_line(words, line, questions):
    assert questions <= set(understand(line).questions)


def test_isa_is_understood_whole(words):
    said = understand("meisje 14 somber, gaat niet meer naar school, ouders geldstress, Leiden")
    assert {"somberheid", "schoolverzuim", "geldzorgen"} <= set(said.questions)
    assert (said.age, said.place) == (14, "leiden")


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("14 jaar", 14),
        ("jongen van 9", 9),
        ("14-jarige", 14),
        ("meisje 14 somber", 14),
        ("zoon 3", 3),
        ("0 jaar", 0),
        ("27 jaar", 27),
        ("40 jaar", None),
        ("somber", None),
    ],
)
def test_the_age_in_a_line(region, line, age):
    assert understand(line).age == age


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("somber in Leiden", "leiden"),
        ("Katwijk somber", "katwijk"),
        ("2312 somber", "2312"),
        ("2312 AB somber", "2312"),
        ("somber", None),
        ("9999 somber", None),
    ],
)
def test_the_place_in_a_line(region, line, place):
    assert understand(line).place == place


def test_a_postcode_is_no_age(region):
    assert understand("2312").age is None


def test_words_of_the_catalogue_are_kept_when_there_is_no_question(words):
    assert understand("boksen").words == ("boksen",)


def test_words_nobody_knows_are_counted_and_dropped(words):
    said = understand("Fleurtje Zonnedauw boksen")
    assert not {"fleurtje", "zonnedauw"} & set(said.words)
    assert len(said.dropped) == 2


def test_an_empty_line_asks_nothing(region):
    said = understand("")
    assert (said.questions, said.words, said.age, said.place) == ((), (), None, None)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=st.text(max_size=200))
def test_any_line_is_answered(region, line):
    understand(line)
