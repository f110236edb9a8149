"""What the question field suggests while one types: help questions, providers and offers.

What is typed is compared in memory: it may hold a name, and statements can end up in a log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from providers.models import HelpQuestion, SearchWord
from providers.vocabulary.choices import choices
from providers.vocabulary.names import OFFER, PROVIDER, Name, names
from providers.vocabulary.region_words import words_of_regions
from providers.vocabulary.text.lexicon import VOCABULARY_SECONDS, vocabulary_fingerprint
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.text.watch import depends_on_vocabulary
from providers.vocabulary.words import normalise
from search.asking.understanding.facts.places import places

MIN_LETTERS = 2
# Behind other words, two letters are too few: "is", "de", "in".
MIN_LETTERS_BEHIND = 3
MOST_WORDS = 4
QUESTIONS = 6
PROVIDERS = 3
OFFERS = 3
# So many of the letters of a title: in a few, a help question is meant.
MIN_LETTERS_OF_OFFER = 5
WORD_FIELDS = ("key", "text", "help_question")
LAST_PIECE = re.compile(r"[^,;.!?\n]*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list: a help question with its code, or a provider or offer with its page."""

    label: str
    note: str
    code: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The lines, and what of the text stays in the field when a help question is chosen."""

    keep: str = ""
    options: list[Suggestion] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        options = [
            {"label": one.label, "note": one.note, "code": one.code, "url": one.url}
            for one in self.options
        ]
        return {"keep": self.keep, "options": options}


def suggestions(text: str) -> Suggestions:
    """Return suggestions for the last words of a text, the most words that mean something."""
    endings = list(_endings(text))
    if not endings:
        return Suggestions()
    keys = [key for key, _keep in endings]
    found = _questions(keys)
    named = _named(keys[0])
    for key, keep in endings:
        if found[key]:
            return Suggestions(keep, found[key] + named)
    return Suggestions("", named)


def _endings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the last words of the text, most words first, each with what stands before them."""
    piece = LAST_PIECE.search(text)
    before = text[: piece.start()] if piece else ""
    words = piece.group().split() if piece else []
    for start in range(max(0, len(words) - MOST_WORDS), len(words)):
        key = normalise(" ".join(words[start:]))
        if len(key) >= (MIN_LETTERS_BEHIND if start else MIN_LETTERS):
            yield key, f"{before}{' ' if before else ''}{' '.join(words[:start])}".strip(" ,;")


def _questions(keys: list[str]) -> dict[str, list[Suggestion]]:
    """Return for each ending the help questions with a label or search word like it.

    With the words of the region that this site is for: the place is not known yet.
    """
    words, questions = [*_search_words.get(), *_own_words()], choices(HelpQuestion)
    return {key: _best(key, words, questions) for key in keys}


def _best(
    key: str, words: list[tuple[str, str, str]], questions: dict[str, HelpQuestion]
) -> list[Suggestion]:
    """Return the best few: the label begins so, has such a word, or a search word does."""
    ranked: dict[str, tuple[int, int, str]] = {}
    labels = [(_padded(one.label), "", code) for code, one in questions.items()]
    start = f" {key}"
    for place, rows in ((0, labels), (2, words)):
        for word, note, code in rows:
            if start not in word:
                continue
            rank = (place + (not word.startswith(start)), len(word), note)
            ranked[code] = min(rank, ranked.get(code, rank))
    order = sorted(ranked, key=lambda code: (ranked[code][:2], questions[code].position))
    return [
        Suggestion(questions[code].label, ranked[code][2] or _("hulpvraag"), code=code)
        for code in order[:QUESTIONS]
    ]


def _own_words() -> list[tuple[str, str, str]]:
    own = words_of_regions().get(settings.REGION_CODE, ())
    return [(f" {word.key}", word.text, word.code) for word in own]


def _padded(text: str) -> str:
    """Return a text as it is compared: a space before it, as before each word in it."""
    return f" {normalise(text)}"


def _named(key: str) -> list[Suggestion]:
    """Return the providers, then the offers, of which the name has words that begin like this.

    A town behind a name says where it is: De Waterlijn Leiden.
    """
    found = _with_name(key)
    return found or _with_name(_without_town(key))


def _with_name(key: str) -> list[Suggestion]:
    if len(key) < MIN_LETTERS:
        return []
    most_offers = OFFERS if len(key) >= MIN_LETTERS_OF_OFFER else 0
    providers = islice(names().beginning(key, PROVIDER), PROVIDERS)
    offers = islice(names().beginning(key, OFFER), most_offers)
    return [_suggested(one) for one in (*providers, *offers)]


def _suggested(name: Name) -> Suggestion:
    return Suggestion(name.label, _("aanbieder") if name.is_provider else _("aanbod"), url=name.url)


def _without_town(key: str) -> str:
    words, towns = key.split(), places().gazetteer.names
    for at in range(1, len(words)):
        if " ".join(words[at:]) in towns:
            return " ".join(words[:at])
    return ""


# --- kept in memory ------------------------------------------------------------------------------


def _word_rows() -> list[tuple[str, str, str]]:
    rows = SearchWord.objects.filter(help_question__isnull=False).order_by()
    return [(f" {key}", text, code) for key, text, code in rows.values_list(*WORD_FIELDS)]


_search_words = depends_on_vocabulary(
    Cached(
        "suggest.words",
        seconds=VOCABULARY_SECONDS,
        fingerprint=vocabulary_fingerprint,
        build=_word_rows,
    )
)
