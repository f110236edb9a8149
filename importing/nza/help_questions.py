"""Which help questions a row speaks of, from two tables in fixtures/import/.

A main group or a word that is in neither table gives none: an offer without a help question
says that it is not known, it is not guessed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from importing.pipeline.tables import read_table
from importing.pipeline.wait_text import normalise

MOST_PER_OFFER = 6


def help_questions_of(main_groups: Iterable[str], written: str) -> tuple[str, ...]:
    """Return codes of help questions, main one first: words of the diagnosis, then groups."""
    found = [*of_words(written)]
    for group in main_groups:
        found += by_main_group().get(group, ())
    return tuple(dict.fromkeys(found))[:MOST_PER_OFFER]


def of_words(written: str) -> list[str]:
    """Return the help questions of the words in the diagnosis as ``written``, in its order."""
    exact, stems = by_word()
    found: list[str] = []
    for word in re.findall(r"[a-z0-9]+", normalise(written)):
        found += exact.get(word, ())
        found += (code for stem, codes in stems if word.startswith(stem) for code in codes)
    return found


@lru_cache(maxsize=1)
def by_main_group() -> dict[str, tuple[str, ...]]:
    """Return the table of main groups."""
    return {
        row["hoofdgroep"]: _split(row["hulpvragen"]) for row in read_table("nza_hoofdgroepen.csv")
    }


@lru_cache(maxsize=1)
def by_word() -> tuple[dict[str, tuple[str, ...]], list[tuple[str, tuple[str, ...]]]]:
    """Return the table of words: whole words, and beginnings of words (written with a star)."""
    rows = [
        (row["woord"], _split(row["hulpvragen"])) for row in read_table("nza_diagnose_woorden.csv")
    ]
    exact = {word: codes for word, codes in rows if not word.endswith("*")}
    return exact, [(word.removesuffix("*"), codes) for word, codes in rows if word.endswith("*")]


def _split(codes: str) -> tuple[str, ...]:
    return tuple(filter(None, codes.split("|")))
