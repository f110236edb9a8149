"""Whose problem it is: "moeder drinkt" asks for help for the child of a mother who drinks."""

import functools

from providers.reference import vocabulary_rows
from providers.text.stems import stem
from search.understanding.line import Line

PARENTS = frozenset(
    stem(word) for word in ("moeder", "vader", "ouder", "stiefmoeder", "stiefvader", "pleegmoeder")
)
# May stand between the parent and what is the matter with them.
BETWEEN = frozenset(
    "is zijn heeft hebben zit ligt was al erg heel vaak veel met een zwaar ernstig ook nogal te"
    " wordt werd zelf altijd steeds elke dag hele de avond beide allebei alleen".split()
)
MOST_BETWEEN = 5


@functools.cache
def _of_parent() -> dict[str, str]:
    return {row["code"]: row["of_parent"] for row in vocabulary_rows("parent_questions")}


def question_of(code: str, line: Line, positions: frozenset[int]) -> str:
    """Return the question itself, or what it is called when a parent has it."""
    moved = _of_parent().get(code)
    return moved if moved and _parent_has_it(line, min(positions)) else code


def _parent_has_it(line: Line, first: int) -> bool:
    for at in range(first - 1, max(first - 1 - MOST_BETWEEN, -1), -1):
        token = line[at]
        if token.clause != line[first].clause:
            return False
        if token.stem in PARENTS:
            return True
        if token.word not in BETWEEN:
            return False
    return False
