"""The words we know: those of the vocabulary, of the catalogue, and ordinary Dutch ones."""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from os.path import commonprefix
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max

from providers.enums import VISIBLE_STATUSES
from providers.index.word_forms import is_marked
from providers.models import HelpQuestion, Offer, OfferWords, SearchWord, TargetGroup
from providers.models.base import in_parts
from providers.reference import vocabulary_rows
from providers.vocabulary.text.compounds import Parts, Splitter, can_be_part
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.stems import stem
from providers.vocabulary.text.watch import depends_on_vocabulary
from providers.vocabulary.words import normalise

VOCABULARY_SECONDS = 60
CATALOGUE_SECONDS = 300
SHORTEST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word we know, by where it comes from; normalised."""

    vocabulary: frozenset[str]
    phrases: frozenset[str]
    catalogue: frozenset[str]
    stems: frozenset[str]
    catalogue_forms: dict[str, str]  # a word of the catalogue by its stem
    by_start: dict[str, tuple[str, ...]]
    splitter: Splitter

    def __contains__(self, word: str) -> bool:
        return (
            word in self.vocabulary
            or word in self.catalogue
            or word in ordinary_words()
            or stem(word) in self.stems
            or stem(word) in ordinary_stems()
            or stem(word) in self.catalogue_forms
        )

    def catalogue_form(self, word: str) -> str | None:
        """Return the word as the catalogue has it, in this form or another; None without one.

        What was typed itself never goes further. The beginning of a word is not enough: a name
        can be the beginning of many words, and no name may reach the address of a page.
        """
        return word if word in self.catalogue else self.catalogue_forms.get(stem(word))

    def alike(self, word: str) -> tuple[str, ...]:
        """Return stems of words of the vocabulary that a word begins like, or shortens.

        For what no rule joins: alcoholist and alcohol, psychiatrisch and psychiater, eetst.
        """
        others = self.by_start.get(word[:SHORTEST_ALIKE], ())
        return tuple(dict.fromkeys(stem(other) for other in others if _is_alike(word, other)))

    def split(self, word: str) -> Parts:
        """Return the parts of a compound; empty when it is none."""
        return () if word in whole_words() else self.splitter.split(word)


def _is_alike(one: str, other: str) -> bool:
    shared = len(commonprefix((one, other)))
    return shared == len(one) or shared >= 0.7 * max(len(one), len(other))


def _by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= SHORTEST_ALIKE:
            found[word[:SHORTEST_ALIKE]].append(word)
    return {start: tuple(words) for start, words in found.items()}


def _forms(words: Iterable[str]) -> dict[str, str]:
    """Return the shortest word of each stem."""
    found: dict[str, str] = {}
    for word in sorted(words, key=lambda one: (len(one), one)):
        found.setdefault(stem(word), word)
    return found


@functools.cache
def lines_of(name: str) -> frozenset[str]:
    """Return the words of ``fixtures/vocabulary/<name>``, one a line."""
    path: Path = settings.FIXTURES_DIR / "vocabulary" / name
    return frozenset(path.read_text(encoding="utf-8").split())


def function_words() -> frozenset[str]:
    """Return the words that carry a sentence but say nothing about what is the matter."""
    return lines_of("function_words.txt")


@functools.cache
def ordinary_words() -> frozenset[str]:
    """Return words that are spelled right, whether or not we have a use for them."""
    examples = [*vocabulary_rows("signs"), *vocabulary_rows("example_lines")]
    words = {word for row in examples for word in normalise(row["text"]).split()}
    return lines_of("ordinary_words.txt") | function_words() | words


def right_words() -> frozenset[str]:
    """Return right Dutch words that look like a typing error in a word of ours."""
    return lines_of("right_words.txt")


@functools.cache
def ordinary_stems() -> frozenset[str]:
    """Return their stems, so that their other forms are right as well."""
    return frozenset(map(stem, ordinary_words()))


@functools.cache
def whole_words() -> frozenset[str]:
    """Return words that look like a compound and are none."""
    rows = vocabulary_rows("compound_words")
    return frozenset(row["word"] for row in rows if row["role"] == "whole")


@functools.cache
def _extra_parts() -> frozenset[str]:
    rows = vocabulary_rows("compound_words")
    return frozenset(row["word"] for row in rows if row["role"] in {"part", "empty"})


@functools.cache
def empty_parts() -> frozenset[str]:
    """Return parts of compounds that say nothing: angst is in "angstproblematiek" what is said."""
    rows = vocabulary_rows("compound_words")
    return frozenset(row["word"] for row in rows if row["role"] == "empty")


def parts_for(words: Iterable[str]) -> frozenset[str]:
    """Return the words, and their stems, that compounds may be made of."""
    content = {word for word in words if can_be_part(word)} - function_words()
    return frozenset(content | {stem(word) for word in content} | _extra_parts())


# --- cached in memory ----------------------------------------------------------------------------


def _vocabulary_rows() -> tuple[tuple[str, ...], ...]:
    words = SearchWord.objects.order_by("id").values_list("key", "help_question", "target_group")
    questions = HelpQuestion.objects.values_list("code", "label", "signal")
    groups = TargetGroup.objects.values_list("code", "label")
    return (*words, *questions, *groups)


def vocabulary_fingerprint() -> str:
    """Return a mark that changes with any word, label or signal; the same in every process."""
    return hashlib.blake2b(repr(_vocabulary_rows()).encode(), digest_size=12).hexdigest()


def _vocabulary_texts() -> frozenset[str]:
    texts = list(SearchWord.objects.values_list("key", flat=True))
    for model in (HelpQuestion, TargetGroup):
        for code, label in model._default_manager.values_list("code", "label"):
            texts += [normalise(code), normalise(label)]
    return frozenset(texts)


def _catalogue_fingerprint() -> tuple[object, ...]:
    last = Offer.objects.aggregate(changed=Max("updated_at"), newest=Max("pk"))
    rows = OfferWords.objects.aggregate(rows=Count("pk"))
    return (last["changed"], last["newest"], rows["rows"])


def _catalogue_words() -> frozenset[str]:
    found: set[str] = set()
    rows = OfferWords.objects.filter(offer__status__in=VISIBLE_STATUSES)
    for texts in in_parts(rows.values_list("title", "topic", "body")):
        found.update(word for word in " ".join(texts).split() if not is_marked(word))
    return frozenset(found)


vocabulary_texts = depends_on_vocabulary(
    Cached(
        "vocabulary-words",
        seconds=VOCABULARY_SECONDS,
        fingerprint=vocabulary_fingerprint,
        build=_vocabulary_texts,
    )
)
catalogue_words = Cached(
    "catalogue-words",
    seconds=CATALOGUE_SECONDS,
    fingerprint=_catalogue_fingerprint,
    build=_catalogue_words,
)


@functools.lru_cache(maxsize=2)
def lexicon_of(texts: frozenset[str], catalogue: frozenset[str]) -> Lexicon:
    """Return the lexicon of a vocabulary (texts) and a catalogue (words), both normalised."""
    vocabulary = frozenset(word for text in texts for word in text.split())
    return Lexicon(
        vocabulary=vocabulary,
        phrases=frozenset(text for text in texts if " " not in text),
        catalogue=catalogue,
        stems=frozenset(map(stem, vocabulary)),
        catalogue_forms=_forms(catalogue),
        by_start=_by_start(vocabulary),
        splitter=Splitter(parts_for(vocabulary | catalogue)),
    )


@functools.cache
def lexicon_of_release() -> Lexicon:
    """Return the words of the vocabulary that comes with the program, whatever the database says.

    For the search index: what it says of a text may not change with what else is there.
    """
    columns = {"search_words": "text", "help_questions": "label", "target_groups": "label"}
    texts = (row[column] for name, column in columns.items() for row in vocabulary_rows(name))
    return lexicon_of(frozenset(map(normalise, texts)), frozenset())


def lexicon() -> Lexicon:
    """Return the words we know now."""
    return lexicon_of(vocabulary_texts.get(), catalogue_words.get())
