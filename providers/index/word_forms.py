"""The forms in which a word asked for may stand in the search index."""

from dataclasses import dataclass

# Before a stem in the index, so that it never passes for a word or for the beginning of one:
# no word starts with a nought and a letter.
STEM_MARK = "0"


def marked(stem: str) -> str:
    """Return a stem as the index holds it."""
    return f"{STEM_MARK}{stem}"


def is_marked(word: str) -> bool:
    """Whether this is a stem of the index and not a word that somebody wrote."""
    return word.startswith(STEM_MARK) and word[1:2].isalpha()


@dataclass(frozen=True, slots=True)
class WordForms:
    """One word to look for: as it begins, by its stem, or by all its parts together."""

    word: str
    stem: str = ""
    parts: tuple[str, ...] = ()
