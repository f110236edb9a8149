"""What was understood of a question, each part of it removable."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import UPSTREAM_LEVELS, AccessRoute, CarePhase, OfferFormat
from providers.filters.offers import OfferFilterSet
from providers.vocabulary.choices import level_label


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood, with the address of the page without it."""

    label: str
    without: str
    name: str


class Address(Protocol):
    """Gives the address of a search without one value, or without all of that name."""

    def __call__(self, *, without: tuple[str, str | None]) -> str:
        """Return the address."""


def chips_of(filterset: OfferFilterSet, address: Address) -> list[Chip]:
    """Return what was understood, in the order in which it is shown."""
    return [
        Chip(label, address(without=(name, value)), name)
        for name, value, label in _understood(filterset)
    ]


Understood = Iterator[tuple[str, str | None, str]]
# Filters of which each value is a chip: the value as it stands in the address, and its words.
EACH: dict[str, Callable[[Any], tuple[str, str]]] = {
    "hulpvraag": lambda row: (row.pk, row.label),
    "ook": lambda row: (row.pk, _("Ook: %(question)s") % {"question": row.label}),
    "naam": lambda name: (name.code, name.label),
    "woord": lambda word: (word, f"“{word}”"),
    "doelgroep": lambda row: (row.pk, row.label),
    "vorm": lambda code: (code, str(OfferFormat(code).label)),
    "toegang": lambda code: (code, str(AccessRoute(code).label)),
    "fase": lambda code: (code, str(CarePhase(code).label)),
    "taal": lambda row: (row.pk, _("In het %(language)s") % {"language": row.label}),
}
# Filters with one value.
ONE: dict[str, Callable[[Any], str]] = {
    "leeftijd": lambda ages: ages.words,
    "plaats": lambda place: place.label,
    "gemeente": lambda row: row.name,
    "start": lambda n: (
        ngettext("Start binnen %(n)s week", "Start binnen %(n)s weken", n) % {"n": n}
    ),
    "wachttijd": lambda n: (
        ngettext("Wachttijd tot %(n)s week", "Wachttijd tot %(n)s weken", n) % {"n": n}
    ),
}
IN_ORDER = (
    *("naam", "hulpvraag", "ook", "woord", "doelgroep", "leeftijd", "plaats", "gemeente"),
    *("vorm", "trede", "toegang", "fase", "taal", "start", "wachttijd"),
)


def _understood(filterset: OfferFilterSet) -> Understood:
    asked = filterset.asked
    for name in filter(asked.__contains__, IN_ORDER):
        if name in ONE:
            yield name, None, ONE[name](asked[name])
        elif name in EACH:
            yield from ((name, *EACH[name](value)) for value in asked[name])
        else:
            yield from _levels(asked[name])


def _levels(chosen: list[int]) -> Understood:
    """Name each step; all light ones together are one wish."""
    if set(chosen) == set(UPSTREAM_LEVELS):
        yield "trede", None, _("Lichte hulp")
        return
    for level in chosen:
        yield "trede", str(level), level_label(level)
