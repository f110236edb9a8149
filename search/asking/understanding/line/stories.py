"""What is only told of: a book about running away, a lesson about violence at home."""

import functools
from collections.abc import Collection

from providers.reference import vocabulary_rows
from search.asking.understanding.line.line import Line

# Classes of `danger_words.csv`: stories, and the work of professionals.
TELLING = frozenset({"verhaal", "vakwerk"})
LESSONS = frozenset({"les", "lessen", "lesje", "gastles", "lesbrief", "lespakket", "thema"})
ABOUT = frozenset({"over", "waarin", "waar", "rond", "rondom"})
# What one tells in a talk at school is told from what one has read or heard.
TALKS = frozenset({"spreekbeurt", "werkstuk", "profielwerkstuk", "boekverslag", "toneelstuk"})
# Paper about a danger, in one clause with it: whoever speaks of it is at work.
PAPERS = "papierwerk"
# So many words may stand between the story and what it is about.
MOST_BETWEEN = 3


def is_told_in_story(line: Line, positions: Collection[int]) -> bool:
    """Whether what stands at these positions is what a story, a lesson or a talk is about."""
    if any(token.word in TALKS and _is_for(line, at) for at, token in enumerate(line)):
        return True
    first = min(positions)
    papers = (at for at, token in enumerate(line) if token.word in _words_of(PAPERS))
    if any(_is_near(line, at, first) for at in papers):
        return True
    about = [at for at in range(first) if line[at].word in ABOUT and _is_near(line, at, first)]
    return any(
        line[before].word in _telling() and line[before].clause == line[at].clause
        for at in about
        for before in range(max(at - 1 - MOST_BETWEEN, 0), at)
    )


def _is_for(line: Line, at: int) -> bool:
    """Whether it is told for a talk; what a child says in one may well be true."""
    return any(token.word == "voor" for token in line[max(at - 2, 0) : at])


def _is_near(line: Line, at: int, first: int) -> bool:
    """Whether a word stands in one clause with what it may be about."""
    return line[at].clause == line[first].clause


@functools.cache
def _telling() -> frozenset[str]:
    return LESSONS.union(*map(_words_of, TELLING))


@functools.cache
def _words_of(name: str) -> frozenset[str]:
    """Return the words of a class."""
    rows = vocabulary_rows("danger_words")
    return frozenset(
        word for row in rows if row["class"] == name for word in row["words"].split("|")
    )
