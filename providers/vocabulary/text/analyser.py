"""The one analyser, for documents and for questions: text to the terms that are compared."""

from collections.abc import Iterator

from providers.vocabulary.text.compounds import stems_of_parts
from providers.vocabulary.text.lexicon import Lexicon, function_words, lexicon
from providers.vocabulary.text.stems import stem
from providers.vocabulary.words import normalise


def terms(text: str, *, known: Lexicon | None = None) -> list[str]:
    """Return the terms of a text for the index: each word's stem, then those of its parts.

    Words that say nothing are left out; a term comes once, in the order of the text.
    """
    words = known or lexicon()
    return list(dict.fromkeys(_terms(normalise(text).split(), words)))


def _terms(words: list[str], known: Lexicon) -> Iterator[str]:
    for word in words:
        if word not in function_words():
            yield from word_terms(word, known)


def word_terms(word: str, known: Lexicon) -> tuple[str, ...]:
    """Return the terms of one normalised word: its own stem, then the stems of its parts.

    A document has them all; a question asks for the first, or for all others together.
    """
    parts = known.split(word)
    return (stem(word), *stems_of_parts(parts))
