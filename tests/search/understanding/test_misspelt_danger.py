"""Typing errors in signs of danger: they alarm as the right word does, and nothing else does."""

import random
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from providers.vocabulary.text.lexicon import lines_of, right_words
from providers.vocabulary.words import normalise
from search.asking.understanding import understand
from search.asking.understanding.danger.misspelt import (
    HARMLESS,
    danger_forms,
    is_sign,
    sign_meant_by,
)
from search.asking.understanding.spelling import known_words
from search.asking.understanding.word_list import DUTCH_WORDS, read_words

pytestmark = pytest.mark.by_words

FOLDER = Path(__file__).resolve().parents[2] / "relevance" / "gevaar"
# So many of the slips may be one letter from a harmless word as well: steekwaen.
EITHER = 0.1
# Of longer signs nothing harmless is near.
LONG = 16


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("zelfmood", "suicide"),
        ("zefmoord", "suicide"),
        ("denkt aan zelfmoort", "suicide"),
        ("suicidaal", "suicide"),
        ("suïcidaal", "suicide"),
        ("meisje 15 sucidaal", "suicide"),
        ("afscheidsbreif gevonden", "suicide"),
        ("overdossis", "suicide"),
        ("euthanassie", "suicide"),
        ("automuttilatie", "selfharm"),
        ("zelfbeschadging", "selfharm"),
        ("mishandelt", "violence"),
        ("mishandling", "violence"),
        ("kind wordt geslage door vader", "violence"),
        ("kindermishandelin", "violence"),
        ("doodsbedreigign", "violence"),
        ("vastgebondne op bed", "violence"),
        ("strangulaite", "suicide"),
        ("verkragt", "abuse"),
        ("verkachting", "abuse"),
        ("aanrandig", "abuse"),
        ("kinderponro", "abuse"),
        ("psychotsich", "psychosis"),
        ("waangedachtne", "psychosis"),
        ("weggelope", "runaway"),
        ("bewustteloos", "acute"),
    ],
)
def test_a_typing_error_in_a_sign_of_danger_alarms(words, typed, kind):
    assert understand(typed).crisis == kind


@pytest.mark.parametrize(
    "typed",
    [
        "steekwagen",
        "steekwaen",
        "vergissing",
        "vergmissing",
        "strandpartij",
        "afscheidsfeest",
        "zelfmedelijden",
        "mishandelde film",
        "verkrachttraining",
        "psycholoogafspraak",
        "ontvoerder spelen",
    ],
)
def test_what_may_be_a_harmless_word_is_not_read_as_a_danger(words, typed):
    read_as = [one.read_as for one in understand(typed).corrections]
    assert not [word for word in read_as if is_sign(word)]


def test_every_sign_alarms_with_one_slip_of_the_hand():
    slips = [(form, typed) for form in sorted(danger_forms()) for typed in misspelt(form)]
    unknown = [(form, typed) for form, typed in slips if typed not in lines_of(HARMLESS)]
    missed = [
        (form, typed) for form, typed in unknown if not (is_sign(typed) or sign_meant_by(typed))
    ]
    assert len(missed) <= EITHER * len(unknown)
    assert [typed for form, typed in missed if len(form) >= LONG] == []


def test_a_slip_in_a_harmless_word_is_never_read_as_a_danger():
    typed = {slip for word in lines_of(HARMLESS) for slip in misspelt(word)}
    assert [word for word in sorted(typed) if sign_meant_by(word)] == []


@pytest.mark.parametrize("name", ["rustig", "rustig_2"])
def test_no_slip_in_a_calm_line_is_read_as_a_danger(name):
    lines = [one["text"] for one in tomllib.loads((FOLDER / f"{name}.toml").read_text())["line"]]
    said = {word for line in lines for word in normalise(line).split() if not is_sign(word)}
    typed = {slip for word in said for slip in misspelt(word)}
    assert len(typed) > 1000
    assert [word for word in sorted(typed) if sign_meant_by(word)] == []


@pytest.mark.skipif(not DUTCH_WORDS.exists(), reason="the list of package wdutch is not here")
@pytest.mark.slow
def test_no_right_dutch_word_is_read_as_a_danger():
    everything = sorted(word for word in read_words(DUTCH_WORDS) if not is_sign(word))
    sample = random.Random(4).sample(everything, 20_000)
    assert [word for word in sample if word not in right_words() and sign_meant_by(word)] == []


def test_the_page_says_which_danger_a_word_was_read_as(words):
    assert known_words(["strangulatie"]) == ["strangulatie"]


def test_the_lists_are_made_from_any_list_of_words(words, tmp_path, capsys):
    source = tmp_path / "dutch"
    source.write_text("Zelfmoordbrief\nfiets\nsteekwagen\nzelfmoord\n", encoding="utf-8")
    call_command("build_danger_words", str(source), "--folder", str(tmp_path))
    assert (tmp_path / "danger_forms.txt").read_text().split() == ["zelfmoord", "zelfmoordbrief"]
    assert (tmp_path / "harmless_words.txt").read_text().split() == ["steekwagen"]
    assert "2 woorden" in capsys.readouterr().out


def test_a_list_that_cannot_be_read_is_said(words, tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("build_danger_words", str(tmp_path / "nergens"))


def misspelt(word):
    """The word with one letter in its middle left out, doubled, swapped, and made another."""
    at = len(word) // 2
    yield word[:at] + word[at + 1 :]
    yield word[:at] + word[at] + word[at:]
    yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    yield word[:at] + ("x" if word[at] != "x" else "y") + word[at + 1 :]
