"""What the question field suggests while one types: help questions and providers.

What is typed is compared in memory: it may hold a name, and statements can end up in a log.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from providers.choices import choices
from providers.models import HelpQuestion, Offer, Provider, SearchWord
from providers.text.kept import Kept
from providers.text.lexicon import VOCABULARY_SECONDS, vocabulary_fingerprint
from providers.text.watch import depends_on_vocabulary
from providers.words import normalise

MIN_LETTERS = 2
# Behind other words, two letters are too few: "is", "de", "in".
MIN_LETTERS_BEHIND = 3
MOST_WORDS = 4
QUESTIONS = 6
PROVIDERS = 3
WORD_FIELDS = ("key", "text", "help_question")
LAST_PIECE = re.compile(r"[^,;.!?\n]*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list: a help question (with its code) or a provider (with its page)."""

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
    providers = _providers(keys[0])
    for key, keep in endings:
        if found[key]:
            return Suggestions(keep, found[key] + providers)
    return Suggestions("", providers)


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
    """Return for each ending the help questions with a label or search word like it."""
    words, questions = _search_words.get(), choices(HelpQuestion)
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


def _padded(text: str) -> str:
    """Return a text as it is compared: a space before it, as before each word in it."""
    return f" {normalise(text)}"


def _providers(key: str) -> list[Suggestion]:
    """Return the providers of which a word of the name begins like this."""
    named = (shown for name, shown in _provider_names.get() if f" {key}" in name)
    return list(islice(named, PROVIDERS))


# --- kept in memory ------------------------------------------------------------------------------


def _word_rows() -> list[tuple[str, str, str]]:
    rows = SearchWord.objects.filter(help_question__isnull=False).order_by()
    return [(f" {key}", text, code) for key, text, code in rows.values_list(*WORD_FIELDS)]


def _provider_rows() -> list[tuple[str, Suggestion]]:
    return [
        (_padded(one.name), Suggestion(one.name, _("aanbieder"), url=one.get_absolute_url()))
        for one in Provider.objects.visible().order_by("name", "pk")
    ]


def _provider_mark() -> tuple[Any, ...]:
    providers = Provider.objects.aggregate(rows=Count("pk"), last=Max("updated_at"))
    offers = Offer.objects.visible().aggregate(rows=Count("pk"), last=Max("updated_at"))
    return (*providers.values(), *offers.values())


_search_words = depends_on_vocabulary(
    Kept(
        "suggest.words",
        seconds=VOCABULARY_SECONDS,
        fingerprint=vocabulary_fingerprint,
        build=_word_rows,
    )
)
_provider_names = Kept(
    "suggest.providers",
    seconds=VOCABULARY_SECONDS,
    fingerprint=_provider_mark,
    build=_provider_rows,
)
