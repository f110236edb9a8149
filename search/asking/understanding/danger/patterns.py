"""Signs of danger in a line: words that tell of a danger by themselves, said literally.

A pattern (`fixtures/vocabulary/danger.csv`) is words that stand near each other in one clause, in
any order. Each is a word, in any form, one of several (`strop|koord`), or a class of words
(`danger_words.csv`): `<wil> <dood>`. What a line only sounds like never is a sign.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from providers.reference import Row, vocabulary_rows
from providers.vocabulary.text.stems import stem
from providers.vocabulary.words import normalise
from search.asking.understanding.danger.denial import says_no
from search.asking.understanding.danger.over import is_over
from search.asking.understanding.line.line import AS_PART, Line, Token
from search.asking.understanding.line.stories import is_told_in_story

# How many other words may stand between those of a pattern, by the mark behind it.
ROOM = 5
ROOM_BY_MARK = {"~": 10, "!": 1}
ANY_ROOM = 1000
NO_SLOTS = frozenset({"niet", "<niet>", "geen", "nooit", "niemand"})
GRAVE = frozenset(
    {"<wapen>", "<wapen_streng>", "<vuurwapen>", "<keel>", "<doden>", "<geweldswoord>", "<wurgen>"}
)
# No pattern is looked for in more combinations of places than this.
MOST_COMBINATIONS = 200
WORD = re.compile(r"[^|*=]+")
# Which danger is told of first, when there are several.
FOREMOST = ("acute", "suicide", "abuse", "violence", "selfharm", "psychosis", "runaway")
# The question a danger is about, where its pattern names no other.
QUESTION_OF = {
    "suicide": "gedachten-aan-de-dood",
    "selfharm": "zelfbeschadiging",
    "violence": "geweld-thuis",
    "abuse": "seksueel-misbruik",
    "psychosis": "in-de-war",
    "runaway": "weglopen",
    "acute": "",
}


@dataclass(frozen=True)
class Pattern:
    """Names of classes or words that together are a sign, and what takes the sign away.

    One `in_line` may stand in several clauses; one that `closes` is the last that its clause says.
    """

    slots: tuple[str, ...]
    kind: str
    code: str
    unless: frozenset[str]
    unless_anywhere: frozenset[str]
    room: int
    in_order: bool
    in_line: bool
    closes: bool

    @functools.cached_property
    def needs(self) -> frozenset[str]:
        """Return the slots, as a set."""
        return frozenset(self.slots)

    @property
    def says_no(self) -> bool:
        """Whether a no is part of the sign itself: "wil niet meer leven"."""
        return any(not NO_SLOTS.isdisjoint(slot.split("|")) for slot in self.slots)

    @property
    def is_grave(self) -> bool:
        """Whether it is a danger whoever does it to whom."""
        return not GRAVE.isdisjoint(self.slots)


@dataclass(frozen=True, slots=True)
class Danger:
    """A sign of danger: its kind, the question it is about (or none), and where it is said.

    One that is `grave` is a danger whoever does it to whom: with a weapon, by the throat.
    """

    kind: str
    code: str
    positions: frozenset[int]
    grave: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns by their longest slot, and by word what classes it belongs to."""

    by_slot: dict[str, tuple[Pattern, ...]]
    in_line: dict[str, tuple[Pattern, ...]]
    words: dict[str, frozenset[str]]
    exact: dict[str, frozenset[str]]
    beginnings: tuple[tuple[str, str], ...]


def find_dangers(line: Line) -> tuple[Danger, ...]:
    """Return the signs of danger in a line, the kind that goes first in front."""
    classes = [_classes_of(token) for token in line]
    clauses: dict[int, list[int]] = defaultdict(list)
    for at, token in enumerate(line):
        clauses[token.clause].append(at)
    places = [(patterns().by_slot, where) for where in clauses.values()]
    found = [
        Danger(pattern.kind, pattern.code, positions, pattern.is_grave)
        for by_slot, where in (*places, (patterns().in_line, range(len(line))))
        for pattern, positions in _matches(line, classes, where, by_slot)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: FOREMOST.index(one.kind)))


def _matches(
    line: Line,
    classes: list[frozenset[str]],
    where: Sequence[int],
    by_slot: dict[str, tuple[Pattern, ...]],
) -> Iterator[tuple[Pattern, frozenset[int]]]:
    everywhere = frozenset[str]().union(*classes)
    here: dict[str, list[int]] = defaultdict(list)
    for at in where:
        for name in classes[at]:
            here[name].append(at)
    for name in list(here):
        for pattern in by_slot.get(name, ()):
            if not here.keys() >= pattern.needs:
                continue
            if pattern.unless & here.keys() or pattern.unless_anywhere & everywhere:
                continue
            positions = _nearest([here[slot] for slot in pattern.slots], pattern, where[-1])
            if positions and _is_meant(line, pattern, positions):
                yield pattern, frozenset(positions)


def _is_meant(line: Line, pattern: Pattern, positions: tuple[int, ...]) -> bool:
    if is_told_in_story(line, positions) or is_over(line, positions):
        return False
    by_clause = [
        [at for at in positions if line[at].clause == clause]
        for clause in {line[at].clause for at in positions}
    ]
    return pattern.says_no or not any(says_no(line, together) for together in by_clause)


