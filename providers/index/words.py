"""What the search index holds of a text, and what a word asked for looks for in it.

Both go through the analyser with the vocabulary of the release, not with the words of the
catalogue: so the index of one offer never depends on another, and is the same on every machine.
"""

import functools
from collections.abc import Iterable, Iterator

from providers.index.word_forms import WordForms, marked
from providers.vocabulary.text.analyser import word_terms
from providers.vocabulary.text.lexicon import function_words, lexicon_of_release
from providers.vocabulary.words import normalise, stop_words


def words_for_index(*texts: str) -> str:
    """Return the different words of texts, then the stems of those words and of their parts.

    The words stay whole, so that the beginning of one finds it; stems are marked.
    """
    tokens = dict.fromkeys(normalise(" ".join(texts)).split())
    words = [word for word in tokens if word not in stop_words()]
    return " ".join([*words, *dict.fromkeys(_stems(words))])


def _stems(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word not in function_words():
            yield from _marked_terms(word)


@functools.lru_cache(maxsize=50_000)
def _marked_terms(word: str) -> tuple[str, ...]:
    # A word that is its own stem is found as it stands.
    return tuple(marked(term) for term in word_terms(word, lexicon_of_release()) if term != word)


def forms_of(word: str) -> WordForms:
    """Return what to look for when somebody asks for this normalised word."""
    first, *parts = word_terms(word, lexicon_of_release())
    return WordForms(word=word, stem=first, parts=tuple(parts))
