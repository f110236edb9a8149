"""Dutch stems: a maintained stemmer, mended where it harms the words of this field.

The stemmer knows neither plurals in -eren nor verbs in -t, and parts words that belong
together (scheiding and gescheiden). What no rule can know stands in
``fixtures/vocabulary/stem_exceptions.csv``: per stem the words that share it.
"""

import csv
import functools
import re

import Stemmer
from django.conf import settings

from providers.vocabulary.words import normalise

EXCEPTIONS_FILE = settings.FIXTURES_DIR / "vocabulary" / "stem_exceptions.csv"
SHORTEST = 4  # shorter words are left as they are
DIMINUTIVE = re.compile(r"(?<=[a-z]{3})(?:etje|tje|pje|je)s?$")
VERB_T = re.compile(r"(?<=[bcdfgklmnprsvwz])t$|(?<=[aoe][oa]i)t$|(?<=oei)t$")
PARTICIPLE = re.compile(r"^ge([a-z]{4,})[dt]$")
VOICED = {"v": "f", "z": "s"}

_snowball = Stemmer.Stemmer("dutch_porter", 0)


@functools.cache
def exceptions() -> dict[str, str]:
    """Return the stem of each word that the rules get wrong."""
    with EXCEPTIONS_FILE.open(encoding="utf-8", newline="") as file:
        return {
            normalise(word).replace(" ", ""): row["stem"].replace(" ", "")
            for row in csv.DictReader(file)
            for word in row["words"].split("|")
        }


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one normalised word; words with one stem mean the same to us."""
    known = exceptions().get(word)
    if known:
        return known
    if len(word) < SHORTEST or not word.isalpha():
        return word
    bare = DIMINUTIVE.sub("", word)
    if bare != word and bare in exceptions():
        return exceptions()[bare]
    done = PARTICIPLE.match(bare)
    bare = done.group(1) if done else bare
    found = VERB_T.sub("", str(_snowball.stemWord(VERB_T.sub("", bare))))
    return found[:-1] + VOICED[found[-1]] if found[-1] in VOICED else found