def _nearest(places: list[list[int]], pattern: Pattern, end: int) -> tuple[int, ...] | None:
    """Return one place of each that stand together, or None when none do.

    `end` is the last place there is.
    """
    best: tuple[int, ...] | None = None
    for number, chosen in enumerate(product(*places)):
        if number >= MOST_COMBINATIONS:
            break
        if pattern.in_order and list(chosen) != sorted(chosen):
            continue
        span = max(chosen) - min(chosen)
        if len(set(chosen)) < len(chosen) or span >= len(chosen) + pattern.room:
            continue
        if pattern.closes and max(chosen) < end:
            continue
        if best is None or span < max(best) - min(best):
            best = chosen
    return best


# --- data ----------------------------------------------------------------------------------------


@functools.cache
def patterns() -> _Patterns:
    """Return the patterns of the vocabulary with the classes they are made of."""
    classes = _Classes()
    for row in vocabulary_rows("danger_words"):
        classes.add(f"<{row['class']}>", row["words"].split("|"))
    by_slot: dict[str, list[Pattern]] = defaultdict(list)
    in_line: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in map(_pattern, vocabulary_rows("danger")):
        for name in {*pattern.slots, *pattern.unless, *pattern.unless_anywhere}:
            if not name.startswith("<"):
                classes.add_named(name)
        (in_line if pattern.in_line else by_slot)[max(pattern.slots, key=len)].append(pattern)
    return _Patterns(
        by_slot={name: tuple(each) for name, each in by_slot.items()},
        in_line={name: tuple(each) for name, each in in_line.items()},
        words=_frozen(classes.words),
        exact=_frozen(classes.exact),
        beginnings=tuple(dict.fromkeys(classes.beginnings)),
    )


class _Classes:
    """The words of each class: in any form, in this form only, and all that begin so."""

    def __init__(self) -> None:
        self.words: dict[str, set[str]] = defaultdict(set)
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.beginnings: list[tuple[str, str]] = []

    def add_named(self, name: str) -> None:
        """Add a word of a pattern; of several (`strop|koord`) each stands in its own form only."""
        words = name.split("|")
        several = (word if word.endswith("*") else f"={word}" for word in words)
        self.add(name, several if len(words) > 1 else words)

    def add(self, name: str, words: Iterable[str]) -> None:
        """Add words to a class: `suicid*` is what begins so, `=dood` that form only."""
        for word in words:
            if word.endswith("*"):
                self.beginnings.append((normalise(word), name))
            else:
                (self.exact if word.startswith("=") else self.words)[normalise(word)].add(name)


def _pattern(row: Row) -> Pattern:
    """Read a row; what the marks before and behind its words say stands in fixtures/README.md."""
    text = row["pattern"]
    bare = text.removesuffix("$")
    in_line = text.startswith("& ")
    return Pattern(
        slots=_names(bare.lstrip("&> ").rstrip("~!")),
        kind=row["kind"],
        code=row["code"] or QUESTION_OF[row["kind"]],
        unless=_unless(row, anywhere=False),
        unless_anywhere=_unless(row, anywhere=True),
        room=ANY_ROOM if in_line else ROOM_BY_MARK.get(bare[-1], ROOM),
        in_order=text.startswith("> "),
        in_line=in_line,
        closes=text.endswith("$"),
    )


def _unless(row: Row, *, anywhere: bool) -> frozenset[str]:
    """Return what takes the sign away in its own clause, or (`^breiwerk`) in the whole line."""
    names = [name for name in row["unless"].split() if name.startswith("^") is anywhere]
    return frozenset(_names(" ".join(names).replace("^", "")))


def _frozen(names: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(each) for word, each in names.items()}


def _names(text: str) -> tuple[str, ...]:
    return tuple(
        name if name.startswith("<") or not WORD.fullmatch(name) else normalise(name)
        for name in text.split()
    )


@functools.cache
def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, names in patterns().words.items():
        if len(word) > LEAST_STEM:
            found[stem(word)] |= names
    return _frozen(found)


# Shorter words are looked up as they are: "was" is no form of "wassen".
LEAST_STEM = 5


def _classes_of(token: Token) -> frozenset[str]:
    parts = tuple(part for part, clear in token.also if clear == AS_PART)
    return frozenset() if token.used else _classes(token.word, parts)


def classes_of_word(word: str) -> frozenset[str]:
    """Return the classes that a word belongs to, in any of its forms."""
    return _classes(word, ())


@functools.lru_cache(maxsize=20_000)
def _classes(word: str, parts: tuple[str, ...]) -> frozenset[str]:
    known = patterns()
    names = {*known.words.get(word, ()), *known.exact.get(word, ())}
    if len(word) > LEAST_STEM:
        names |= _by_stem().get(stem(word), frozenset())
    for part in parts:
        if len(part) >= LEAST_STEM:
            names |= _by_stem().get(part, frozenset())
    # The stem mends a doubled letter: "mishandeelt".
    forms = (word, stem(word))
    names |= {name for start, name in known.beginnings if any(f.startswith(start) for f in forms)}
    return frozenset(names)
