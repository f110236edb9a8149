"""Splits Dutch compounds on words we know: scheidingskinderengroep, faalangsttraining."""

import functools
from collections.abc import Callable, Iterable

from providers.vocabulary.text.stems import stem

# What Dutch puts between the parts; the longest first, nothing before all.
LINKS = ("", "s", "en", "e", "er")
SHORTEST_COMPOUND = 7
SHORTEST_PART = 4
MOST_PARTS = 4
VOWELS = frozenset("aeiouy")

Parts = tuple[str, ...]


def can_be_part(word: str) -> bool:
    """Whether a word may stand in a compound: long enough, or letters such as ggz and lvb."""
    if len(word) >= SHORTEST_PART:
        return word.isalpha()
    return len(word) == SHORTEST_PART - 1 and word.isalpha() and not VOWELS & set(word)


class Splitter:
    """Splits words on the parts it was given."""

    def __init__(self, words: Iterable[str]) -> None:
        self._parts = frozenset(filter(can_be_part, words))
        self._longest = max(map(len, self._parts), default=0)
        self.split: Callable[[str], Parts] = functools.lru_cache(maxsize=20_000)(self._split)

    def _split(self, word: str) -> Parts:
        """Return the fewest known parts that make up a word; empty when it is no compound."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha():
            return ()
        found = self._cut(word, whole=word)
        return found if len(found) > 1 else ()

    def _cut(self, rest: str, *, whole: str, depth: int = 1) -> Parts:
        if rest in self._parts and rest != whole:
            return (rest,)
        if depth == MOST_PARTS:
            return ()
        best: Parts = ()
        for size in range(min(len(rest) - 2, self._longest), 2, -1):
            head = rest[:size]
            if head not in self._parts:
                continue
            for tail in self._tails(rest[size:]):
                parts = self._cut(tail, whole=whole, depth=depth + 1)
                if parts and (not best or len(parts) + 1 < len(best)):
                    best = (head, *parts)
        return best

    @staticmethod
    def _tails(rest: str) -> Iterable[str]:
        return (rest[len(link) :] for link in LINKS if rest.startswith(link))


def stems_of_parts(parts: Parts) -> Parts:
    """Return the stems of the parts of a compound."""
    return tuple(stem(part) for part in parts)
