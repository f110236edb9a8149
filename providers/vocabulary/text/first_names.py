"""First names in a question point at somebody: they are no words to search by.

A name that is an ordinary word as well (roos, storm) is one to search by only where the catalogue
has that very word, it is typed without a capital, and the line is about nobody: no age, no girl or
boy. Any name may be searched for beside another word of the same provider or offer (Tess, Huis).
"""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Max

from providers.models import Offer, Provider
from providers.vocabulary.text.lexicon import CATALOGUE_SECONDS, function_words, lines_of
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.words import normalise

Names = dict[str, list[frozenset[str]]]


def first_names() -> frozenset[str]:
    """Return first names in use in the Netherlands, of four letters and more, normalised."""
    return lines_of("first_names.txt")


def names_that_are_words() -> frozenset[str]:
    """Return the first names that are ordinary words too."""
    return lines_of("names_that_are_words.txt")


def is_called_after(name: str, others: Collection[str]) -> bool:
    """Whether a provider or offer bears this first name together with one of the other words."""
    return any(words & set(others) - {name} for words in _bearers.get().get(name, ()))


def _build() -> Names:
    found: Names = defaultdict(list)
    names = [*Provider.objects.visible().values_list("name", flat=True)]
    names += Offer.objects.visible().values_list("title", flat=True)
    for text in names:
        words = frozenset(normalise(text).split()) - function_words()
        for name in words & first_names():
            found[name].append(words)
    return dict(found)


def _fingerprint() -> tuple[object, ...]:
    marks: list[object] = []
    for model in (Provider, Offer):
        marks += model._default_manager.aggregate(n=Count("pk"), at=Max("updated_at")).values()
    return tuple(marks)


_bearers = Cached("first-names", seconds=CATALOGUE_SECONDS, fingerprint=_fingerprint, build=_build)
