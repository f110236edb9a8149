"""Danger in a line: it hides nothing, it only says on top whom to call."""

from search.asking.understanding.danger.patterns import FOREMOST
from search.asking.understanding.questions.evidence import Evidence
from search.asking.understanding.questions.questions import Reading


def find_crisis(
    evidence: Evidence, questions: list[Reading], signals: dict[str, str]
) -> str | None:
    """Return the kind of danger a line names, the one that goes first, or None."""
    kinds = {danger.kind for danger in evidence.dangers}
    kinds = kinds or {signals[one.found.code] for one in questions if one.found.code in signals}
    return min(kinds, key=FOREMOST.index, default=None)
