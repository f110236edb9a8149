"""The words of the lists that are looked up literally in a line."""

import functools

from providers.reference import vocabulary_rows
from providers.vocabulary.text.lexicon import lines_of
from providers.vocabulary.words import normalise

# By file, the column with the words.
LISTS = {
    "age_words": "word",
    "format_words": "word",
    "phase_words": "word",
    "negations": "word",
    "crisis": "phrase",
    "level_words": "word",
    "access_words": "word",
    "start_words": "word",
    "language_words": "word",
}


@functools.cache
def listed_words() -> frozenset[str]:
    """Return the words of the lists that are looked up literally: ages, forms, denials, danger."""
    return meaningful_words() | danger_words()


@functools.cache
def meaningful_words() -> frozenset[str]:
    """Return those of them that say something by themselves; a sign of danger is made of many."""
    return frozenset(
        word
        for name, column in LISTS.items()
        for row in vocabulary_rows(name)
        for word in normalise(row[column]).split()
    )


@functools.cache
def danger_words() -> frozenset[str]:
    """Return the words that signs of danger are made of, where they stand in full."""
    cells = [row["words"] for row in vocabulary_rows("danger_words")]
    for row in vocabulary_rows("danger"):
        cells += [slot for slot in row["pattern"].split() if not slot.startswith("<")]
    listed = (word for cell in cells for word in cell.split("|") if not word.endswith("*"))
    return frozenset(part for word in listed for part in normalise(word).split())


@functools.cache
def danger_phrases() -> frozenset[tuple[str, ...]]:
    """Return what is a sign of danger or of urgency by itself, word by word, in any form."""
    rows = vocabulary_rows("crisis")
    forms = {(word,) for word in lines_of("danger_forms.txt")}
    return frozenset({tuple(normalise(row["phrase"]).split()) for row in rows} | forms)
