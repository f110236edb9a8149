"""Which right Dutch words have to come along, so that nobody takes them for a typing error.

A list of all Dutch words is too much to ship. What is needed of it are the words that would be
repaired: those near to a word of the vocabulary, the map or the catalogue; and of the signs of
danger all forms, with the harmless words near to them.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from providers.vocabulary.text.lexicon import Lexicon, catalogue_words, lexicon_of, vocabulary_texts
from providers.vocabulary.words import normalise
from search.asking.understanding.danger.misspelt import (
    SHORTEST_SIGN,
    danger_forms,
    is_sign,
    signs_alone,
)
from search.asking.understanding.danger.patterns import classes_of_word
from search.asking.understanding.facts.places import places
from search.asking.understanding.line.nearness import SHORTEST
from search.asking.understanding.spelling import LONG, is_ours, meant_by

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
    known_here = [*known.vocabulary, *known.catalogue, *known.phrases, *towns.near_words]
    ours = _Neighbourhood([*known_here, *danger_forms()])
    for word in words:
        if ours.is_near(word, 1 if len(word) < LONG else MOST_EDITS) and not is_ours(
            word, known, towns
        ):
            meant = meant_by(word, known, towns)
            if meant:
                yield word, meant


def forms_among(words: Iterable[str]) -> list[str]:
    """Return the words of a list that are a sign of danger by themselves."""
    return sorted(word for word in words if len(word) >= SHORTEST_SIGN and is_sign(word))


def harmless_among(words: Iterable[str], forms: Collection[str]) -> list[str]:
    """Return the words of a list that a slip in one of these forms may have been meant for.

    Two edits away from it: what was typed may be one away from both.
    """
    signs = _Neighbourhood(forms)
    long = (word for word in words if len(word) >= SHORTEST_SIGN - 1)
    near = (word for word in long if signs.is_near(word, MOST_EDITS))
    return sorted(word for word in near if signs_alone().isdisjoint(classes_of_word(word)))


class _Neighbourhood:
    """Tells quickly that a word is far from every word of ours.

    Words a few edits apart are the same with as many letters left out of each.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._nearer = {part for word in words for part in _shortened(word, 1)}
        self._near = {part for word in words for part in _shortened(word, MOST_EDITS)}

    def is_near(self, word: str, edits: int) -> bool:
        known = self._nearer if edits == 1 else self._near
        return not known.isdisjoint(_shortened(word, edits))


def _shortened(word: str, edits: int) -> Iterator[str]:
    """Yield the word, and the word without each letter and, for two edits, each two letters."""
    yield word
    for one in range(len(word)):
        rest = word[:one] + word[one + 1 :]
        yield rest
        if edits == MOST_EDITS:
            yield from (rest[:two] + rest[two + 1 :] for two in range(one, len(rest)))
