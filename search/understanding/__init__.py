"""From one line of text to codes: what is asked, for what age, around which place.

The text itself goes no further than this module: what comes out are codes of the vocabulary
and words that occur in the catalogue.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from providers.models import HelpQuestion, Offer, PostalArea, SearchWord, Town
from providers.models.offer import MAX_AGE
from providers.places import place_of_town
from providers.words import normalise, stop_words

VOCABULARY_SECONDS = 60
LONGEST_PHRASE = 6
MAX_QUESTIONS = 5
MIN_WORD = 4
AGE = re.compile(
    r"\b(\d{1,2})\s*(?:jaar|jarige?|jr)\b|\b(?:van|meisje|jongen|kind|zoon|dochter)\s+(\d{1,2})\b"
)
BARE_AGE = re.compile(r"\b(\d{1,2})\b")
POSTCODE = re.compile(r"\b([1-9]\d{3})(?:\s?[a-z]{2})?\b")
PLACE_WORDS = {"in", "uit", "te", "bij"}


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a line of text was understood as; `unused` counts the words that were dropped."""

    questions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    age: int | None = None
    place: str | None = None
    unused: int = 0


def understand(text: str) -> Understanding:
    """Interpret one line of Dutch."""
    line = normalise(text)
    place, line = _take_place(line)
    age, line = _take_age(line)
    questions, rest = _take_questions(line.split())
    loose = [word for word in rest if len(word) >= MIN_WORD and word not in stop_words()]
    words = () if questions else tuple(in_catalogue(loose))
    return Understanding(tuple(questions), words, age, place, len(loose) - len(words))


def _take_age(line: str) -> tuple[int | None, str]:
    for pattern in (AGE, BARE_AGE):
        for found in pattern.finditer(line):
            age = int(next(filter(None, found.groups())))
            if age <= MAX_AGE:
                return age, f"{line[: found.start()]} {line[found.end() :]}"
    return None, line


def _take_place(line: str) -> tuple[str | None, str]:
    for found in POSTCODE.finditer(line):
        if PostalArea.objects.filter(code=found.group(1)).exists():
            return found.group(1), f"{line[: found.start()]} {line[found.end() :]}"
    words = line.split()
    grams = list(_grams(words, longest=3))
    towns = {
        town.key: town
        for town in Town.objects.filter(key__in=[gram for _, _, gram in grams])
        .select_related("municipality")
        .order_by("inhabitants")
    }
    for start, end, gram in grams:
        town = towns.get(gram)
        if town and _is_meant(town, words, start):
            return place_of_town(town).key, " ".join(words[:start] + words[end:])
    return None, line


def _is_meant(town: Town, words: list[str], start: int) -> bool:
    """Many towns are named like ordinary words (Best, Een); only near ones go without 'in'."""
    near = town.municipality.region_id == settings.REGION_CODE
    return near or (start > 0 and words[start - 1] in PLACE_WORDS)


def _grams(words: list[str], *, longest: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, words) from long to short, left to right."""
    for size in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield start, start + size, " ".join(words[start : start + size])


def _take_questions(words: list[str]) -> tuple[list[str], list[str]]:
    """Find help questions, long phrases first; return them and the words left over."""
    vocabulary = _vocabulary()
    used: set[int] = set()
    found: dict[str, int] = {}
    for start, end, gram in _grams(words, longest=LONGEST_PHRASE):
        code = vocabulary.get(gram)
        if code and not used & set(range(start, end)):
            used |= set(range(start, end))
            found[code] = min(start, found.get(code, start))
    codes = sorted(found, key=found.__getitem__)[:MAX_QUESTIONS]
    return codes, [word for index, word in enumerate(words) if index not in used]


def _vocabulary() -> dict[str, str]:
    """Return phrase -> code of a help question, kept for a minute."""
    known: dict[str, str] | None = cache.get("search.vocabulary")
    if known is None:
        rows = SearchWord.objects.filter(help_question__isnull=False).order_by("-id")
        known = dict(rows.values_list("key", "help_question"))
        known |= {normalise(q.label): q.pk for q in HelpQuestion.objects.all()}
        known |= {normalise(q.pk): q.pk for q in HelpQuestion.objects.all()}
        cache.set("search.vocabulary", known, VOCABULARY_SECONDS)
    return known


def in_catalogue(words: Iterable[str]) -> list[str]:
    """Return the words with which some word of the catalogue begins."""
    visible = Offer.objects.visible()
    return [
        word for word in dict.fromkeys(words) if visible.filter(words__body__has_word=word).exists()
    ]
