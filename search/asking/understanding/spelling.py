"""Repairs typing errors, only in words that nobody knows."""

import functools
from collections.abc import Collection
from os.path import commonprefix

from providers.vocabulary.text.first_names import first_names
from providers.vocabulary.text.lexicon import Lexicon, lexicon, ordinary_words, right_words
from providers.vocabulary.text.listed import listed_words
from providers.vocabulary.text.stems import stem
from search.asking.understanding.danger.misspelt import danger_forms, sign_meant_by
from search.asking.understanding.facts.places import Places, places
from search.asking.understanding.line.line import Line, Token, token_of
from search.asking.understanding.line.nearness import SHORTEST, is_slip, near_words
from search.asking.understanding.query import Correction

# In short words another letter is another word, so those are repaired with care: only to a word
# that is a phrase of the vocabulary by itself, and never in their ending.
LONG = 8
VERY_LONG = 11
ENDING = 2


def corrected(
    line: Line, known: Lexicon, right: Collection[int] = ()
) -> tuple[Line, tuple[Correction, ...]]:
    """Return the line with its misspelt words read as ours, and which those are.

    `right` are positions of words that are spelled right, whatever they look like.
    """
    towns = places()
    read: list[Token] = []
    corrections: list[Correction] = []
    for at, token in enumerate(line):
        is_right = at in right or _is_right(token.word, known, towns)
        meant = None if is_right else meant_by(token.word, known, towns)
        if meant:
            corrections.append(Correction(token.word, meant))
        read.append(token_of(meant, token.clause, known) if meant else token)
    return tuple(read), tuple(dict.fromkeys(corrections))


def _is_right(word: str, known: Lexicon, towns: Places) -> bool:
    """Whether a word is spelled right, or is too short or odd to say anything about."""
    if len(word) < SHORTEST or not word.isalpha():
        return True
    return word in right_words() or is_ours(word, known, towns)


def is_ours(word: str, known: Lexicon, towns: Places) -> bool:
    """Whether a word stands just so in a list of ours."""
    lists = (known.vocabulary, known.catalogue, ordinary_words(), towns.words, listed_words())
    return word in first_names() or any(word in each for each in lists)


def meant_by(word: str, known: Lexicon, towns: Places) -> str | None:
    """Return the sign of danger or the word of ours that was meant: vocabulary, map, catalogue.

    What has the stem or the parts of words we know may be a word by itself: verslavig, gezinpijn.
    It is read as another one only where a slip of the hand explains it; one that only lacks its
    last letter is more often another form.
    """
    sign = sign_meant_by(word)
    if sign:
        return sign
    if word in known:
        return _slipped(word, known, cut_short=False)
    if known.split(word):
        return _slipped(word, known)
    towns_near = _closest(word, towns.near_words, 1)
    if len(word) < LONG:
        meant = _closest(word, known.phrases, 1)
        sure = meant if meant and not _is_other_word(word, meant) else None
        return sure or towns_near or _slipped(word, known)
    edits = 2 if len(word) >= VERY_LONG else 1
    return (
        _closest(word, known.vocabulary, edits)
        or towns_near
        or _closest(word, _without_names(known.catalogue), edits)
        or _closest(word, known.phrases, 2)
    )


@functools.lru_cache(maxsize=2)
def _without_names(catalogue: frozenset[str]) -> frozenset[str]:
    """Return the words that a misspelt one may be read as: nobody's name."""
    return catalogue - first_names()


def _closest(word: str, choices: frozenset[str], edits: int) -> str | None:
    found = near_words(word, choices, edits)
    return found[0] if found else None


def _slipped(word: str, known: Lexicon, *, cut_short: bool = True) -> str | None:
    """Return the long word of the vocabulary that this is but for one slip of the hand."""
    if len(word) < LONG - 1:
        return None
    own = stem(word)
    for other in near_words(word, known.vocabulary, 1):
        whole = cut_short or not other.startswith(word)
        if len(other) >= LONG and whole and is_slip(word, other) and stem(other) != own:
            return other
    return None


def _is_other_word(word: str, other: str) -> bool:
    """Whether two short words differ as words do, not as a typing error does."""
    shared = len(commonprefix((word, other)))
    return word[0] != other[0] or shared >= min(len(word), len(other)) - ENDING


def known_words(words: Collection[str]) -> list[str]:
    """Return those of some words that stand in the vocabulary, the catalogue or on the map."""
    if not words:
        return []
    known, towns = lexicon(), places()
    ours = (known.vocabulary, _without_names(known.catalogue), towns.near_words, danger_forms())
    return [word for word in dict.fromkeys(words) if any(word in each for each in ours)]
