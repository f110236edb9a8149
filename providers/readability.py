"""How hard a Dutch text reads: the Flesch-Douma score, and whether that is B1 or easier.

Flesch-Douma (W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960) is Flesch's
reading ease fitted to Dutch: 206.84 - 0.77 x syllables per hundred words - 0.93 x words per
sentence. It counts; it does not understand. Why we use it, and what it cannot tell: ADR 0014.
"""

import functools
import re
from dataclasses import dataclass

import pyphen

# Douma's own table calls 60-70 "normal": readable after primary school.
B1_SCORE = 60.0
# However short its words are, a text of long sentences is no B1. Words per sentence, on average.
B1_SENTENCE = 15.0
# A summary of one or two sentences has no average to speak of: then none is longer than this.
LONGEST_SENTENCE = 20
FEWEST_SENTENCES = 3
# A score over less than this says more about chance than about the text. Words.
FEWEST_WORDS = 8

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?:;…])[\"'”’)]*\s+|\n+")
# Letters that sound together. The hyphenation library never splits off a single letter
# (a-vond, o-pa, ide-e), so the larger of both counts is taken.
VOWELS = re.compile(
    r"aai|ooi|oei|eeuw|ieuw|ieu|aa|ee|ij|oo|uu|ie|eu|oe|ui|ei|au|ou|[aeiouyáéíóúàèëïöüê]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text; `score` from about 0 (very hard) to 100 and over (very easy)."""

    words: int
    sentences: int
    syllables: int
    longest: int

    @property
    def score(self) -> float:
        """Return the Flesch-Douma score."""
        if not self.words:
            return 100.0
        return 206.84 - 77 * self.syllables / self.words - 0.93 * self.mean_sentence

    @property
    def mean_sentence(self) -> float:
        """Return the words per sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def is_judged(self) -> bool:
        """Whether there is enough text to say anything."""
        return self.words >= FEWEST_WORDS

    @property
    def is_b1(self) -> bool:
        """Whether this reads as B1 or easier; a text too short to judge is not called hard."""
        return not self.is_judged or (self.score >= B1_SCORE and self.is_short_winded)

    @property
    def is_short_winded(self) -> bool:
        """Whether its sentences are short: on average, or each of them where there are only two."""
        if self.sentences < FEWEST_SENTENCES:
            return self.longest <= LONGEST_SENTENCE
        return self.mean_sentence <= B1_SENTENCE


def reading_of(text: str) -> Reading:
    """Count what there is in a text. A colon ends a sentence, as it does for a reader's breath."""
    found = [words for part in SENTENCE_END.split(text) if (words := WORD.findall(part))]
    every = [word for words in found for word in words]
    return Reading(
        words=len(every),
        sentences=len(found),
        syllables=sum(map(syllables, every)),
        longest=max(map(len, found), default=0),
    )


@functools.lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has, at least one."""
    lower = word.lower()
    hyphenated = len(_hyphenation().positions(lower)) + 1
    return max(hyphenated, len(VOWELS.findall(lower)), 1)


@functools.cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")
