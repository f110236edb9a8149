"""Normalised words: one way to compare what people type with what the catalogue says."""

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def normalise(text: str) -> str:
    """Return lower-case words without accents or punctuation, one space apart."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", bare).strip()
