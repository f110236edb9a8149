"""What was understood of a question, each part of it removable."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from providers.choices import level_label
from providers.enums import UPSTREAM_LEVELS, OfferFormat
from providers.filters import OfferFilterSet


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


def _understood(filterset: OfferFilterSet) -> Iterator[tuple[str, str | None, str]]:
    asked = filterset.asked
    for question in asked.get("hulpvraag", []):
        yield "hulpvraag", question.pk, question.label
    for word in asked.get("woord", []):
        yield "woord", word, f"“{word}”"
    if "leeftijd" in asked:
        yield "leeftijd", None, asked["leeftijd"].words
    if filterset.place:
        yield "plaats", None, filterset.place.label
    if "gemeente" in asked:
        yield "gemeente", None, asked["gemeente"].name
    for form in asked.get("vorm", []):
        yield "vorm", form, str(OfferFormat(form).label)
    yield from _levels(asked.get("trede", []))


def _levels(chosen: list[int]) -> Iterator[tuple[str, str | None, str]]:
    """Name each step; all light ones together are one wish."""
    if set(chosen) == set(UPSTREAM_LEVELS):
        yield "trede", None, _("Lichte hulp")
        return
    for level in chosen:
        yield "trede", str(level), level_label(level)
