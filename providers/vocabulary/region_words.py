"""The words that regions have for a help question, cached in memory beside the vocabulary.

They are read beside it and never put into it: a word of one region means nothing in another.
"""

from collections import defaultdict
from typing import NamedTuple

from providers.models import RegionWord
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.stems import stem
from providers.vocabulary.text.watch import depends_on_vocabulary
from providers.vocabulary.words import normalise

SECONDS = 60


class OwnWord(NamedTuple):
    """A word of a region as it was written, its normalised form, and the code it stands for."""

    text: str
    key: str
    code: str

    @property
    def stems(self) -> tuple[str, ...]:
        """Its words in any form."""
        return stems_of(self.key)


def stems_of(key: str) -> tuple[str, ...]:
    """Return the stems of a normalised text, word by word: its words in any form."""
    return tuple(map(stem, key.split()))


def words_of_regions() -> dict[str, tuple[OwnWord, ...]]:
    """Return by the code of a region its own words; regions without any are not there."""
    return _words.get()


def _rows() -> tuple[tuple[str, str, str], ...]:
    rows = RegionWord.objects.order_by("id")
    return tuple(rows.values_list("region", "text", "help_question"))


def _build() -> dict[str, tuple[OwnWord, ...]]:
    found: dict[str, list[OwnWord]] = defaultdict(list)
    for region, text, code in _rows():
        found[region].append(OwnWord(text, normalise(text), code))
    return {region: tuple(words) for region, words in found.items()}


_words: Cached[dict[str, tuple[OwnWord, ...]]] = depends_on_vocabulary(
    Cached("region-words", seconds=SECONDS, fingerprint=_rows, build=_build)
)
