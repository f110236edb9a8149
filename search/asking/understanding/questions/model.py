"""A linear model of what a line is about, with a class for nothing at all.

Trained offline (`manage.py train_reading`) on the example lines, signs and search words of the
vocabulary and on lines that ask nothing. What is shipped are its weights
(`fixtures/vocabulary/reading_model.json.gz`); reading a line needs the standard library only.
"""

import functools
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from search.asking.understanding.line.line import Line, Token

MODEL_FILE = settings.FIXTURES_DIR / "vocabulary" / "reading_model.json.gz"
# Words that follow each other, and letters within a word.
WORDS = (1, 2, 3)
LETTERS = (3, 4, 5)
# The code of a line that asks nothing.
NOTHING = ""


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """Per feature how rare it is and its weight for each code; per code where it begins.

    `join` are the weights with which phrases, likeness and model become one probability.
    """

    rarity: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    begin: Mapping[str, float] = field(default_factory=dict)
    join: Mapping[str, float] = field(default_factory=dict)

    def scores(self, line: Line) -> dict[str, float]:
        """Return for each code, and for nothing, how much the line speaks for it (log odds)."""
        counts = Counter(one for one in features_of(line) if one in self.rarity)
        values = {one: (1 + math.log(n)) * self.rarity[one] for one, n in counts.items()}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        found = defaultdict(float, self.begin)
        for one, value in values.items():
            share = value / length
            for code, weight in self.weights[one]:
                found[code] += share * weight
        return dict(found)


def features_of(line: Line) -> Iterator[str]:
    """Yield the stems of a line, two and three in a row, and the letters of its words.

    What is understood already or denied parts the words before it from those behind it.
    """
    for run in _runs(line):
        for size in WORDS:
            for at in range(len(run) - size + 1):
                yield " ".join(token.stem for token in run[at : at + size])
        for token in run:
            yield from _letters(token.word)


def _runs(line: Line) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in line:
        if token.used or token.denied:
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


@functools.lru_cache(maxsize=5_000)
def _letters(word: str) -> tuple[str, ...]:
    """Return the pieces of a word with its ends marked; `#` tells them from words."""
    ends = f"_{word}_"
    return tuple(
        f"#{ends[at : at + size]}" for size in LETTERS for at in range(len(ends) - size + 1)
    )


@functools.cache
def reading_model() -> ReadingModel:
    """Return the model that is shipped."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> ReadingModel:
    """Return the model in a file: weights are whole steps of its scale."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    codes, step = data["codes"], data["step"]
    rarity: dict[str, float] = {}
    weights: dict[str, tuple[tuple[str, float], ...]] = {}
    for name, (rare, *pairs) in data["features"].items():
        rarity[name] = rare / 10
        weights[name] = tuple(
            (codes[number], weight * step)
            for number, weight in zip(pairs[::2], pairs[1::2], strict=True)
        )
    begin = dict(zip(codes, data["begin"], strict=True))
    return ReadingModel(rarity, weights, begin, data["join"])
