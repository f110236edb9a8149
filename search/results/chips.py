"""What was understood of a question, each part of it removable."""

from dataclasses import dataclass
from typing import Protocol

from providers.filters.registry import FILTERS
from providers.filters.search import Search


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


def chips_of(search: Search, address: Address) -> list[Chip]:
    """Return what was understood, in the order in which it is shown."""
    return [
        Chip(label, address(without=(one.param, value)), one.param)
        for one in FILTERS
        if one.param in search.criteria
        for value, label in one.chips(search.criteria[one.param])
    ]
