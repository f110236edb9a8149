"""The words that a region has of its own: its desk says which help question they stand for.

They are read word for word, in any form, and need no other sign. What they explain explains nothing
else; the danger of a line is read from the whole of it, so they can take no alarm away.
"""

import functools

from providers.vocabulary.region_words import OwnWord, words_of_regions
from search.asking.understanding.line.grams import Phrases, spots
from search.asking.understanding.line.line import Line, is_denied
from search.asking.understanding.query import Found
from search.asking.understanding.questions.questions import Reading


def find_own_words(line: Line, region: str) -> list[Reading]:
    """Return the help questions that a line names in words of this region (its code)."""
    found: dict[str, Reading] = {}
    for spot in spots(line, _phrases(words_of_regions().get(region, ())), by_stem=True):
        at = frozenset(spot.positions)
        if not is_denied(line, at) and not any(line[one].used for one in at):
            words = tuple(line[one].word for one in sorted(at))
            found.setdefault(spot.row["code"], Reading(Found(spot.row["code"], 1.0, words), at, at))
    return list(found.values())


def spelled_as_own(line: Line) -> frozenset[int]:
    """Return where words stand that some region has: they are no typing errors."""
    every = tuple(word for words in words_of_regions().values() for word in words)
    return frozenset(
        at for spot in spots(line, _phrases(every), by_stem=True) for at in spot.positions
    )


@functools.lru_cache(maxsize=64)
def _phrases(words: tuple[OwnWord, ...]) -> Phrases:
    return Phrases({word.stems: {"code": word.code} for word in words})
