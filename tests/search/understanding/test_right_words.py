"""Words that are spelled right are never repaired into another topic."""

import random

import pytest
from django.core.management import CommandError, call_command

from providers.vocabulary.text.lexicon import lexicon, right_words
from search.asking.understanding import understand
from search.asking.understanding.word_list import DUTCH_WORDS, lexicons, mistaken, read_words
from tests.examples import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]
# What the nightly profile takes of the list is all of it.
SAMPLE, WHOLE = 20_000, 1_000_000


@pytest.mark.parametrize(
    ("right", "not_about"),
    [
        ("gesnoven", "rouw"),
        ("doodgelopen", "rouw"),
        ("gelest", "pesten"),
        ("priester", "pesten"),
        ("gelegenheid", "verlegenheid"),
        ("creatie", "rouw"),
        ("staking", "stalking"),
        ("perfectie", "seksualiteit"),
    ],
)
def test_a_right_word_is_read_as_it_stands(words, right, not_about):
    said = understand(right)
    assert said.corrections == ()
    assert not_about not in said.questions


@pytest.mark.parametrize("line", ["in de {}", "de {} van morgen", "mijn kind en {}, verder niets"])
def test_no_word_of_the_list_is_repaired_in_a_line(words, line):
    sample = random.Random(line).sample(sorted(right_words()), 300)
    repaired = {
        one.typed: one.read_as
        for word in sample
        for one in understand(line.format(word)).corrections
    }
    assert repaired == {}


def test_every_word_that_comes_along_would_be_repaired_without_the_list(words):
    """The list holds what is needed: nearly every word of it looks like one of ours."""
    sample = random.Random(14).sample(sorted(right_words()), 500)
    assert len(mistaken(sample, [lexicon()])) > 0.8 * len(sample)


@pytest.mark.skipif(not DUTCH_WORDS.exists(), reason="the list of package wdutch is not here")
@pytest.mark.slow
def test_no_right_dutch_word_is_read_as_another(words):
    everything = sorted(read_words(DUTCH_WORDS))
    number = SAMPLE if at_most(1) == 1 else WHOLE
    sample = random.Random(20).sample(everything, min(number, len(everything)))
    assert mistaken(set(sample) - right_words(), lexicons()) == {}


def test_the_list_is_made_from_any_list_of_words(words, tmp_path, capsys):
    source, output = tmp_path / "dutch", tmp_path / "right.txt"
    source.write_text("Priester\nfiets\nhuisje-boompje-gelest\n", encoding="utf-8")
    call_command("build_word_list", str(source), "--output", str(output))
    assert output.read_text(encoding="utf-8").split() == ["gelest", "priester"]
    assert "2 van 5" in capsys.readouterr().out


def test_a_list_that_cannot_be_read_is_said(words, tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("build_word_list", str(tmp_path / "nergens"))
