"""Which phrases of the vocabulary a line holds, and how surely.

Each phrase is compared with the line by the telling words they share, wherever those stand: rare
words weigh more, nearness counts, a phrase found whole beats its words. Words that a phrase
explains explain nothing else.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from search.asking.understanding.line.line import Line
from search.asking.understanding.questions.likeness import tells_little
from search.asking.understanding.vocabulary import RAREST, Phrase, Vocabulary

# A phrase counts from this share of its weight; below it is chance.
LEAST_COVERAGE = 0.6
# What stays below it for certain, however the rounding falls.
JUST_BELOW = LEAST_COVERAGE - 1e-9
# How sure a phrase must be to be looked at.
SURE_ENOUGH = 0.20
# A word that explains one question counts this much for another.
SECOND_USE = 0.15
# Except a word that means one thing: that is true in a longer phrase as well.
LABEL = 0.5 * RAREST
SECOND_READING = 0.8
# How far apart the words of a phrase may stand, besides the phrase itself.
ROOM = 4
LITERAL_ROOM = 2
FAR = 0.6
OTHER_CLAUSE = 0.75
WITHOUT_NEGATION = 0.5
# A phrase with one telling word lacks some of its other words.
INCOMPLETE = 0.5
# From this share of its weight a phrase is said whole, and its words need no other reading.
WHOLE = 0.9
# How much telling weight of a phrase it takes to be sure.
SCALE = 2.2
MOST_CANDIDATES = 60
ROUNDS = 8

Stems = dict[str, list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in the line: how sure (0-1) and at which positions."""

    phrase: Phrase
    value: float
    mass: float
    coverage: float
    positions: frozenset[int]


def whole_matches(line: Line, heard: Stems, vocabulary: Vocabulary) -> list[Match]:
    """Return the phrases that are said whole, the longest first."""
    found = [match for match in _candidates(line, heard, vocabulary) if match.coverage > WHOLE]
    return sorted(found, key=lambda match: -match.mass)


def is_literal(line: Line, match: Match) -> bool:
    """Whether the words of a phrase stand together in one clause, and nobody denies them."""
    first, last = min(match.positions), max(match.positions)
    return (
        last - first < len(match.phrase.stems) + LITERAL_ROOM
        and line[first].clause == line[last].clause
        and not any(line[at].denied for at in match.positions)
    )


