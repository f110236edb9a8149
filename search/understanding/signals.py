"""Danger in a line: it hides nothing, it only says on top whom to call."""

import functools

from providers.reference import vocabulary_rows
from providers.text.lexicon import lexicon
from providers.words import normalise
from search.understanding.grams import phrases_of, spots
from search.understanding.line import Line
from search.understanding.query import Found
from search.understanding.questions import heard_in, is_literal, whole_matches
from search.understanding.vocabulary import Vocabulary, build_vocabulary

# How sure we must be of a question that alarms before we say so.
CERTAIN = {"acuut": 0.45, "veiligheid": 0.65}
# Haste alone is no danger; with a question that alarms it is.
HASTE = "acute"
# What a question that alarms stands for where the line itself names no danger.
OF_SIGNAL = {"acuut": HASTE, "veiligheid": "violence"}


@functools.cache
def dangers() -> Vocabulary:
    """Return the phrases that name a danger, by kind."""
    rows = [(normalise(row["phrase"]), row["kind"]) for row in vocabulary_rows("crisis")]
    return build_vocabulary(rows, lexicon())


def find_crisis(line: Line, questions: tuple[Found, ...], signals: dict[str, str]) -> str | None:
    """Return the kind of danger a line names (`fixtures/vocabulary/crisis.csv`), or None."""
    matches = whole_matches(line, heard_in(line), dangers())
    kinds = [match.phrase.code for match in matches if is_literal(line, match)]
    kinds += [
        spot.row["kind"]
        for spot in spots(line, phrases_of("crisis", "phrase"))
        if not any(line[at].denied for at in spot.positions)
    ]
    named = [kind for kind in kinds if kind != HASTE]
    if named:
        return named[0]
    alarming = [
        signals[one.code]
        for one in questions
        if one.code in signals and one.weight >= CERTAIN.get(signals[one.code], 0)
    ]
    if alarming:
        return OF_SIGNAL.get(alarming[0], HASTE)
    return HASTE if kinds else None
