"""Which help questions a line is about.

Phrases of the vocabulary (`phrases`) count, and what the whole line sounds like (`likeness`,
`model`): few people say what is the matter in our phrases. `certainty` says how sure that is.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from search.asking.understanding.line.line import Line
from search.asking.understanding.people.parents import question_of
from search.asking.understanding.query import Found
from search.asking.understanding.questions.certainty import (
    FEW,
    SURE,
    SURE_IF_EXPLAINED,
    SURE_OF_ACT,
    SURE_OF_DANGER,
    SURE_OF_FEW,
    Heard,
    likely_of,
    probabilities,
    sure_of,
    telling_words,
)
from search.asking.understanding.questions.evidence import Evidence, of_acts
from search.asking.understanding.questions.join import Join
from search.asking.understanding.questions.likeness import Likeness, Sounds, tells_little
from search.asking.understanding.questions.model import Scores
from search.asking.understanding.questions.phrases import (
    Match,
    best_matches,
    denied_in,
    heard_in,
    is_literal,
    whole_matches,
)
from search.asking.understanding.vocabulary import Vocabulary

MOST_FOUND = 5
# A phrase that is as sure as this needs no other sign (0-1); no phrase is surer than the surest.
CERTAIN = 0.7
SUREST = 0.99
# How sure a question is that the line says outright: who does it to whom, a sign of danger.
OUTRIGHT = 0.95
# What a phrase adds to what the line sounds like, in points; how many points a question needs,
# and how many of those of the best one.
PHRASE_POINTS = 2.0
LEAST_POINTS = 4.5
OF_BEST = 0.6
# So many points are as good as a phrase said in so many words.
LOUD = 11.0
MOST_LIKELY = 3
# A question said in so many words needs this share of that, and nothing where no other question
# accounts for those words.
OF_LIKELY = 0.7
# From points to how sure we are (0-1).
POINTS_SCALE = 6.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, where in the line, and where in so many words."""

    found: Found
    positions: frozenset[int]
    said: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Decided:
    """The questions a line is about, and those it may be about: they are asked."""

    sure: list[Reading]
    likely: list[Reading]


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


def find_codes(
    line: Line,
    vocabulary: Vocabulary,
    likeness: Likeness,
    evidence: Evidence,
    scores: Scores,
    join: Join,
    *,
    unlikely: frozenset[str] = frozenset(),
    never: frozenset[str] = frozenset(),
) -> Decided:
    """Return what the line is about, best first, with the words that led to it; and what maybe.

    What is `unlikely`, as a question of other ages, counts only where it is said in so many
    words; what it can `never` be about does not count at all.
    """
    matches = best_matches(line, heard_in(line), vocabulary)
    weighed = _weighed(line, matches, likeness, evidence)
    weighed.denied = denied_in(line, vocabulary)
    probable = probabilities(_heard(line, weighed, evidence, scores), join)
    return _decided(line, weighed, evidence, probable, unlikely, never)


def _loud(points: Mapping[str, float]) -> set[str]:
    """Return the questions that so many words of a line point at that it is no chance."""
    return {code for code, each in points.items() if each >= LOUD}


def _says_nothing_else(
    line: Line, chosen: Collection[str], certain: Mapping[str, set[int]]
) -> set[str]:
    """Return the questions that account for every telling word: "faalangst" means just that.

    Of a line of one word that is all that phrases and likeness chose.
    """
    telling = {at for at, token in enumerate(line) if not (token.used or tells_little(token.word))}
    if len(line) == 1 and telling:
        return set(chosen)
    said = {at for where in certain.values() for at in where}
    return set(certain) if telling and telling <= said else set()


@dataclass(slots=True)
class _Weighed:
    """What phrases and likeness say, by code: doubt (0-1), points, and where in the line."""

    doubt: dict[str, float]
    points: dict[str, float]
    likeness: dict[str, float]
    said: dict[str, set[int]]
    where: dict[str, set[int]]
    denied: frozenset[str] = frozenset()


def _weighed(line: Line, matches: list[Match], likeness: Likeness, evidence: Evidence) -> _Weighed:
    """Add up what the phrases say and what the line sounds like."""
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    said: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        code = question_of(match.phrase.code, line, match.positions, evidence)
        doubt[code] *= 1 - match.value
        said[code] |= match.positions
    for code, positions in evidence.said.items():
        doubt[code] *= 1 - OUTRIGHT
        said[code] |= positions
    where = defaultdict(set, {code: set(positions) for code, positions in said.items()})
    points = {code: PHRASE_POINTS * _strength(left) for code, left in doubt.items()}
    alike = _sounds(line, likeness, evidence)
    for code, sounds in alike.items():
        points[code] = points.get(code, 0.0) + sounds.points
        where[code] |= sounds.positions
    return _Weighed(doubt, points, {code: one.points for code, one in alike.items()}, said, where)


def _strength(doubt: float) -> float:
    return -math.log(max(doubt, 1 - SUREST))


def _heard(line: Line, weighed: _Weighed, evidence: Evidence, scores: Scores) -> Heard:
    return Heard(
        phrases={code: _strength(left) for code, left in weighed.doubt.items()},
        likeness=weighed.likeness,
        model=scores,
        said=frozenset(evidence.said),
        content=telling_words(line),
    )


