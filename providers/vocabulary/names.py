"""The names of providers and offers, cached in memory: who types one wants that one first."""

import re
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
    """A name with the code it goes by, its page, and the offers that it stands for."""

    code: str
    label: str
    url: str
    words: tuple[str, ...]
    head: tuple[str, ...]
    offers: tuple[int, ...]

    @property
    def is_provider(self) -> bool:
        """Whether this is the name of a provider."""
        return self.code.startswith(PROVIDER)


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


def _name(code: str, text: str, url: str, offers: Iterable[int]) -> Name:
    label = ADDED.sub("", text)
    head = HEAD_ENDS.split(label)[0]
    words, first = normalise(label).split(), normalise(head).split()
    return Name(code, label, url, tuple(words), tuple(first), tuple(offers))


def _rows() -> Iterator[Name]:
    by_provider: dict[int, list[int]] = defaultdict(list)
    for offer in Offer.objects.visible().only("pk", "title", "provider").order_by("title", "pk"):
        by_provider[offer.provider_id].append(offer.pk)
        yield _name(f"{OFFER}-{offer.pk}", offer.title, offer.get_absolute_url(), [offer.pk])
    for row in Provider.objects.visible().order_by("name", "pk"):
        code = f"{PROVIDER}-{row.pk}"
        yield _name(code, row.name, row.get_absolute_url(), by_provider[row.pk])


def _build() -> Names:
    by_code = {name.code: name for name in _rows() if name.words and name.offers}
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
