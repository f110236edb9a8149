"""Typing errors in a word that is a sign of danger by itself: zelfmood, verkrachtign, stragulatie.

Most of these words are no help question, so that the ordinary repair does not know them, and a
missed danger costs more than a missed topic. A false alarm costs as well: a word is repaired only
where it is no Dutch word, and where no harmless Dutch word is as near.
"""

import functools

from providers.vocabulary.text.lexicon import lines_of
from search.asking.understanding.danger.patterns import patterns
from search.asking.understanding.line.nearness import near_words

FORMS, HARMLESS = "danger_forms.txt", "harmless_words.txt"
# Of shorter words too many others are one letter away: ketent, betast, straal.
SHORTEST_SIGN = 7


def sign_meant_by(word: str) -> str | None:
    """Return the sign of danger that this unknown word is one typing error away from."""
    if len(word) < SHORTEST_SIGN or is_sign(word):
        return None
    # Words of ours that no list of Dutch has come last: some of them are typing errors.
    meant = near_words(word, lines_of(FORMS), 1) or near_words(word, listed_forms(), 1)
    return meant[0] if meant and not near_words(word, lines_of(HARMLESS), 1) else None


@functools.cache
def danger_forms() -> frozenset[str]:
    """Return the words that are a sign of danger by themselves, in all their forms."""
    return lines_of(FORMS) | listed_forms()


@functools.cache
def listed_forms() -> frozenset[str]:
    """Return those of them that stand in full in a list of ours."""
    listed = {*patterns().words, *patterns().exact}
    long = {word for word in listed if len(word) >= SHORTEST_SIGN and word.isalpha()}
    return frozenset(filter(is_sign, long))


def is_sign(word: str) -> bool:
    """Whether a word is a sign of danger by itself, as it stands in a list of ours."""
    known = patterns()
    names = known.words.get(word, frozenset()) | known.exact.get(word, frozenset())
    beginnings = {name for start, name in known.beginnings if word.startswith(start)}
    return not signs_alone().isdisjoint(names | beginnings)


@functools.cache
def signs_alone() -> frozenset[str]:
    """Return the classes and words of which one is a sign without any other."""
    every = (pattern for each in patterns().by_slot.values() for pattern in each)
    return frozenset(pattern.slots[0] for pattern in every if len(pattern.slots) == 1)
