"""Repairs typing errors, only in words that nobody knows."""

import functools
from collections.abc import Collection
from os.path import commonprefix

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from providers.text.lexicon import Lexicon, lexicon
from search.understanding.grams import phrases_of
from search.understanding.line import Line, Token, token_of
from search.understanding.places import Places, places
from search.understanding.query import Correction

# In short words another letter is another word, so those are repaired with care: only to a word
# that is a phrase of the vocabulary by itself, and never in their ending.
SHORTEST = 5
LONG = 8
VERY_LONG = 11
MOST_COMPARED = 12
ENDING = 2


def corrected(line: Line, known: Lexicon) -> tuple[Line, tuple[Correction, ...]]:
    """Return the line with its misspelt words read as ours, and which those are."""
    towns = places.get()
    read: list[Token] = []
    corrections: list[Correction] = []
    for token in line:
        meant = None if _is_known(token, known, towns) else meant_by(token.word, known, towns)
        if meant:
            corrections.append(Correction(token.word, meant))
        read.append(token_of(meant, token.clause, known) if meant else token)
    return tuple(read), tuple(dict.fromkeys(corrections))


def _is_known(token: Token, known: Lexicon, towns: Places) -> bool:
    word = token.word
    if len(word) < SHORTEST or not word.isalpha() or word in known:
        return True
    return word in towns.words or word in listed_words() or bool(known.split(word))


def meant_by(word: str, known: Lexicon, towns: Places) -> str | None:
    """Return the word of the vocabulary, else of the map or the catalogue, that was meant."""
    towns_near = _closest(word, towns.near_words, 1)
    if len(word) < LONG:
        meant = _closest(word, known.phrases, 1)
        return meant if meant and not _is_other_word(word, meant) else towns_near
    edits = 2 if len(word) >= VERY_LONG else 1
    return (
        _closest(word, known.vocabulary, edits)
        or towns_near
        or _closest(word, known.catalogue, edits)
        or _closest(word, known.phrases, 2)
    )


def _closest(word: str, choices: frozenset[str], edits: int) -> str | None:
    found = extract(
        word,
        _of_length(choices, len(word) - edits, len(word) + edits),
        scorer=OSA.distance,
        processor=None,
        score_cutoff=edits,
        limit=MOST_COMPARED,
    )
    ranked = sorted((far, other[0] != word[0], other) for other, far, _at in found)
    return ranked[0][2] if ranked else None


def _is_other_word(word: str, other: str) -> bool:
    """Whether two short words differ as words do, not as a typing error does."""
    shared = len(commonprefix((word, other)))
    return word[0] != other[0] or shared >= min(len(word), len(other)) - ENDING


@functools.lru_cache(maxsize=256)
def _of_length(choices: frozenset[str], least: int, most: int) -> tuple[str, ...]:
    long_enough = max(least, SHORTEST)
    return tuple(sorted(one for one in choices if long_enough <= len(one) <= most))


@functools.cache
def listed_words() -> frozenset[str]:
    """Return the words of the lists that are looked up literally: ages, forms, denials."""
    names = {"age_words": "word", "format_words": "word", "phase_words": "word"}
    names |= {"negations": "word", "crisis": "phrase", "level_words": "word"}
    return frozenset(
        word for name, column in names.items() for gram in phrases_of(name, column) for word in gram
    )


def known_words(words: Collection[str]) -> list[str]:
    """Return those of some words that stand in the vocabulary, the catalogue or on the map."""
    if not words:
        return []
    known, towns = lexicon(), places.get()
    ours = (known.vocabulary, known.catalogue, towns.near_words)
    return [word for word in dict.fromkeys(words) if any(word in each for each in ours)]
