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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from search.asking.understanding.line.line import AS_PART, Line
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
# The code of a line that asks nothing.
NOTHING = ""
# Before the kind of a danger: those codes are no questions.
DANGER = "!"
# And behind that where any kind is meant.
ANY = "any"


@dataclass(frozen=True, slots=True)
class Part:
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
    """How much a line speaks for each code (log odds): the whole line, and its best part.

    `dangers` is that of each kind of danger, in the line or its best part.
    """

    whole: Mapping[str, float] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    dangers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """Per feature how rare it is and its weight for each code; per code where it begins.

    `join` makes one probability of phrases, likeness and model.
    """

    rarity: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    begin: Mapping[str, float] = field(default_factory=dict)
    join: Join = field(default_factory=Join)

    def scores(self, line: Line) -> Scores:
        """Return how much a line, and the best part of it, speaks for each code."""
        by_part: dict[int, Counter[str]] = defaultdict(Counter)
        for one, part in features_in(line):
            if one in self.rarity:
                by_part[part][one] += 1
        values = [self._values_of(one) for one in by_part.values()]
        sums = [self._added(one) for one in values]
        if len(sums) > 1:
            each = [self._scores_of(*one) for one in zip(sums, values, strict=True)]
            whole = self._whole(by_part.values(), sums, values)
        else:
            whole = self._scores_of(sums[0], values[0]) if sums else dict(self.begin)
            each = [whole]
        dangers = {
            code.removeprefix(DANGER): max(one[code] for one in (whole, *each))
            for code in whole
            if code.startswith(DANGER)
        }
        return Scores(whole, _best_parts(each), dangers)

    def _whole(
        self,
        counts: Iterable[Counter[str]],
        sums: Sequence[Mapping[str, float]],
        values: Sequence[Mapping[str, float]],
    ) -> dict[str, float]:
        """Return the scores of all parts together: their sums, and what stands in several anew."""
        together = self._values_of(sum(counts, Counter[str]()))
        added = {one: sum(part.get(one, 0.0) for part in values) for one in together}
        several = {one: value - added[one] for one, value in together.items() if value < added[one]}
        added_up = self._added(several)
        for part in sums:
            for code, value in part.items():
                added_up[code] += value
        return self._scores_of(added_up, together)

    def _values_of(self, counts: Counter[str]) -> dict[str, float]:
        """Return how much each feature of a text counts."""
        return {one: (1 + math.log(n)) * self.rarity[one] for one, n in counts.items()}

    def _added(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the weights of these features per code, added up."""
        found = dict.fromkeys(self.begin, 0.0)
        weights = self.weights
        for one, value in values.items():
            for code, weight in weights[one]:
                found[code] += value * weight
        return found

    def _scores_of(
        self, added: Mapping[str, float], values: Mapping[str, float]
    ) -> dict[str, float]:
        """Return the scores of a text, whatever its length."""
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        return {code: begin + added[code] / length for code, begin in self.begin.items()}


@functools.cache
def is_question(code: str) -> bool:
    """Whether a code of the model is that of a help question."""
    return code != NOTHING and not code.startswith(DANGER)


def _best_parts(each: Sequence[Mapping[str, float]]) -> dict[str, Part]:
    best: dict[str, Part] = {}
    codes = sorted(filter(is_question, each[0])) if each else []
    for scores in each:
        nothing = scores.get(NOTHING, 0.0)
        ranked = sorted(codes, key=scores.__getitem__, reverse=True)
        first = scores[ranked[0]] if ranked else nothing
        leads = max(first, nothing)
        exp = math.exp
        total = exp(nothing - leads) + sum(exp(scores[code] - leads) for code in codes)
        everything = leads + math.log(total)
        for place, code in enumerate(ranked, start=1):
            share = scores[code] - everything
            if code not in best or share > best[code].share:
                best[code] = Part(scores[code], first - scores[code], place, nothing, share)
    return best


def features_of(line: Line) -> Iterator[str]:
    """Yield the features of a whole line."""
    return (one for one, _part in features_in(line))


def features_in(line: Line) -> Iterator[tuple[str, int]]:
    """Yield what stands in a line, each with the number of its part.

    The stems, two and three in a row, the parts of compounds, and the letters of words. What is
    understood already or denied parts the words before it from those behind it, as a clause does.
    """
    parts = _parts_of(line)
    for run in _runs(line):
        for size in WORDS:
            for at in range(len(run) - size + 1):
                pieces = run[at : at + size]
                yield " ".join(line[one].stem for one in pieces), parts[pieces[0]]
        for at in run:
            for other, clear in line[at].also:
                if clear == AS_PART:
                    yield other, parts[at]
            for piece in _letters(line[at].word):
                yield piece, parts[at]


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
    join = data["join"]
    return ReadingModel(
        rarity, weights, begin, Join(join["begin"], tuple(join["trees"]), join["prior"])
    )
