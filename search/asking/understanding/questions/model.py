"""A linear model of what a line is about, with a class for nothing at all.

Trained offline (`manage.py train_reading`) on the example lines, signs and search words of the
vocabulary and on lines that ask nothing. What is shipped are its weights
(`fixtures/vocabulary/reading_model.json.gz`); reading a line needs the standard library only.
"""

import functools
import gzip
import json
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from search.asking.understanding.line.line import AS_PART, Line
from search.asking.understanding.line.pieces import pieces_of
from search.asking.understanding.questions.join import Join

MODEL_FILE = settings.FIXTURES_DIR / "vocabulary" / "reading_model.json.gz"
# Words that follow each other, and letters within a word.
WORDS = (1, 2, 3)
LETTERS = (3, 4, 5)
# Words that begin another part of a line, after so many telling words.
JOINING = frozenset(
    "en maar terwijl waardoor daardoor omdat sinds sindsdien want dus plus nadat ook nu".split()
)
LEAST_TELLING = 1
# Of so many words it is known what their letters add up to: a kilobyte each.
MOST_WORDS = 4_000
# The code of a line that asks nothing.
NOTHING = ""


class Part(NamedTuple):
    """The best that a part of a line says for one code, and what else that part says.

    `behind` is how far another question goes before it there, `place` its place among them (1:
    first), `nothing` how much that part speaks for nothing at all, and `share` what it has of all
    that the part says, as a logarithm.
    """

    score: float
    behind: float
    place: int
    nothing: float
    share: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How much a line speaks for each code (log odds): the whole line, and its best part."""

    whole: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)


# A weight: the number of a code, and how much a feature counts for it.
Weight = tuple[int, float]


class Weights(Mapping[str, Sequence[Weight]]):
    """The weights of each feature, held as numbers of pairs: as tuples they take four times that.

    There are a million of them, and some thirteen thousand that differ.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._ends = array("I", [0])
        self._numbers = array("H")
        self._pairs: list[Weight] = []
        self._number_of: dict[Weight, int] = {}

    def add(self, name: str, weights: Iterable[Weight]) -> None:
        """Add a feature that is not there yet."""
        for pair in weights:
            if pair not in self._number_of:
                self._number_of[pair] = len(self._pairs)
                self._pairs.append(pair)
            self._numbers.append(self._number_of[pair])
        self._places[name] = len(self._places)
        self._ends.append(len(self._numbers))

    def close(self) -> None:
        """Give back what is only needed to add features."""
        self._number_of = {}

    def __getitem__(self, name: str) -> Sequence[Weight]:
        place = self._places[name]
        numbers = self._numbers[self._ends[place] : self._ends[place + 1]]
        return list(map(self._pairs.__getitem__, numbers))

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """The codes in order, where each begins, and per feature how rare it is and its weights.

    `join` makes one probability of phrases, likeness and model.
    """

    codes: tuple[str, ...] = ()
    begin: tuple[float, ...] = ()
    rare: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, Sequence[Weight]] = field(default_factory=dict)
    join: Join = field(default_factory=Join)
    # What the letters of a word add up to, for the words read last: most words come back.
    known_words: dict[str, "array[float]"] = field(default_factory=dict, compare=False, repr=False)

    def scores(self, line: Line) -> Scores:
        """Return how much a line, and the best part of it, speaks for each code."""
        by_part: dict[int, dict[str, int]] = defaultdict(dict)
        words: dict[int, list[str]] = defaultdict(list)
        for one, number in grams_in(line):
            if one in self.rare:
                part = by_part[number]
                part[one] = part.get(one, 0) + 1
        grams = {number: set(part) for number, part in by_part.items()}
        for word, number in words_in(line):
            words[number].append(word)
            part = by_part[number]
            for one in _letters(word):
                if one in self.rare:
                    part[one] = part.get(one, 0) + 1
        by_part = {number: part for number, part in by_part.items() if part}
        values = [self._values_of(part) for part in by_part.values()]
        sums = [
            self._added_up(part, of_part, grams.get(number, set()), words[number])
            for (number, part), of_part in zip(by_part.items(), values, strict=True)
        ]
        each = [self._scores_of(*one) for one in zip(sums, values, strict=True)]
        if len(each) > 1:
            whole = self._whole(by_part.values(), sums, values)
        else:
            whole = each[0] if each else list(self.begin)
        whole_by_code = dict(zip(self.codes, whole, strict=True))
        return Scores(whole_by_code, _best_parts(self.codes, each or [whole]))

    def _whole(
        self,
        counts: Iterable[Mapping[str, int]],
        sums: Sequence[Sequence[float]],
        values: Sequence[Mapping[str, float]],
    ) -> list[float]:
        """Return the scores of all parts together: their sums, and what stands in several anew."""
        number: dict[str, int] = {}
        added: dict[str, float] = {}
        again: set[str] = set()
        for part, of_part in zip(counts, values, strict=True):
            for one, n in part.items():
                if one in number:
                    number[one] += n
                    added[one] += of_part[one]
                    again.add(one)
                else:
                    number[one] = n
                    added[one] = of_part[one]
        # What stands in one part only counts there as it does in the whole.
        anew = self._values_of({one: number[one] for one in again})
        more = self._added({one: value - added[one] for one, value in anew.items()})
        together = [sum(column) for column in zip(more, *sums, strict=True)]
        return self._scores_of(together, added | anew)

    def _values_of(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Return how much each feature of a text counts."""
        rare = self.rare
        return {
            one: rare[one] if n == 1 else (1 + math.log(n)) * rare[one] for one, n in counts.items()
        }

    def _added_up(
        self,
        counts: Mapping[str, int],
        values: Mapping[str, float],
        grams: set[str],
        words: Iterable[str],
    ) -> list[float]:
        """Return the weights of a part per code: those of its words' letters are known by word."""
        rare = self.rare
        # Letters that come twice count less than twice.
        other = {
            one: value if one in grams else value - counts[one] * rare[one]
            for one, value in values.items()
            if one in grams or counts[one] > 1
        }
        found = self._added(other)
        for word in words:
            found = list(map(add, found, self._of_letters(word)))
        return found

    def _of_letters(self, word: str) -> "array[float]":
        """Return the weights of the letters of a word per code, each as often as it is there."""
        known = self.known_words.get(word)
        if known is None:
            rare = self.rare
            counts = Counter(one for one in _letters(word) if one in rare)
            known = array("d", self._added({one: n * rare[one] for one, n in counts.items()}))
            if len(self.known_words) >= MOST_WORDS:
                self.known_words.clear()
            self.known_words[word] = known
        return known

    def _added(self, values: Mapping[str, float]) -> list[float]:
        """Return the weights of these features per code, added up."""
        found = [0.0] * len(self.codes)
        weights = self.weights
        for one, value in values.items():
            for number, weight in weights[one]:
                found[number] += value * weight
        return found

    def _scores_of(self, added: Sequence[float], values: Mapping[str, float]) -> list[float]:
        """Return the scores of a text, whatever its length."""
        length = math.sqrt(sum([value * value for value in values.values()])) or 1.0
        return [begin + one / length for begin, one in zip(self.begin, added, strict=True)]


@functools.cache
def is_question(code: str) -> bool:
    """Whether a code of the model is that of a help question."""
    return code != NOTHING


def _best_parts(codes: Sequence[str], each: Sequence[Sequence[float]]) -> dict[str, Part]:
    """Return per question the part of the line that says most of it, of these with their scores."""
    questions = [at for at, code in enumerate(codes) if is_question(code)]
    about_nothing = codes.index(NOTHING) if NOTHING in codes else None
    best: dict[str, Part] = {}
    for scores in each:
        nothing = 0.0 if about_nothing is None else scores[about_nothing]
        ranked = sorted(questions, key=scores.__getitem__, reverse=True)
        first = scores[ranked[0]] if ranked else nothing
        leads = max(first, nothing)
        exp = math.exp
        total = exp(nothing - leads) + sum([exp(scores[at] - leads) for at in questions])
        everything = leads + math.log(total)
        for place, at in enumerate(ranked, start=1):
            code, score = codes[at], scores[at]
            share = score - everything
            if code not in best or share > best[code].share:
                best[code] = Part(score, first - score, place, nothing, share)
    return best


def features_of(line: Line) -> Iterator[str]:
    """Yield the features of a whole line."""
    return (one for one, _part in features_in(line))


def features_in(line: Line) -> Iterator[tuple[str, int]]:
    """Yield what stands in a line, each with the number of its part.

    The stems, two and three in a row, the parts of compounds, and the letters of words. What is
    understood already or denied parts the words before it from those behind it, as a clause does.
    """
    yield from grams_in(line)
    for word, part in words_in(line):
        yield from ((piece, part) for piece in _letters(word))


def grams_in(line: Line) -> Iterator[tuple[str, int]]:
    """Yield the stems, two and three in a row, and the parts of compounds, each with its part."""
    parts = _parts_of(line)
    for run in _runs(line):
        for size in WORDS:
            for at in range(len(run) - size + 1):
                pieces = run[at : at + size]
                yield " ".join([line[one].stem for one in pieces]), parts[pieces[0]]
        for at in run:
            for other, clear in line[at].also:
                if clear == AS_PART:
                    yield other, parts[at]


def words_in(line: Line) -> Iterator[tuple[str, int]]:
    """Yield the words of which the letters count, each with the number of its part."""
    parts = _parts_of(line)
    return ((line[at].word, parts[at]) for run in _runs(line) for at in run)


def _runs(line: Line) -> Iterator[list[int]]:
    run: list[int] = []
    for at, token in enumerate(line):
        apart = token.used or token.denied
        if run and (apart or line[run[-1]].clause != token.clause):
            yield run
            run = []
        if not apart:
            run.append(at)
    if run:
        yield run


def _parts_of(line: Line) -> list[int]:
    """Return for each word the part of the line it stands in: a clause, or half of one.

    A word that joins begins a part where enough was said before it to be about something.
    """
    numbers: list[int] = []
    part, telling = 0, 0
    for at, token in enumerate(line):
        ends = at > 0 and line[at - 1].clause != token.clause
        if ends or (token.word in JOINING and telling >= LEAST_TELLING):
            part, telling = part + 1, 0
        telling += not (token.weak or token.used)
        numbers.append(part)
    return numbers


@functools.lru_cache(maxsize=5_000)
def _letters(word: str) -> tuple[str, ...]:
    return pieces_of(word, LETTERS)


@functools.cache
def reading_model() -> ReadingModel:
    """Return the model that is shipped."""
    return read_model(MODEL_FILE)


def read_model(path: Path) -> ReadingModel:
    """Return the model in a file: weights are whole steps of its scale."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    step, join = data["step"], data["join"]
    # Equal numbers are one object, however many features are as rare.
    shared: dict[int, float] = {}
    rare: dict[str, float] = {}
    weights = Weights()
    for name, (tenths, *flat) in data["features"].items():
        rare[name] = shared.setdefault(tenths, tenths / 10)
        weights.add(name, ((n, w * step) for n, w in zip(flat[::2], flat[1::2], strict=True)))
    weights.close()
    return ReadingModel(
        tuple(data["codes"]),
        tuple(data["begin"]),
        rare,
        weights,
        Join(join["begin"], tuple(join["trees"]), join["prior"]),
    )
