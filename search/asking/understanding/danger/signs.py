"""Phrases of a question that alarms which are a sign of it when they are said word for word."""

import functools
from collections import defaultdict

from django.conf import settings

from providers.vocabulary.text.stems import stem
from providers.vocabulary.words import normalise
from search.asking.understanding.danger.denial import says_no
from search.asking.understanding.danger.over import is_over
from search.asking.understanding.line.line import AS_PART, Line, is_denied
from search.asking.understanding.line.stories import is_told_in_story
from search.asking.understanding.vocabulary import Phrase, Vocabularies

# How many other words may stand between those of a phrase.
ROOM = 2


def cues_in(line: Line, words: Vocabularies) -> dict[str, frozenset[int]]:
    """Return the questions that alarm of which a phrase is said, with where."""
    positions = _said_in(line)
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in _phrases_in(positions, words):
        where = _stands(line, phrase, positions)
        if where and phrase.stems not in _no_sign_alone() and not is_told_in_story(line, where):
            found[phrase.code] |= where
    return {code: frozenset(where) for code, where in found.items()}


def _said_in(line: Line) -> dict[str, list[int]]:
    """Return the stems of a line and of the parts of its compounds, with where they stand."""
    positions: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(line):
        parts = [part for part, clear in token.also if clear == AS_PART]
        for one in () if token.used else (token.stem, *parts):
            positions[one].append(at)
    return positions


def _phrases_in(positions: dict[str, list[int]], words: Vocabularies) -> list[Phrase]:
    numbers = {number for one in positions for number in words.questions.containing.get(one, ())}
    return [
        phrase
        for number in sorted(numbers)
        if (phrase := words.questions.phrases[number]).code in words.signals
        and phrase.discount == 1.0  # not the parts of a compound: "slaat een slag"
        and positions.keys() >= set(phrase.stems)
    ]


def _stands(line: Line, phrase: Phrase, positions: dict[str, list[int]]) -> frozenset[int]:
    """Return where a phrase stands, its words near each other in one clause; empty if not."""
    first, *others = phrase.stems
    for start in positions[first]:
        where = [start]
        for other in others:
            near = [at for at in positions[other] if at not in where]
            if near:
                where.append(min(near, key=lambda at: abs(at - start)))
        if len(where) == len(phrase.stems) and _is_together(line, where):
            return frozenset(where)
    return frozenset()


def _is_together(line: Line, where: list[int]) -> bool:
    return (
        max(where) - min(where) < len(where) + ROOM
        and line[min(where)].clause == line[max(where)].clause
        and (where == sorted(where) or not any(line[at].negates for at in where))
        and not is_denied(line, where)
        and not is_over(line, where)
        and not (says_no(line, where) and not any(line[at].negates for at in where))
    )


@functools.cache
def _no_sign_alone() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(stem(word) for word in normalise(text).split())
        for text in lines("no_danger_alone.txt")
    )


def lines(name: str) -> list[str]:
    """Return the phrases of a vocabulary file, one a line."""
    path = settings.FIXTURES_DIR / "vocabulary" / name
    return [text for text in path.read_text(encoding="utf-8").splitlines() if text]
