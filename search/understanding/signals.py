"""Danger in a line: it hides nothing, it only says on top whom to call."""

import functools

from providers.models import Signal
from providers.reference import vocabulary_rows
from providers.text.lexicon import lexicon
from providers.words import normalise
from search.understanding.grams import phrases_of, spots
from search.understanding.line import Line
from search.understanding.questions import Reading, heard_in, is_literal, whole_matches
from search.understanding.urgency import HASTE
from search.understanding.vocabulary import Vocabulary, build_vocabulary

# How sure we must be of a question that alarms before we say so: less where a life is at stake.
CERTAIN = 0.65
SOONER = 0.45
# What a line only sounds like in the second place is no reason for alarm, unless a life is at
# stake and it is this clear.
CLEAR = 0.8
OF_LIFE = frozenset({Signal.SUICIDE, Signal.SELFHARM, Signal.PSYCHOSIS})


@functools.cache
def dangers() -> Vocabulary:
    """Return the phrases that name a danger, by kind."""
    rows = [
        (normalise(row["phrase"]), row["kind"])
        for row in vocabulary_rows("crisis")
        if row["kind"] != HASTE
    ]
    return build_vocabulary(rows, lexicon())


def find_crisis(line: Line, questions: list[Reading], signals: dict[str, str]) -> str | None:
    """Return the kind of danger a line names (`fixtures/vocabulary/crisis.csv`), or None.

    `questions` are those it is about, the surest first.
    """
    matches = whole_matches(line, heard_in(line), dangers())
    kinds = [match.phrase.code for match in matches if is_literal(line, match)]
    kinds += [
        spot.row["kind"]
        for spot in spots(line, phrases_of("crisis", "phrase"))
        if spot.row["kind"] != HASTE and not any(line[at].denied for at in spot.positions)
    ]
    if kinds:
        return kinds[0]
    alarming = (
        signals[one.found.code]
        for at, one in enumerate(questions)
        if _alarms(one, signals, foremost=at == 0)
    )
    return next(alarming, None)


def _alarms(question: Reading, signals: dict[str, str], *, foremost: bool) -> bool:
    kind, weight = signals.get(question.found.code), question.found.weight
    if kind in OF_LIFE:
        return weight >= (SOONER if foremost or question.said else CLEAR)
    return kind is not None and weight >= CERTAIN and (foremost or bool(question.said))