def hear(
    line: Line, vocabulary: Vocabulary, likeness: Likeness, evidence: Evidence, scores: Scores
) -> Heard:
    """Return what is heard in a line, before it is decided what it is about."""
    matches = best_matches(line, heard_in(line), vocabulary)
    return _heard(line, _weighed(line, matches, likeness, evidence), evidence, scores)


def _decided(
    line: Line,
    weighed: _Weighed,
    evidence: Evidence,
    probable: dict[str, float],
    unlikely: frozenset[str],
    never: frozenset[str],
) -> Decided:
    """Return what the line is about, the surest first, and what it may be about."""
    certain = {
        code: weighed.said[code]
        for code, left in weighed.doubt.items()
        if 1 - left >= CERTAIN and code not in never
    }
    out = (unlikely | never) - certain.keys()
    points = {code: each for code, each in weighed.points.items() if code not in out}
    chosen = _chosen(points, certain, weighed.where, evidence.said.keys())
    acts = {code for code, where in certain.items() if where & evidence.acts}
    # Of one word by itself nobody does anything: "Poolse ouders".
    acting = of_acts() - out if telling_words(line) > 1 else frozenset[str]()
    acts |= {code for code in acting if probable.get(code, 0.0) >= SURE_OF_ACT}
    outright = {*evidence.said, *acts, *_says_nothing_else(line, chosen, certain)}
    left_out = out | (weighed.denied - set(chosen))
    probable = {code: each for code, each in probable.items() if code not in left_out}
    sure = [
        code
        for code in sure_of(
            list(dict.fromkeys([*chosen, *sorted(acts)])),
            probable,
            certain={*certain, *_loud(points)},
            outright=outright,
            least=SURE if certain or telling_words(line) > FEW else SURE_OF_FEW,
        )
        if _may_be_sure(code, weighed, evidence, outright)
        and probable.get(code, 0.0) >= _least_of(code, line, evidence, certain, outright)
    ]
    readings = [
        replace(
            _reading(line, code, _sureness(points.get(code, 0.0)), weighed.where[code]),
            said=frozenset(certain.get(code, ())),
        )
        for code in sure[:MOST_FOUND]
    ]
    return Decided(readings, _asked_back(line, weighed, evidence, probable, set(sure)))


def _asked_back(
    line: Line,
    weighed: _Weighed,
    evidence: Evidence,
    probable: Mapping[str, float],
    sure: set[str],
) -> list[Reading]:
    """Return what the line may be about: a danger first, then what is most probable.

    A question that no telling word of the line led to is not asked back: "hulp".
    """
    maybe = {
        code: each
        for code, each in probable.items()
        if code not in evidence.barred - evidence.unsigned and weighed.where[code]
    }
    danger = (code for code in evidence.asked if code not in sure)
    asked = list(dict.fromkeys([*danger, *likely_of(maybe, sure)]))
    return [
        _reading(line, code, probable.get(code, 0.0), weighed.where[code])
        for code in asked[:MOST_LIKELY]
    ]


def _may_be_sure(
    code: str, weighed: _Weighed, evidence: Evidence, outright: Collection[str]
) -> bool:
    """Whether a telling word of the line led to it: by the model alone nothing is sure."""
    return code not in evidence.barred and bool(weighed.where[code] or code in outright)


def _least_of(
    code: str,
    line: Line,
    evidence: Evidence,
    certain: Mapping[str, set[int]],
    outright: Collection[str],
) -> float:
    """Return how probable a question must be besides: a hint of danger may mean another thing.

    So may words that a phrase of another question explains: "druk in de klas" is no noise.
    """
    if code in evidence.hinted:
        return SURE_OF_DANGER
    if code in outright or code in certain:
        return 0.0
    return SURE_IF_EXPLAINED if _says_nothing_else(line, (), certain) else 0.0


def _sureness(points: float) -> float:
    return 1 - math.exp(-max(points, LEAST_POINTS) / POINTS_SCALE)


def _sounds(line: Line, likeness: Likeness, evidence: Evidence) -> dict[str, Sounds]:
    """Return what the line sounds like, a parent's trouble under its own name."""
    found: dict[str, Sounds] = {}
    for code, sounds in likeness.of(line).items():
        if not sounds.positions:
            continue
        name = question_of(code, line, frozenset(sounds.positions), evidence)
        if name not in found or found[name].points < sounds.points:
            found[name] = sounds
    return found


def _chosen(
    points: dict[str, float],
    certain: dict[str, set[int]],
    where: dict[str, set[int]],
    outright: Collection[str],
) -> list[str]:
    """Return the questions that stand out, best first, and those that are said in so many words."""
    ranked = sorted(points, key=lambda code: (-points[code], code))
    enough = max(points[ranked[0]] * OF_BEST, LEAST_POINTS) if ranked else 0.0
    likely = [code for code in ranked if points[code] >= enough][:MOST_LIKELY]
    likely_at = {at for code in likely for at in where[code]}
    also = {
        code
        for code, positions in certain.items()
        if code in outright or points[code] >= enough * OF_LIKELY or not positions <= likely_at
    }
    return [code for code in ranked if code in likely or code in also][:MOST_FOUND]
