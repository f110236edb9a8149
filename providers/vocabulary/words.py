"""Normalised words: one way to compare what people type with what the catalogue says."""

import functools
import re
import unicodedata

from django.conf import settings

STOP_WORDS_FILE = settings.FIXTURES_DIR / "vocabulary" / "stop_words.txt"
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """Return lower-case words without accents or punctuation, one space apart."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    bare = plain if plain.isascii() else _without_accents(plain)
    return NOT_A_WORD.sub(" ", bare).strip()


def _without_accents(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@functools.cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing by themselves."""
    return frozenset(STOP_WORDS_FILE.read_text(encoding="utf-8").split())
