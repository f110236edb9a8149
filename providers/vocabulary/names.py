"""The names of providers and offers, cached in memory: who types one wants that one first."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from providers.models import Offer, Provider
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.words import normalise

SECONDS = 60
PROVIDER, OFFER = "aanbieder", "aanbod"
# What is added to a name and nobody types: "(demo)", "(in oprichting)".
ADDED = re.compile(r"\s*\([^)]*\)\s*$")
# Before this a title is the name, and behind it what it is: "Driftkikkers: omgaan met boosheid".
HEAD_ENDS = re.compile(r"[:?!]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the code it goes by: of a provider with its offers, or of one offer.

    There are as many in memory as there are offers, so that what follows from the others is not:
    `text` is the name as it was written, `words` and `head` are shared by equal names.
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


@dataclass(frozen=True, slots=True)
class Names:
    """Every visible name by its code, and the codes of the names that a word occurs in."""

    by_code: dict[str, Name]
    by_word: dict[str, tuple[str, ...]]

    def with_word(self, word: str) -> list[Name]:
        """Return the names in which this normalised word occurs."""
        return [self.by_code[code] for code in self.by_word.get(word, ())]


def names() -> Names:
    """Return the names of everything that everybody may see."""
    return _names.get()


class _Read:
    """Words of names, each of them in memory once, and those of equal names."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}

    def name(self, code: str, text: str, offers: Iterable[int] = ()) -> Name:
        """Return the name that is written like this."""
        if text not in self._of:
            label = ADDED.sub("", text)
            words = _words(label)
            first = _words(HEAD_ENDS.split(label)[0])
            self._of[text] = text, words, words if first == words else first
        return Name(code, *self._of[text], tuple(offers))


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(sys.intern, normalise(text).split()))


def _rows() -> Iterator[Name]:
    read, by_provider = _Read(), defaultdict[int, list[int]](list)
    # As values and in parts: of as many offers as the country has, rows of their own take more
    # memory than the names do.
    offers = Offer.objects.visible().order_by("title", "pk")
    for pk, title, provider in offers.values_list("pk", "title", "provider").iterator():
        by_provider[provider].append(pk)
        yield read.name(f"{OFFER}-{pk}", title)
    for pk, name in Provider.objects.visible().order_by("name", "pk").values_list("pk", "name"):
        if by_provider[pk]:
            yield read.name(f"{PROVIDER}-{pk}", name, by_provider[pk])


def _build() -> Names:
    by_code = {name.code: name for name in _rows() if name.words}
    by_word: dict[str, list[str]] = defaultdict(list)
    for code, name in by_code.items():
        for word in dict.fromkeys(name.words):
            by_word[word].append(code)
    return Names(by_code, {word: tuple(codes) for word, codes in by_word.items()})


def _mark() -> tuple[Any, ...]:
    providers = Provider.objects.aggregate(rows=Count("pk"), last=Max("updated_at"))
    offers = Offer.objects.visible().aggregate(rows=Count("pk"), last=Max("updated_at"))
    return (*providers.values(), *offers.values())


_names = Cached("names", seconds=SECONDS, fingerprint=_mark, build=_build)
