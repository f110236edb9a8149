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
from dataclasses import dataclass, replace

from django.conf import settings

from providers.models import HelpQuestion
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import Line, mark_used
from search.asking.understanding.questions.model import NOTHING
from search.asking.understanding.reading import prepared
from search.asking.understanding.vocabulary import question_texts

# Before the kind of a danger, beside the codes of questions.
DANGER = "!"
FOLDER = settings.FIXTURES_DIR / "vocabulary"
FOLDS = 3
# File, column of the codes, kind of line.
FILES = (
    ("example_lines", "code", "example"),
    ("asking_lines", "codes", "asking"),
    ("near_misses", "codes", "near"),
    ("danger_lines", "code", "danger"),
)
NEUTRAL, CALM, WORDS, PAIR = "neutral", "calm", "words", "pair"
# Longer lines are not joined to others, and what a pair is joined with.
LONGEST_OF_PAIR = 110
SEPARATORS = (", ", ", ", ",", " en ", ". ")
SHARE_OF_NOTHING = 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A line, the questions it asks (none: nothing), the dangers in it, and where it comes from.

    `open` are the labels that would be neither right nor wrong.
    """

    text: str
    codes: tuple[str, ...]
    dangers: tuple[str, ...]
    kind: str
    open: frozenset[str] = frozenset()

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
    def is_of_danger(self) -> bool:
        """Whether it was written for its danger, or for having none: what it asks is not known."""
        return self.kind == CALM or (self.kind == "danger" and bool(self.dangers))

    def tells_of(self, label: str) -> bool:
        """Whether it says if this label, that of a question or of nothing, is right."""
        if label in self.labels:
            return not (label == NOTHING and self.kind == CALM)
        if label in self.open:
            return False
        return not self.is_of_danger

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what the model learns of it: questions, or nothing at all; of a danger neither."""
        return self.codes or (() if self.dangers else (NOTHING,))


@functools.cache
def _line(text: str) -> Line:
    said = prepared(text)
    return mark_used(said.line, set(said.ages.positions))


def examples() -> list[Example]:
    """Return all lines, each once."""
    signals = dict(HelpQuestion.objects.values_list("code", "signal"))
    lines = list(_lines())
    texts = {normalise(one.text) for one in lines}
    words = [
        Example(text, (code,), (), WORDS) for text, code in question_texts() if text not in texts
    ]
    found: dict[tuple[str, tuple[str, ...]], Example] = {}
    for one in words + lines:
        codes = tuple(code for code in one.codes if code in signals)
        dangers = {*one.dangers, *(signals[code] for code in codes)} - {""}
        known = replace(one, codes=codes, dangers=tuple(sorted(dangers)))
        found.setdefault((one.text, codes), known)
    return list(found.values())


def _lines() -> Iterator[Example]:
    for name, column, kind in FILES:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                dangers = tuple(filter(None, [row.get("kind")]))
                yield Example(row["text"], tuple(row[column].split()), dangers, kind, _open(row))
    for name, kind in (("neutral_lines.txt", NEUTRAL), ("calm_lines.txt", CALM)):
        for text in (FOLDER / name).read_text(encoding="utf-8").splitlines():
            yield Example(text, (), (), kind)


def _open(row: dict[str, str]) -> frozenset[str]:
    """Return the labels of which a row says that they are neither right nor wrong."""
    kinds = (f"{DANGER}{kind}" for kind in row.get("also", "").split())
    return frozenset([*row.get("allow", "").split(), *kinds])


def in_pairs(lines: Sequence[Example], number: int, seed: int) -> list[Example]:
    """Return so many lines made of two or three of these, some with one about nothing."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret, and the same every time
    asking = [one for one in lines if one.codes and len(one.text) <= LONGEST_OF_PAIR]
    nothing = [
        one for one in lines if one.labels == (NOTHING,) and len(one.text) <= LONGEST_OF_PAIR
    ]
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
    left_open = frozenset().union(*(one.open for one in each)) - codes.keys()
    text = separator.join(one.text.rstrip(" .") for one in each)
    return Example(text, tuple(codes), tuple(dangers), PAIR, left_open)


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
