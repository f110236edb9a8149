"""Which help questions a line is about.

Each phrase of the vocabulary is compared with the line by the telling words they share,
wherever those stand: rare words weigh more, nearness counts, a phrase found whole beats its
words. Words that a phrase explains explain nothing else. What no phrase explains is weighed
word by word.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from providers.text.lexicon import ordinary_words
from search.understanding.line import Line
from search.understanding.parents import question_of
from search.understanding.query import Found
from search.understanding.vocabulary import RAREST, Phrase, Vocabulary

MOST_FOUND = 5
# A phrase counts from this share of its weight; below it is chance.
LEAST_COVERAGE = 0.6
# How sure we must be of a question; and of one after the first.
SURE_ENOUGH = 0.40
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
LOOSE_SURE = 0.55
OF_BEST = 0.5
# A word of every day proves little by itself, and so does any word alone.
ORDINARY = 0.6
LONELY = 0.9
# From this share of its weight a phrase is said whole, and its words need no other reading.
WHOLE = 0.9
# How much telling weight it takes to be sure: of a phrase, and of loose words.
SCALE = 2.2
LOOSE_SCALE = 3.0
MOST_CANDIDATES = 60
ROUNDS = 8

Heard = dict[str, list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase in the line: how sure (0-1) and at which positions."""

    phrase: Phrase
    value: float
    mass: float
    coverage: float
    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, and where in the line."""

    found: Found
    positions: frozenset[int]


def find_groups(line: Line, vocabulary: Vocabulary) -> list[Reading]:
    """Return the target groups that are named whole, most telling first."""
    best: dict[str, Match] = {}
    for match in whole_matches(line, heard_in(line), vocabulary):
        if is_literal(line, match):
            best.setdefault(match.phrase.code, match)
    return [_reading(line, code, one.value, set(one.positions)) for code, one in best.items()]


def _reading(line: Line, code: str, weight: float, positions: set[int]) -> Reading:
    words = tuple(line[at].word for at in sorted(positions))
    return Reading(Found(code, round(weight, 3), words), frozenset(positions))


def find_codes(line: Line, vocabulary: Vocabulary) -> list[Reading]:
    """Return what the line is about, best first, with the words that led to it."""
    heard = heard_in(line)
    matches = _best_matches(line, heard, vocabulary)
    return _by_code(line, matches, vocabulary)


def whole_matches(line: Line, heard: Heard, vocabulary: Vocabulary) -> list[Match]:
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


def heard_in(line: Line) -> Heard:
    """Return each stem that is said, with where and how clearly (0-1)."""
    heard: Heard = defaultdict(list)
    for at, token in enumerate(line):
        if token.used:
            continue
        heard[token.stem].append((at, 1.0))
        for other, clear in token.also:
            heard[other].append((at, clear))
    return heard


def _best_matches(line: Line, heard: Heard, vocabulary: Vocabulary) -> list[Match]:
    """Pick the surest phrases one by one; words spent on one hardly count for the next."""
    candidates = _candidates(line, heard, vocabulary)
    spent: dict[int, str] = {}
    chosen: list[Match] = []
    while candidates and len(chosen) < ROUNDS:
        best = max(candidates, key=lambda match: (match.value, match.mass))
        if best.value < SURE_ENOUGH / 2:
            break
        chosen.append(best)
        spent |= dict.fromkeys(best.positions - spent.keys(), best.phrase.code)
        candidates = _compared_again(line, heard, candidates, best, spent)
    return chosen


def _candidates(line: Line, heard: Heard, vocabulary: Vocabulary) -> list[Match]:
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
    line: Line, heard: Heard, candidates: list[Match], best: Match, spent: dict[int, str]
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


def compare(line: Line, heard: Heard, phrase: Phrase, spent: dict[int, str]) -> Match | None:
    """Return how well a phrase fits the line; None when it does not."""
    said = _heard_of(phrase, heard, spent)
    telling = [at for at in said.positions if not line[at].weak]
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


def _heard_of(phrase: Phrase, heard: Heard, spent: dict[int, str]) -> _Heard:
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


def _by_code(line: Line, matches: list[Match], vocabulary: Vocabulary) -> list[Reading]:
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    where: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        code = question_of(match.phrase.code, line, match.positions)
        doubt[code] *= 1 - match.value
        where[code] |= match.positions
    certain = {code for code in doubt if 1 - doubt[code] >= SURE_ENOUGH}
    for code, value, positions in _word_by_word(line, matches, vocabulary):
        doubt[code] *= 1 - value
        where[code] |= positions
    sure = sorted(((1 - d, code) for code, d in doubt.items()), key=lambda one: (-one[0], one[1]))
    best = sure[0][0] if sure else 0
    return [
        _reading(line, code, weight, where[code])
        for weight, code in sure[:MOST_FOUND]
        if weight >= SURE_ENOUGH
        and (code in certain or not certain or weight >= LOOSE_SURE)
        and weight >= best * OF_BEST
    ]


def _word_by_word(
    line: Line, matches: list[Match], vocabulary: Vocabulary
) -> list[tuple[str, float, set[int]]]:
    """Weigh the telling words that no phrase explained."""
    spent = {at for match in matches if match.coverage > WHOLE for at in match.positions}
    mass: dict[str, float] = defaultdict(float)
    where: dict[str, set[int]] = defaultdict(set)
    for at, token in enumerate(line):
        if token.used or token.weak or token.denied or at in spent:
            continue
        common = ORDINARY if token.word in ordinary_words() else 1.0
        for one, clear in ((token.stem, 1.0), *token.also):
            for code, share in vocabulary.evidence.get(one, {}).items():
                mass[code] += share * clear * vocabulary.weight(one) * common
                where[code].add(at)
    return [
        (
            code,
            (1 - math.exp(-total / LOOSE_SCALE)) * (1 if len(where[code]) > 1 else LONELY),
            where[code],
        )
        for code, total in mass.items()
    ]
