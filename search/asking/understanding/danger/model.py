"""How much a line speaks of danger, of each kind, and what each of its words brings to that.

A linear model on words (one to three in a row) and the letters in them, trained offline
(`manage.py train_danger`) on lines with and without a danger. What is shipped are its weights
(`danger_model.json.gz`); reading a line needs the standard library only. What its words bring adds
up, so that an alarm can say on which of them it rests.
"""

import functools
import gzip
import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from search.asking.understanding.line.line import Line
from search.asking.understanding.line.pieces import pieces_of

MODEL_FILE = settings.FIXTURES_DIR / "vocabulary" / "danger_model.json.gz"
# So many words in a row, and so many letters within a word.
IN_A_ROW = (2, 3)
LETTERS = (2, 3, 4, 5)
# The label of any danger, whatever its kind: the first of all labels.
ANY = "any"
# So many words are remembered with what they bring.
MOST_KNOWN = 5_000

# What a feature brings to each label, in the order of the labels; last the square of its size.
Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """How much a line speaks of each label (log odds), and what each word brings to any danger."""

    whole: Mapping[str, float]
    words: tuple[float, ...]


class Weights(Mapping[str, Values]):
    """What each feature brings, held as whole steps: as numbers of Python they take six times that.

    `rare` is how rare each of them is, in tenths; `brought` has a value per label for the first,
    then for the second, and so on.
    """

    def __init__(
        self, names: Sequence[str], rare: Sequence[int], brought: Sequence[int], step: float
    ) -> None:
        self._places = {name: place for place, name in enumerate(names)}
        self._rare, self._brought = array("h", rare), array("h", brought)
        self._step, self._labels = step, len(brought) // max(len(names), 1)

    def __getitem__(self, name: str) -> Values:
        place = self._places[name]
        first, step = place * self._labels, self._step
        brought = self._brought[first : first + self._labels]
        return (*(one * step for one in brought), (self._rare[place] / 10) ** 2)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)


@dataclass(frozen=True, slots=True)
class DangerModel:
    """Where each label begins, and per feature what it brings to each.

    A feature is a word, words in a row, or a piece of a word.
    """

    begin: Mapping[str, float]
    weights: Mapping[str, Values]
    # What words bring that were read before; emptied when it is full.
    known: dict[str, Values] = field(default_factory=dict)

    def of(self, words: Sequence[str]) -> Spoken:
        """Return how much these words speak of danger, and where."""
        each = [
            self._added((self._of_word(word), *self._in_a_row(words, at)))
            for at, word in enumerate(words)
        ]
        *brought, square = self._added(each)
        size = math.sqrt(square) or 1.0
        return Spoken(
            whole={
                label: begin + one / size
                for (label, begin), one in zip(self.begin.items(), brought, strict=True)
            },
            words=tuple(values[0] / size for values in each),
        )

    def _in_a_row(self, words: Sequence[str], at: int) -> Iterator[Values]:
        for size in IN_A_ROW:
            found = self.weights.get(" ".join(words[at : at + size]))
            if found is not None and at + size <= len(words):
                yield found

    def _of_word(self, word: str) -> Values:
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            weights = self.weights
            found = self._added([weights[one] for one in features_of_word(word) if one in weights])
            self.known[word] = found
        return found

    def _added(self, each: Sequence[Values]) -> Values:
        if len(each) == 1:
            return each[0]
        return tuple(map(sum, zip(*each, strict=True))) or (0.0,) * (len(self.begin) + 1)


def features_of_word(word: str) -> tuple[str, ...]:
    """Return a word and the pieces of it."""
    return (word, *pieces_of(word, LETTERS))


def features_of(words: Sequence[str]) -> Iterator[str]:
    """Yield all that stands in a line."""
    for at, word in enumerate(words):
        yield from features_of_word(word)
        for size in IN_A_ROW:
            if at + size <= len(words):
                yield " ".join(words[at : at + size])


def words_in(line: Line) -> list[str]:
    """Return the words of a line; what is understood already, as urgency, is left open."""
    return ["" if token.used else token.word for token in line]


@functools.cache
def danger_model() -> DangerModel:
    """Return the model that is shipped."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> DangerModel:
    """Return the model in a file: weights are whole steps of its scale."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    names = data["names"].split("\n")
    weights = Weights(names, data["rare"], data["brought"], data["step"])
    return DangerModel(data["begin"], weights)
