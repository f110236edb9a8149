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
# What one has of a talk, and not for it: "bang voor haar spreekbeurt".
FEARS = frozenset(
    "bang doodsbang bange angst angstig zenuwachtig zenuwen nerveus stress gestrest spanning"
    " gespannen paniek panisch".split()
)
# What follows these is no part of the talk any more.
AND_THEN = frozenset({"dat", "zodat", "waardoor", "waarna", "daarna", "sinds", "sindsdien", "maar"})
# Paper about a danger, in one clause with it: whoever speaks of it is at work.
PAPERS = "papierwerk"
# So many words may stand between the story and what it is about.
MOST_BETWEEN = 3


def is_told_in_story(line: Line, positions: Collection[int]) -> bool:
    """Whether what stands at these positions is what a story, a lesson or a talk is about."""
    first = min(positions)
    talks = (at for at, token in enumerate(line) if token.word in TALKS)
    if any(_is_for(line, at) and not _is_apart(line, at, first) for at in talks):
        return True
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
    before = [token.word for token in line[max(at - 3, 0) : at]]
    return "voor" in before[-2:] and FEARS.isdisjoint(before)


def _is_apart(line: Line, talk: int, first: int) -> bool:
    """Whether what is told stands behind the talk, and is no part of it."""
    return any(line[at].word in AND_THEN for at in range(talk + 1, first))


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
