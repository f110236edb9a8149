"""The catalogues of other languages: the fixed sentences of the hand-out, whole and compiled.

They need no gettext: the compiled files are kept beside the texts, and this holds them together.
"""

import ast
import gettext
import re
from pathlib import Path

import pytest

from search.asking.need import DUTCH, LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
FIXED = ROOT / "search" / "handout" / "fixed.py"
OTHERS = [code for code in LANGUAGES if code != DUTCH]
ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"$', re.MULTILINE)
MARK = "# machine-made, to be checked"


def fixed_texts():
    """Return every text that the fixed sentences are asked for by."""
    calls = (node for node in ast.walk(ast.parse(FIXED.read_text())) if isinstance(node, ast.Call))
    return {node.args[0].value for node in calls if ast.unparse(node.func) == "_"}


def folder(language):
    return ROOT / "locale" / language / "LC_MESSAGES"


def source(language):
    return (folder(language) / "django.po").read_text(encoding="utf-8")


def entries(language):
    """Return the texts of a catalogue with their translations."""
    return {key.replace('\\"', '"'): text for key, text in ENTRY.findall(source(language))}


@pytest.mark.parametrize("language", OTHERS)
def test_each_fixed_sentence_is_translated_and_nothing_else_is(language):
    found = entries(language)
    assert found.keys() == fixed_texts()
    assert [key for key, text in found.items() if not text] == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_translation_is_marked_as_to_be_checked(language):
    assert source(language).count(MARK) == len(entries(language))


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_the_same(language):
    names = re.compile(r"%\(\w+\)s")
    wrong = {
        key: text
        for key, text in entries(language).items()
        if sorted(names.findall(key)) != sorted(names.findall(text))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_current(language):
    """After a change, in its folder: msgfmt --check-format -o django.mo django.po."""
    with (folder(language) / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [key for key, text in entries(language).items() if compiled.gettext(key) != text]
    assert stale == []
