"""What texts suggest, and what they do not."""

import pytest

from importing.lists.rows import rows_of
from importing.lists.suggestions import Suggester
from importing.lists.table import read_list
from tests.importing.lists.files import as_csv, row


def suggested(without=(), **cells):
    table = read_list(as_csv([row(**({"title": "Aanbod", "target": ""} | cells))]))
    (line,) = rows_of(table, table.columns({}))
    return Suggester(without).read(line)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Groep voor kinderen die somber zijn.", "somberheid"),
        ("Training tegen faalangst.", "faalangst"),
        ("Groep voor kinderen van gescheiden ouders.", "scheiding"),
        ("Hulp bij schulden.", "geldzorgen"),
    ],
)
def test_a_help_question_is_suggested_by_the_words_of_the_vocabulary(vocabulary, text, code):
    assert code in suggested(text=text).help_questions


def test_what_an_offer_is_not_for_is_not_suggested(vocabulary):
    found = suggested(text="Hulp bij schulden. Niet voor kinderen met een eetstoornis.")
    assert found.help_questions == ("geldzorgen",)


def test_one_word_in_a_text_suggests_no_help_for_a_danger(vocabulary):
    text = "Samen sporten. Wij letten op signalen van huiselijk geweld."
    assert "huiselijk-geweld" not in suggested(text=text).help_questions


def test_a_code_that_is_wrong_for_this_list_is_not_suggested_again(vocabulary):
    assert suggested(text="Hulp bij schulden.", without=["geldzorgen"]).help_questions == ()


@pytest.mark.parametrize(
    ("cells", "ages"),
    [
        ({"target": "Jongeren van 12 tot 18 jaar"}, (12, 17)),
        ({"target": "18+"}, (18, None)),
        ({"text": "Behandelduur 1 tot 2 jaar."}, (None, None)),
        ({"text": "Voor kinderen van 4 t/m 12 jaar."}, (4, 12)),
    ],
)
def test_ages_are_read_from_target_and_text_and_not_from_how_long_it_takes(vocabulary, cells, ages):
    found = suggested(**({"text": ""} | cells)).ages
    assert (found.low, found.high) == ages
