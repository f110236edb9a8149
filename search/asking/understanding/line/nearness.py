"""Which words are a few letters away from another: what a typing error may have been."""

import functools
from itertools import pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

# Shorter words say nothing by their letters: another letter is another word.
SHORTEST = 5
MOST_COMPARED = 12


def near_words(word: str, choices: frozenset[str], edits: int) -> list[str]:
    """Return the words within so many edits, the likeliest first."""
    found = extract(
        word,
        _of_length(choices, len(word) - edits, len(word) + edits),
        scorer=OSA.distance,
        processor=None,
        score_cutoff=edits,
        limit=MOST_COMPARED,
    )
    ranked = sorted(
        (far, not is_slip(word, other), other[0] != word[0], other.startswith(word), other)
        for other, far, _at in found
    )
    return [other for *_rank, other in ranked]


def is_slip(word: str, other: str) -> bool:
    """Whether words one edit apart differ by two letters swapped, one left out or one doubled."""
    if word[0] != other[0]:
        return False
    if len(word) == len(other):
        return sorted(word) == sorted(other)
    return len(word) < len(other) or any(
        one == before and word[:at] + word[at + 1 :] == other
        for at, (before, one) in enumerate(pairwise(word), start=1)
    )


@functools.lru_cache(maxsize=256)
def _of_length(choices: frozenset[str], least: int, most: int) -> tuple[str, ...]:
    long_enough = max(least, SHORTEST)
    return tuple(sorted(one for one in choices if long_enough <= len(one) <= most))
