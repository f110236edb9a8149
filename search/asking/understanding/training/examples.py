"""The lines that reading is trained and measured on.

Words and signs of the vocabulary are only learnt from. Lines are measured as well, each by a model
of the other folds; in pairs too, as people ask two things in one line.
"""

import csv
import functools
import random
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from providers.models import HelpQuestion
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import Line, mark_used
from search.asking.understanding.questions.model import DANGER
from search.asking.understanding.reading import prepared
from search.asking.understanding.vocabulary import question_texts

FOLDER = settings.FIXTURES_DIR / "vocabulary"
FOLDS = 3
# File, column of the codes, kind of line.
FILES = (
    ("example_lines", "code", "example"),
    ("asking_lines", "codes", "asking"),
    ("near_misses", "codes", "near"),
    ("danger_lines", "code", "danger"),
)
NEUTRAL, WORDS, PAIR = "neutral", "words", "pair"
# Longer lines are not joined to others, and what a pair is joined with.
LONGEST_OF_PAIR = 110
SEPARATORS = (", ", ", ", ",", " en ", ". ")
SHARE_OF_NOTHING = 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A line, the questions it asks (none: nothing), the dangers in it, and where it comes from."""

    text: str
    codes: tuple[str, ...]
    dangers: tuple[str, ...]
    kind: str

    @property
    def line(self) -> Line:
        """Return it as it is read."""
        return _line(self.text)

    @property
    def fold(self) -> int:
        """Return the part that it is measured in."""
        return zlib.crc32(self.text.encode()) % FOLDS

    @property
    def is_measured(self) -> bool:
        """Whether it is a line, and no word of the vocabulary."""
        return self.kind != WORDS

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what the model learns of it: questions and dangers, or nothing at all."""
        return (*self.codes, *(f"{DANGER}{kind}" for kind in self.dangers)) or ("",)


@functools.cache
def _line(text: str) -> Line:
    said = prepared(text)
    return mark_used(said.line, set(said.ages.positions))


def examples() -> list[Example]:
    """Return all lines, each once."""
    signals = dict(HelpQuestion.objects.values_list("code", "signal"))
    lines = list(_lines())
    texts = {normalise(text) for text, _codes, _danger, _kind in lines}
    rows: list[tuple[str, tuple[str, ...], str, str]] = [
        (text, (code,), "", WORDS) for text, code in question_texts() if text not in texts
    ]
    found: dict[tuple[str, tuple[str, ...]], Example] = {}
    for text, codes, danger, kind in rows + lines:
        known = tuple(code for code in codes if code in signals)
        dangers = {danger, *(signals[code] for code in known)} - {""}
        found.setdefault((text, known), Example(text, known, tuple(sorted(dangers)), kind))
    return list(found.values())


def _lines() -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    for name, column, kind in FILES:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row["text"], tuple(row[column].split()), row.get("kind", ""), kind
    for text in (FOLDER / "neutral_lines.txt").read_text(encoding="utf-8").splitlines():
        yield text, (), "", NEUTRAL


def in_pairs(lines: Sequence[Example], number: int, seed: int) -> list[Example]:
    """Return so many lines made of two or three of these, some with one about nothing."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret, and the same every time
    asking = [one for one in lines if one.codes and len(one.text) <= LONGEST_OF_PAIR]
    nothing = [one for one in lines if not one.labels[0] and len(one.text) <= LONGEST_OF_PAIR]
    found: list[Example] = []
    for _ in range(number):
        chosen = [draw.choice(asking) for _ in range(draw.choice((2, 2, 2, 3)))]
        if nothing and draw.random() < SHARE_OF_NOTHING:
            chosen[-1] = draw.choice(nothing)
        draw.shuffle(chosen)
        found.append(_joined(chosen, draw.choice(SEPARATORS)))
    return found


def _joined(lines: Iterable[Example], separator: str) -> Example:
    each = list(lines)
    codes = dict.fromkeys(code for one in each for code in one.codes)
    dangers = dict.fromkeys(kind for one in each for kind in one.dangers)
    text = separator.join(one.text.rstrip(" .") for one in each)
    return Example(text, tuple(codes), tuple(dangers), PAIR)


def sampled(lines: Sequence[Example], most: dict[str, int], seed: int) -> list[Example]:
    """Return these lines, of each kind no more than so many."""
    draw = random.Random(seed)  # noqa: S311
    kinds: dict[str, list[Example]] = defaultdict(list)
    for one in lines:
        kinds[one.kind].append(one)
    return [
        one
        for kind, each in kinds.items()
        for one in draw.sample(each, min(most.get(kind, len(each)), len(each)))
    ]