def denied_in(line: Line, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the questions of which a whole phrase is denied: nobody is asked about those."""
    denied = {token.stem for token in line if token.denied}
    return frozenset(
        vocabulary.phrases[number].code
        for one in denied
        for number in vocabulary.containing.get(one, ())
        if denied.issuperset(vocabulary.phrases[number].stems)
    )


def heard_in(line: Line) -> Stems:
    """Return each stem that is said, with where and how clearly (0-1)."""
    heard: Stems = defaultdict(list)
    for at, token in enumerate(line):
        if token.used:
            continue
        heard[token.stem].append((at, 1.0))
        for other, clear in token.also:
            heard[other].append((at, clear))
    return heard


def best_matches(line: Line, heard: Stems, vocabulary: Vocabulary) -> list[Match]:
    """Pick the surest phrases one by one; words spent on one hardly count for the next."""
    candidates = _candidates(line, heard, vocabulary)
    spent: dict[int, str] = {}
    chosen: list[Match] = []
    while candidates and len(chosen) < ROUNDS:
        best = max(candidates, key=lambda match: (match.value, match.mass))
        if best.value < SURE_ENOUGH:
            break
        chosen.append(best)
        spent |= dict.fromkeys(best.positions - spent.keys(), best.phrase.code)
        candidates = _compared_again(line, heard, candidates, best, spent)
    return chosen


def _candidates(line: Line, heard: Stems, vocabulary: Vocabulary) -> list[Match]:
    numbers: dict[int, float] = defaultdict(float)
    for one in heard:
        for number in vocabulary.containing.get(one, ()):
            numbers[number] += vocabulary.weight(one)
    likely = sorted(numbers, key=lambda n: numbers[n] / vocabulary.phrases[n].total, reverse=True)
    found = (
        compare(line, heard, vocabulary.phrases[number], {}) for number in likely[:MOST_CANDIDATES]
    )
    return [match for match in found if match]


def _compared_again(
    line: Line, heard: Stems, candidates: list[Match], best: Match, spent: dict[int, str]
) -> list[Match]:
    again: list[Match] = []
    for match in candidates:
        if match is best:
            continue
        if match.positions & best.positions:
            anew = compare(line, heard, match.phrase, spent)
            if anew:
                again.append(anew)
        else:
            again.append(match)
    return again


@dataclass(slots=True)
class _Heard:
    """How much of a phrase is heard, and where."""

    mass: float = 0.0
    positions: list[int] = field(default_factory=list)
    second: bool = False


def compare(line: Line, heard: Stems, phrase: Phrase, spent: dict[int, str]) -> Match | None:
    """Return how well a phrase fits the line; None when it does not."""
    weights = zip(phrase.stems, phrase.weights, strict=True)
    if sum([weight for one, weight in weights if one in heard]) < JUST_BELOW * phrase.total:
        return None
    said = _heard_of(phrase, heard, spent)
    telling = [at for at in said.positions if not tells_little(line[at].word)]
    coverage = said.mass / phrase.total
    if coverage < LEAST_COVERAGE or not (telling or _said_whole(line, phrase, said.positions)):
        return None
    says_no = phrase.negates and any(line[at].negates for at in said.positions)
    if any(line[at].denied for at in telling) and not says_no:
        return None
    quality = _nearness(line, telling or said.positions, phrase) * phrase.discount
    quality *= SECOND_READING if said.second else 1.0
    quality *= _completeness(phrase, said, says_no=says_no)
    value = coverage**2 * quality * (1 - math.exp(-said.mass / SCALE))
    return Match(phrase, value, said.mass, coverage, frozenset(said.positions))


def _completeness(phrase: Phrase, said: _Heard, *, says_no: bool) -> float:
    complete = phrase.content > 1 or len(said.positions) == len(phrase.stems)
    quality = 1.0 if complete else INCOMPLETE
    return quality if says_no or not phrase.negates else quality * WITHOUT_NEGATION


def _heard_of(phrase: Phrase, heard: Stems, spent: dict[int, str]) -> _Heard:
    said = _Heard()
    for one, weight in zip(phrase.stems, phrase.weights, strict=True):
        places = [place for place in heard.get(one, ()) if place[0] not in said.positions]
        if not places:
            continue
        at, clear = min(places, key=lambda place: _distance(place[0], said.positions))
        other = spent.get(at, phrase.code) != phrase.code
        said.second = said.second or other
        said.mass += weight * clear * (SECOND_USE if other and not _is_label(phrase) else 1.0)
        said.positions.append(at)
    return said


def _is_label(phrase: Phrase) -> bool:
    """Whether the phrase is one word that means one thing: adhd in "uitleg over adhd"."""
    return len(phrase.stems) == 1 and phrase.total >= LABEL


def _distance(at: int, positions: list[int]) -> int:
    return abs(at - positions[-1] - 1) if positions else at


def _said_whole(line: Line, phrase: Phrase, positions: list[int]) -> bool:
    """A phrase of words that say little alone must stand there literally, ending its clause."""
    first = positions[0]
    if positions != list(range(first, first + len(phrase.stems))):
        return False
    after = positions[-1] + 1
    return after == len(line) or line[after].clause != line[first].clause


def _nearness(line: Line, positions: list[int], phrase: Phrase) -> float:
    quality = 1.0
    if max(positions) - min(positions) > len(phrase.stems) + ROOM:
        quality *= FAR
    if len({line[at].clause for at in positions}) > 1:
        quality *= OTHER_CLAUSE
    return quality
