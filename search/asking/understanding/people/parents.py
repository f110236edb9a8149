"""Whose problem it is: "moeder drinkt" asks for help for the child of a mother who drinks."""

import functools

from providers.reference import vocabulary_rows
from providers.vocabulary.text.lexicon import lines_of
from providers.vocabulary.text.stems import stem
from search.asking.understanding.line.line import Line
from search.asking.understanding.questions.evidence import Evidence

PARENTS = frozenset(
    stem(word) for word in ("moeder", "vader", "ouder", "stiefmoeder", "stiefvader", "pleegmoeder")
)
# May stand between the parent and what is the matter with them.
BETWEEN = "said_of_parent.txt"
MOST_BETWEEN = 5


@functools.cache
def _of_parent() -> dict[str, str]:
    return {row["code"]: row["of_parent"] for row in vocabulary_rows("parent_questions")}


def question_of(code: str, line: Line, positions: frozenset[int], evidence: Evidence) -> str:
    """Return the question itself, or what it is called when a parent has it."""
    moved = _of_parent().get(code)
    if moved is None or (evidence.of_child & positions and not evidence.of_parent & positions):
        return code
    has_it = evidence.of_parent & positions or _parent_has_it(line, min(positions))
    return moved if has_it else code


def _parent_has_it(line: Line, first: int) -> bool:
    listed = False
    for at in range(first - 1, max(first - 1 - MOST_BETWEEN, -1), -1):
        token = line[at]
        if token.clause != line[first].clause:
            return False
        if token.stem in PARENTS:
            return True
        if token.word in {"en", "of"}:
            listed = True
        elif listed and not token.weak:
            listed = False
        elif token.word not in lines_of(BETWEEN):
            return False
    return False
