"""Which questions a line sounds like, word by word: many small hints together say much.

A line rarely is a phrase we have. Its words, and its pairs of neighbouring words, each occur more
in what is said about one question than in what is said about all. How much more often, in
logarithms, is added up per question: a unigram language model with Dirichlet smoothing (Zhai and
Lafferty, 2004), with all phrases and signs of a question as its text.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from providers.vocabulary.text.stems import stem
from search.asking.understanding.facts.wishes import ASKING
from search.asking.understanding.line.line import Line, Token, is_weak

# How much counts what is not the very word: a word that says little alone, two words beside each
# other, two that say little alone (gaat goed), and what a word is also heard as.
WEAK_WORD = 0.4
PAIR = 0.5
WEAK_PAIR = 0.3
HEARD_AS = 0.7
# How many words of all questions together are thought to be said of each question as well.
PRIOR = 100.0
# How much a question pays for being spoken of in many words.
LENGTH_COST = 0.5
# How much must be heard at all: one word by itself (boksen) is a word to search by.
LEAST_HEARD = 1.5

Hint = tuple[str, float]


@dataclass(slots=True)
class Sounds:
    """How much a line sounds like a question, and at which words."""

    points: float = 0.0
    positions: set[int] = field(default_factory=set)


class Points:
    """The points that each hint gives questions, held as numbers: a dict each takes six times that.

    Most of fifty thousand hints speak for one question.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._ends = array("I", [0])
        self._codes: dict[str, int] = {}
        self._names: list[str] = []
        self._numbers, self._points = array("H"), array("d")

    def add(self, hint: str, points: Mapping[str, float]) -> None:
        """Add a hint that is not there yet."""
        for code in points:
            if code not in self._codes:
                self._codes[code] = len(self._names)
                self._names.append(code)
            self._numbers.append(self._codes[code])
        self._points.extend(points.values())
        self._places[hint] = len(self._places)
        self._ends.append(len(self._points))

    def of(self, hint: str) -> Iterator[tuple[str, float]]:
        """Yield what a hint that is there gives each question."""
        place = self._places[hint]
        first, end = self._ends[place], self._ends[place + 1]
        codes = map(self._names.__getitem__, self._numbers[first:end])
        return zip(codes, self._points[first:end], strict=True)

    def __contains__(self, hint: object) -> bool:
        return hint in self._places


@dataclass(frozen=True, slots=True)
class Likeness:
    """Per hint the points it gives each question, and what each hint costs a question."""

    points: Points
    costs: dict[str, float]

    def of(self, line: Line) -> dict[str, Sounds]:
        """Return what a line sounds like, by the code of the question."""
        found: dict[str, Sounds] = defaultdict(Sounds)
        heard = [
            (strength, positions, self.points.of(hint))
            for hint, (strength, positions) in self._hints_in(line).items()
            if hint in self.points
        ]
        length = sum(strength for strength, _positions, _points in heard)
        if length < LEAST_HEARD:
            return {}
        for strength, positions, given in heard:
            for code, points in given:
                sounds = found[code]
                sounds.points += strength * points
                if positions:
                    sounds.positions |= positions
        for code, sounds in found.items():
            sounds.points -= length * self.costs[code]
        return found

    def _hints_in(self, line: Line) -> dict[str, tuple[float, set[int]]]:
        """Return each hint of a line with its strength and where it is heard.

        Small words are heard nowhere, unless the line consists of them (het hoeft niet meer).
        """
        only_little = all(tells_little(token.word) or token.used for token in line)
        found: dict[str, tuple[float, set[int]]] = {}
        before: Token | None = None
        for at, token in enumerate(line):
            if token.used or (token.denied and not self._is_lack(before, token)):
                before = None
                continue
            little = tells_little(token.word)
            for hint, strength in _hints_at(token, before):
                known, positions = found.get(hint, (0.0, set()))
                here = {at} if not little or (only_little and hint != token.stem) else set()
                found[hint] = (max(strength, known), positions | here)
            before = token
        return found

    def _is_lack(self, before: Token | None, token: Token) -> bool:
        """Whether a word is denied where the lack is the very problem: niks waard."""
        together = before is not None and before.negates and before.clause == token.clause
        return before is not None and together and _pair(before.stem, token.stem) in self.points


# What a line sounds like that can be about nothing.
SILENCE = Likeness(Points(), {})


def build_likeness(rows: Iterable[tuple[str, str]]) -> Likeness:
    """Return the likeness that follows from (text, code) pairs, the texts normalised."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    sizes: dict[str, float] = defaultdict(float)
    for text, code in dict.fromkeys(rows):
        for hint, strength in _hints_of(text.split()):
            counts[hint][code] += strength
            sizes[code] += strength
    everything = sum(sizes.values())
    points = Points()
    for hint, codes in counts.items():
        points.add(hint, _points(codes, share=sum(codes.values()) / everything))
    costs = {code: LENGTH_COST * math.log(1 + size / PRIOR) for code, size in sizes.items()}
    return Likeness(points, costs)


def _points(codes: dict[str, float], *, share: float) -> dict[str, float]:
    return {code: math.log(1 + count / (PRIOR * share)) for code, count in codes.items()}


def _hints_of(words: list[str]) -> Iterator[Hint]:
    for at, word in enumerate(words):
        yield stem(word), WEAK_WORD if tells_little(word) else 1.0
        if at:
            before = words[at - 1]
            yield _pair(stem(before), stem(word)), _pair_strength(before, word)


def tells_little(word: str) -> bool:
    """Whether a word says little by itself: small words, numbers, and the help that is asked."""
    return is_weak(word) or word.isdigit() or word in ASKING


def _pair(one: str, other: str) -> str:
    """Return two stems as one hint; Dutch turns them round (slaapt niet, niet slapen)."""
    return " ".join(sorted((one, other)))


def _pair_strength(one: str, other: str) -> float:
    return WEAK_PAIR if tells_little(one) and tells_little(other) else PAIR


def _hints_at(token: Token, before: Token | None) -> Iterator[Hint]:
    if tells_little(token.word):
        yield token.stem, WEAK_WORD
    else:
        yield token.stem, 1.0
        yield from ((other, clear * HEARD_AS) for other, clear in token.also)
    if before is not None and before.clause == token.clause:
        yield _pair(before.stem, token.stem), _pair_strength(before.word, token.word)
