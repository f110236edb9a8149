"""The names of providers and offers, cached in memory: who types one wants that one first."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Max

from providers.models import Offer, Provider
from providers.models.base import in_parts
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.words import normalise

SECONDS = 60
PROVIDER, OFFER = "aanbieder", "aanbod"
# What is added to a name and nobody types: "(demo)", "(in oprichting)".
ADDED = re.compile(r"\s*\([^)]*\)\s*$")
# Before this a title is the name, and behind it what it is: "Driftkikkers: omgaan met boosheid".
HEAD_ENDS = re.compile(r"[:?!]")
# A number has fewer: more are no code of ours, and take long to read.
MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the code it goes by: of a provider with its offers, or of one offer.

    `text` is the name as it was written.
    """

    code: str
    text: str
    words: tuple[str, ...]
    head: tuple[str, ...]
    of_provider: tuple[int, ...] = ()

    @property
    def is_provider(self) -> bool:
        """Whether this is the name of a provider."""
        return self.code.startswith(PROVIDER)

    @property
    def label(self) -> str:
        """Return the name as people say it."""
        return ADDED.sub("", self.text)

    @property
    def offers(self) -> tuple[int, ...]:
        """Return the numbers of the offers that it stands for."""
        return self.of_provider if self.is_provider else (self._number,)

    @property
    def url(self) -> str:
        """Return the address of its page."""
        if self.is_provider:
            return Provider(pk=self._number, name=self.text).get_absolute_url()
        return Offer(pk=self._number, title=self.text).get_absolute_url()

    @property
    def _number(self) -> int:
        return int(self.code.rpartition("-")[2])


class Written(NamedTuple):
    """A name as it was written, its words, and those of its head."""

    text: str
    words: tuple[str, ...]
    head: tuple[str, ...]


class ByCode(Mapping[str, Name]):
    """Every visible name by its code: those of offers in their order, then those of providers.

    There are as many as there are offers, so that all that is held of each is a number, and what
    equal names share. A name itself is made when somebody asks for it.
    """

    def __init__(self) -> None:
        self._numbers = array("q")
        self._written: list[Written] = []
        self._of_providers: dict[int, array[int]] = {}
        self._offers = 0
        self._sorted: dict[str, array[int]] = {}

    def add_offer(self, number: int, written: Written) -> None:
        """Add the name of an offer; all of them come before those of providers."""
        self._add(number, written)
        self._offers += 1

    def add_provider(self, number: int, written: Written, offers: array[int]) -> None:
        """Add the name of a provider with the numbers of its offers."""
        self._of_providers[number] = offers
        self._add(number, written)

    def _add(self, number: int, written: Written) -> None:
        self._numbers.append(number)
        self._written.append(written)

    def close(self) -> None:
        """Make them be found by their codes: nothing is added from here on."""
        for kind in (OFFER, PROVIDER):
            in_order = sorted(self.places(kind), key=self._numbers.__getitem__)
            self._sorted[kind] = array("I", in_order)

    def places(self, kind: str) -> range:
        """Return the places of the names of this kind."""
        return range(self._offers) if kind == OFFER else range(self._offers, len(self))

    def words_at(self, place: int) -> tuple[str, ...]:
        """Return the words of the name at this place."""
        return self._written[place].words

    def at(self, place: int) -> Name:
        """Return the name at this place."""
        number = self._numbers[place]
        if place < self._offers:
            return Name(f"{OFFER}-{number}", *self._written[place])
        offers = tuple(self._of_providers[number])
        return Name(f"{PROVIDER}-{number}", *self._written[place], offers)

    def __getitem__(self, code: str) -> Name:
        kind, _dash, number = code.rpartition("-")
        places = self._sorted.get(kind, array("I"))
        if number.isdecimal() and len(number) < MOST_DIGITS:
            at = bisect_left(places, int(number), key=self._numbers.__getitem__)
            found = self.at(places[at]) if at < len(places) else None
            # Not 007 for 7.
            if found and found.code == code:
                return found
        raise KeyError(code)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return (self.at(place).code for place in range(len(self)))


@dataclass(frozen=True, slots=True)
class Names:
    """Every visible name by its code, and the places of the names that a word occurs in."""

    by_code: ByCode
    by_word: dict[str, array[int]]

    def with_word(self, word: str) -> list[Name]:
        """Return the names in which this normalised word occurs."""
        return [self.by_code.at(place) for place in self.by_word.get(word, ())]

    def beginning(self, key: str, kind: str) -> Iterator[Name]:
        """Yield the names of a kind in which words in a row begin like this normalised text."""
        first, *more = key.split(" ")
        same = [first] if more else [word for word in self.by_word if word.startswith(first)]
        places = {place for word in same for place in self.by_word.get(word, ())}
        of_kind = self.by_code.places(kind)
        for place in sorted(place for place in places if place in of_kind):
            if f" {key}" in f" {' '.join(self.by_code.words_at(place))}":
                yield self.by_code.at(place)


def names() -> Names:
    """Return the names of everything that everybody may see."""
    return _names.get()


class _Read:
    """Words of names, each of them in memory once, and those of equal names."""

    def __init__(self) -> None:
        self._of: dict[str, Written] = {}

    def written(self, text: str) -> Written:
        """Return the name that is written like this."""
        if text not in self._of:
            label = ADDED.sub("", text)
            words = _words(label)
            first = _words(HEAD_ENDS.split(label)[0])
            self._of[text] = Written(text, words, words if first == words else first)
        return self._of[text]


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(sys.intern, normalise(text).split()))


def _build() -> Names:
    by_code = _by_code()
    by_word: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for place in range(len(by_code)):
        for word in dict.fromkeys(by_code.words_at(place)):
            by_word[word].append(place)
    return Names(by_code, dict(by_word))


def _by_code() -> ByCode:
    found, read = ByCode(), _Read()
    by_provider: dict[int, array[int]] = defaultdict(lambda: array("q"))
    # As values and in parts: of as many offers as the country has, rows of their own take more
    # memory than the names do.
    offers = Offer.objects.visible().order_by("title", "pk")
    for pk, title, provider in in_parts(offers.values_list("pk", "title", "provider")):
        by_provider[provider].append(pk)
        if (written := read.written(title)).words:
            found.add_offer(pk, written)
    for pk, name in Provider.objects.visible().order_by("name", "pk").values_list("pk", "name"):
        if pk in by_provider and (written := read.written(name)).words:
            found.add_provider(pk, written, by_provider[pk])
    found.close()
    return found


def _mark() -> tuple[Any, ...]:
    providers = Provider.objects.aggregate(rows=Count("pk"), last=Max("updated_at"))
    offers = Offer.objects.visible().aggregate(rows=Count("pk"), last=Max("updated_at"))
    return (*providers.values(), *offers.values())


_names = Cached("names", seconds=SECONDS, fingerprint=_mark, build=_build)
