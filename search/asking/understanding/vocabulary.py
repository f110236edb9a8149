"""The phrases of the vocabulary, indexed by the stems they consist of."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from providers.models import HelpQuestion, SearchWord, TargetGroup
from providers.reference import vocabulary_rows
from providers.vocabulary.text.lexicon import (
    VOCABULARY_SECONDS,
    Lexicon,
    lexicon,
    vocabulary_fingerprint,
)
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.stems import stem
from providers.vocabulary.text.watch import depends_on_vocabulary
from providers.vocabulary.words import normalise
from search.asking.understanding.line.line import NEGATORS, is_weak
from search.asking.understanding.questions.afterwards import literal_codes
from search.asking.understanding.questions.likeness import Likeness, build_likeness

# The weight of a word that points at one question only.
RAREST = 4.75
# How much of its weight a word keeps that says little by itself.
WEAK_SHARE = 0.35
NEGATOR_SHARE = 0.6
# A compound recognised by its parts counts a little less than the word itself.
IN_PARTS = 0.9


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase of the vocabulary: its stems with their weights, and what it means."""

    code: str
    stems: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    content: int
    negates: bool
    discount: float = 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by number, the numbers of the phrases that each stem occurs in, and weights."""

    phrases: tuple[Phrase, ...]
    containing: dict[str, tuple[int, ...]]
    weights: dict[str, float]
    default_weight: float

    def weight(self, word_stem: str) -> float:
        """Return how telling a stem is: rare is telling."""
        return self.weights.get(word_stem, self.default_weight)


def build_vocabulary(rows: Iterable[tuple[str, str]], known: Lexicon) -> Vocabulary:
    """Return the index of (phrase, code) pairs, the phrases normalised."""
    pairs = [(tuple(text.split()), code) for text, code in dict.fromkeys(rows) if text]
    codes_of: dict[str, set[str]] = defaultdict(set)
    weak: set[str] = set()
    for words, code in pairs:
        for word in words:
            codes_of[stem(word)].add(code)
            if is_weak(word):
                weak.add(stem(word))
    number = len({code for _words, code in pairs}) or 1
    weights = {
        one: _rarity(len(codes), number) * _share(one, weak) for one, codes in codes_of.items()
    }
    phrases = [phrase for pair in pairs for phrase in _phrases(*pair, weights, weak, known)]
    return Vocabulary(
        phrases=tuple(phrases),
        containing=_containing(phrases, weak),
        weights=weights,
        default_weight=RAREST,
    )


def _rarity(codes: int, number: int) -> float:
    """Return how telling a word is that occurs in so many of a number of questions."""
    return RAREST * math.log(1 + number / codes) / math.log(1 + number)


def _share(word_stem: str, weak: set[str]) -> float:
    if word_stem in NEGATORS:
        return NEGATOR_SHARE
    return WEAK_SHARE if word_stem in weak else 1.0


def _phrases(
    words: tuple[str, ...], code: str, weights: dict[str, float], weak: set[str], known: Lexicon
) -> list[Phrase]:
    whole = [stem(word) for word in words]
    split = [part for word in words for part in map(stem, known.split(word) or (word,))]
    forms = [(whole, 1.0)] + ([(split, IN_PARTS)] if split != whole else [])
    found = []
    for stems, discount in forms:
        each = tuple(weights.get(one, RAREST) for one in stems)
        content = sum(one not in weak for one in stems)
        negates = any(word in NEGATORS for word in words)
        found.append(Phrase(code, tuple(stems), each, sum(each) or 1.0, content, negates, discount))
    return found


def _containing(phrases: list[Phrase], weak: set[str]) -> dict[str, tuple[int, ...]]:
    """Index phrases by their telling stems; those without any by all."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        telling = [one for one in phrase.stems if one not in weak] or phrase.stems
        for one in dict.fromkeys(telling):
            found[one].append(number)
    return {one: tuple(numbers) for one, numbers in found.items()}


# --- kept in memory ------------------------------------------------------------------------------


def _question_rows() -> list[tuple[str, str]]:
    words = SearchWord.objects.filter(help_question__isnull=False).order_by("id")
    rows = list(words.values_list("key", "help_question"))
    read_here = HelpQuestion.objects.exclude(pk__in=literal_codes())
    for code, label in read_here.values_list("code", "label"):
        rows += [(normalise(label), code), (normalise(code), code)]
    return rows


def _signs() -> list[tuple[str, str]]:
    """Return what is seen and said where a question plays, for the questions that there are.

    Signs are short; example lines are whole, as a referrer, a parent or a child may say them.
    """
    codes = set(HelpQuestion.objects.values_list("code", flat=True))
    rows = [*vocabulary_rows("signs"), *vocabulary_rows("example_lines")]
    return [(normalise(row["text"]), row["code"]) for row in rows if row["code"] in codes]


def _group_rows() -> list[tuple[str, str]]:
    words = SearchWord.objects.filter(target_group__isnull=False).order_by("id")
    rows = list(words.values_list("key", "target_group"))
    for code, label in TargetGroup.objects.values_list("code", "label"):
        rows += [(normalise(label), code), (normalise(code), code)]
    return rows


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """What words say about the question, about whom it is for, and which questions alarm."""

    questions: Vocabulary
    likeness: Likeness
    groups: Vocabulary
    signals: dict[str, str]
    ages_from: dict[str, int]
    ages_to: dict[str, int]

    def beyond(self, age: int | None, years: int) -> frozenset[str]:
        """Return the questions that begin more than so many years after this age."""
        if age is None:
            return frozenset()
        return frozenset(code for code, lowest in self.ages_from.items() if lowest > age + years)

    def outgrown(self, age: int | None, years: int) -> frozenset[str]:
        """Return the questions that end more than so many years before this age."""
        if age is None:
            return frozenset()
        return frozenset(code for code, highest in self.ages_to.items() if highest < age - years)


def question_texts() -> list[tuple[str, str]]:
    """Return all phrases, signs and example lines with the question each is about."""
    return [*_question_rows(), *_signs()]


def _build() -> Vocabularies:
    known = lexicon()
    signals = HelpQuestion.objects.exclude(signal="").values_list("code", "signal")
    ages = list(HelpQuestion.objects.values_list("code", "age_min", "age_max"))
    rows = _question_rows()
    return Vocabularies(
        questions=build_vocabulary(rows, known),
        likeness=build_likeness([*rows, *_signs()]),
        groups=build_vocabulary(_group_rows(), known),
        signals=dict(signals),
        ages_from={code: lowest for code, lowest, _ in ages if lowest is not None},
        ages_to={code: highest for code, _, highest in ages if highest is not None},
    )


vocabularies = depends_on_vocabulary(
    Cached(
        "vocabularies",
        seconds=VOCABULARY_SECONDS,
        fingerprint=vocabulary_fingerprint,
        build=_build,
    )
)
