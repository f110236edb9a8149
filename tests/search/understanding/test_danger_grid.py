"""Ordinary ways to speak of a danger, by who, what, to whom and in which form, and calm twins.

What alarms here is what is said: the trained model is not asked. The lines stand in
tests/relevance/gevaar/raster.toml.
"""

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest

from search.asking.understanding.questions.evidence import evidence_in
from search.asking.understanding.reading import prepared
from search.asking.understanding.vocabulary import vocabularies

pytestmark = [pytest.mark.django_db, pytest.mark.by_words]

GRID = Path(__file__).resolve().parents[2] / "relevance" / "gevaar" / "raster.toml"
LEAST_CELLS = 1_500
CHOICES = re.compile(r"\(([^)]*)\)")


def every(text):
    """All lines that the brackets of one can make."""
    pieces = CHOICES.split(text)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in product(*choices)]


def grid():
    for row in tomllib.loads(GRID.read_text())["line"]:
        right = {row["danger"], *row.get("also", ())} - {""}
        for text in row["texts"]:
            yield from ((line, right) for line in every(text))


def kinds(text):
    said = prepared(text)
    evidence = evidence_in(said.line, vocabularies.get())
    return {danger.kind for danger in evidence.dangers} | ({"acute"} if said.urgent else set())


def test_each_cell_of_the_grid_alarms_for_its_kind_and_its_calm_twins_do_not(words):
    cells = list(grid())
    assert len(cells) >= LEAST_CELLS
    wrong = [
        (text, right, found)
        for text, right in cells
        if not (right & (found := kinds(text)) if right else not (found := kinds(text)))
    ]
    assert wrong == []
