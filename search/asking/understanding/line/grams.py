"""Fixed words and phrases with one meaning each, looked up literally: ages, forms, phases."""

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from providers.reference import Row, vocabulary_rows
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import Line


@dataclass(frozen=True, slots=True)
class Spot:
    """A phrase found in the line, with the row of the file it stands in."""

    row: Row
    start: int
    end: int

    @property
    def positions(self) -> set[int]:
        """Return where its words stand."""
        return set(range(self.start, self.end))


class Phrases(dict[tuple[str, ...], Row]):
    """Rows of a vocabulary file by their phrase, word by word."""

    @functools.cached_property
    def sizes(self) -> dict[str, set[int]]:
        """Return by a first word how many words the phrases have that begin with it."""
        found: dict[str, set[int]] = defaultdict(set)
        for phrase in self:
            if phrase:
                found[phrase[0]].add(len(phrase))
        return dict(found)


@functools.cache
def phrases_of(name: str, column: str) -> Phrases:
    """Return the rows of a vocabulary file by their phrase, word by word; the first one wins."""
    found = Phrases()
    for row in vocabulary_rows(name):
        found.setdefault(tuple(normalise(row[column]).split()), row)
    return found


def spots(line: Line, phrases: Phrases, *, by_stem: bool = False) -> Iterator[Spot]:
    """Yield the phrases in a line, the longest first, no word twice.

    With `by_stem` the phrases are of stems, and any form of a word counts.
    """
    words = [token.stem if by_stem else token.word for token in line]
    sizes = phrases.sizes
    places = (
        (size, start)
        for start, word in enumerate(words)
        for size in sizes.get(word, ())
        if start + size <= len(words)
    )
    taken: set[int] = set()
    for size, start in sorted(places, key=lambda one: (-one[0], one[1])):
        row = phrases.get(tuple(words[start : start + size]))
        spot = Spot(row, start, start + size) if row else None
        if spot and not spot.positions & taken and _in_one_clause(line, spot):
            taken |= spot.positions
            yield spot


def _in_one_clause(line: Line, spot: Spot) -> bool:
    return line[spot.start].clause == line[spot.end - 1].clause
