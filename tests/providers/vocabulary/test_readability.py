"""Readability: what is counted, and what counts as B1."""

import pytest
import textstat

from demo.content import read_content
from providers.readability import reading_of, syllables

EASY = "Je komt elke week bij ons. We praten met je. Daarna drinken we thee."
HARD = (
    "De cliëntondersteuner faciliteert systeemgerichte gezinsinterventies ter bevordering van "
    "de zelfredzaamheid, waarbij multidisciplinaire samenwerking uitgangspunt is."
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("ik", 1),
        ("avond", 2),
        ("opa", 2),
        ("idee", 2),
        ("iedereen", 3),
        ("gezin", 2),
        ("sociale", 4),
        ("eeuw", 1),
        ("moeilijk", 2),
        ("ruzie", 2),
        ("Huisarts", 2),
        ("psst", 1),
    ],
)
def test_syllables_are_those_one_hears(word, number):
    assert syllables(word) == number


def test_the_score_is_that_of_douma():
    # 4 words in one sentence, 5 syllables: 206.84 - 77 x 5/4 - 0.93 x 4.
    assert reading_of("We praten met je.").score == pytest.approx(206.84 - 96.25 - 3.72)


def test_it_is_close_to_the_library_that_most_people_use():
    """Ours counts syllables that a hyphenation cannot show, so it is the stricter one."""
    textstat.set_lang("nl")
    for provider in read_content():
        for offer in provider.offers:
            ours = reading_of(offer.description).score
            assert -11 < ours - textstat.flesch_reading_ease(offer.description) < 3


def test_plain_sentences_are_b1():
    assert reading_of(EASY).is_b1


def test_the_words_of_the_field_are_not():
    assert not reading_of(HARD).is_b1


def test_short_words_in_a_long_sentence_are_not():
    assert not reading_of("Dit is een zin die maar door en door en door gaat " * 3).is_b1


def test_a_few_words_are_not_judged():
    assert reading_of("Gratis met verwijzing").is_b1
    assert not reading_of("Gratis met verwijzing").is_judged


def test_names_of_digits_and_signs_are_no_words():
    assert reading_of("071 000 00 12 – € 5,50").words == 0


def test_nothing_at_all_is_not_hard():
    assert reading_of("").is_b1


def texts(name):
    return [
        (f"{provider.key}/{offer.key}", reading_of(text))
        for provider in read_content()
        for offer in provider.offers
        if (text := getattr(offer, name))
    ]


@pytest.mark.parametrize("name", ["summary", "description", "how_to_start", "cost"])
def test_the_demo_is_written_in_plain_words(name):
    assert [key for key, reading in texts(name) if not reading.is_b1] == []
