"""Typing errors: what is read as a word of ours, and what never is."""

import pytest

from providers.models import SearchWord
from providers.vocabulary.text.lexicon import right_words
from search.asking.understanding import understand

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fallangst", "faalangst"),
        ("depresief", "depressief"),
        ("schoolverzium", "schoolverzuim"),
        ("Noordwjik", "noordwijk"),
        # A letter short, so that only seven are left.
        ("agresie", "agressie"),
        # These look like compounds of words we know, and this one like a form of one.
        ("gezinproblemen", "gezinsproblemen"),
        ("achterstad", "achterstand"),
        ("verslavig", "verslaving"),
    ],
)
def test_a_misspelt_word_is_read_as_ours_and_said(words, typed, meant):
    (correction,) = understand(typed).corrections
    assert (correction.typed, correction.read_as) == (typed.lower(), meant)


def test_a_word_that_is_known_is_never_corrected(words):
    assert understand("boksen, tranen, internet en grappen").corrections == ()


def test_other_forms_and_compounds_of_known_words_are_never_corrected(words):
    line = "speelgroepen, pleegkindje, hertrouw, buitenspeelclub, jongerenavond"
    assert understand(line).corrections == ()


# Misspelt, these are a right word of ordinary Dutch, and one that is as near to another of ours.
AS_NEAR = {("besneden", "beneden"), ("schulden", "schlden")}


@pytest.fixture
def long_words(words):
    """The single words of eight letters and more that say what is the matter."""
    rows = SearchWord.objects.filter(help_question__isnull=False).order_by("key")
    keys = rows.values_list("key", flat=True)
    return [key for key in keys if key.isalpha() and len(key) >= 8]


@pytest.mark.slow
def test_misspelt_long_words_are_understood_as_the_right_ones(long_words):
    wrong = {
        (word, typed)
        for number, word in enumerate(long_words)
        for meant in [understand(word).questions[:1]]
        for typed in (_misspelt(word, 2 + number % (len(word) - 3), kind) for kind in range(3))
        # A slip can make another right word (crematie, creatie): nobody can see that.
        if typed not in right_words() and understand(typed).questions[:1] != meant
    }
    assert wrong <= AS_NEAR


def test_hardly_any_slip_makes_another_right_word(long_words):
    typed = [
        _misspelt(word, 2 + number % (len(word) - 3), kind)
        for number, word in enumerate(long_words)
        for kind in range(3)
    ]
    assert len(right_words() & set(typed)) < 0.005 * len(typed)


def _misspelt(word, at, kind):
    """Return the word without one letter, with one twice, or with two swapped."""
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
