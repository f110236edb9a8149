"""Which right Dutch words have to come along, so that nobody takes them for a typing error.

A list of all Dutch words is too much to ship. What is needed of it are the words that would be
repaired: those near to a word of the vocabulary, the map or the catalogue.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from providers.vocabulary.text.lexicon import Lexicon, catalogue_words, lexicon_of, vocabulary_texts
from providers.vocabulary.words import normalise
from search.asking.understanding.facts.places import places
from search.asking.understanding.spelling import LONG, SHORTEST, is_ours, meant_by

# No repair changes more letters than this, and in a short word only one.
MOST_EDITS = 2
# Where Debian's package `wdutch` puts the list of OpenTaal.
DUTCH_WORDS = Path("/usr/share/dict/dutch")


def read_words(path: Path) -> set[str]:
    """Return the normalised words of a list with one entry a line, the short ones left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {word for line in lines for word in normalise(line).split()}
    return {word for word in found if len(word) >= SHORTEST and word.isalpha()}


def lexicons() -> tuple[Lexicon, ...]:
    """Return the words we know now with those of the catalogue, and without any catalogue."""
    return tuple(
        lexicon_of(vocabulary_texts.get(), c) for c in (catalogue_words.get(), frozenset())
    )


def mistaken(words: Iterable[str], lexicons: Iterable[Lexicon]) -> dict[str, str]:
    """Return the words that would be taken for a typing error, each with what it is read as."""
    found: dict[str, str] = {}
    for known in lexicons:
        found |= dict(_mistaken(words, known))
    return found


def _mistaken(words: Iterable[str], known: Lexicon) -> Iterator[tuple[str, str]]:
    towns = places()
    ours = _Neighbourhood([*known.vocabulary, *known.catalogue, *known.phrases, *towns.near_words])
    for word in words:
        if ours.is_near(word) and not is_ours(word, known, towns):
            meant = meant_by(word, known, towns)
            if meant:
                yield word, meant


class _Neighbourhood:
    """Tells quickly that a word is far from every word of ours.

    Words a few edits apart are the same with as many letters left out of each.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._nearer = {part for word in words for part in _shortened(word, 1)}
        self._near = {part for word in words for part in _shortened(word, MOST_EDITS)}

    def is_near(self, word: str) -> bool:
        short = len(word) < LONG
        known, edits = (self._nearer, 1) if short else (self._near, MOST_EDITS)
        return not known.isdisjoint(_shortened(word, edits))


def _shortened(word: str, edits: int) -> Iterator[str]:
    """Yield the word, and the word without each letter and, for two edits, each two letters."""
    yield word
    for one in range(len(word)):
        rest = word[:one] + word[one + 1 :]
        yield rest
        if edits == MOST_EDITS:
            yield from (rest[:two] + rest[two + 1 :] for two in range(one, len(rest)))
