"""Counting many things in one statement: all that a page says besides its results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from providers.index.sql import NAMED, fetch_all
from search.finding.conditions import Conditions

# By the name of what was asked, each value with its number.
Found = dict[str, list[tuple[str, int]]]


class Named(Protocol):
    """What SQL was written for, with the values that it names."""

    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Count:
    """What the ranking counts besides: how many rows of `source` have each value, as text.

    `offer` is the column of `source` that must be a hit; empty when none has to be.
    """

    name: str
    value: str
    source: str
    offer: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def select(self, hits: str, *empty: str, find_each: bool = True) -> str:
        """Return the SELECT that counts, with the numbers of the hits as a subquery.

        Not to `find_each` goes through the whole source, which SQLite does only when a plus hides
        that the column has an index.
        """
        offer = self.offer if find_each else f"+{self.offer}"
        of_hits = f" AND {offer} IN ({hits})" if self.offer else ""
        columns = ", ".join((f"'{self.name}'", "COUNT(*)", self.value, *empty))
        return f"SELECT {columns} FROM {self.source}{of_hits} GROUP BY 3"  # noqa: S608


class Tally:
    """What there is to count beside one search; asked of the database all at once."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self._values = dict(conditions.values)
        self._steps: list[str] = []
        self._parts: list[str] = []
        self._others = 0

    def add(self, select: str, *, step: str = "") -> None:
        """Add a SELECT of a name, a value as text and a number, and a step it may read from."""
        self._parts.append(select)
        self._steps += [step] if step else []

    def count(self, name: str, value: str, where: str) -> None:
        """Count the rows of the index per value."""
        self.add(
            f"SELECT '{name}', {value}, COUNT(*) FROM providers_offerindex i"  # noqa: S608
            f" WHERE {where} GROUP BY 2"
        )

    def put(self, **values: object) -> None:
        """Hand over values that what is added names."""
        self._values |= values

    def of(self, other: Named, sql: str) -> str:
        """Return SQL whose values go by the same names as those of this search, under others.

        Another search may ask for no other words than this one.
        """
        self._others += 1
        mark = f"s{self._others}_"
        self._values |= {f"{mark}{name}": value for name, value in other.values.items()}
        return NAMED.sub(rf"%({mark}\1)s", sql)

    def run(self) -> Found:
        """Return what was found, by name; no statement where nothing is to be counted."""
        found: Found = {}
        for name, value, number in self._rows():
            found.setdefault(name, []).append((value, number))
        return found

    def _rows(self) -> Iterator[tuple[str, str, int]]:
        if self._parts:
            begin = self.conditions.beginning(*self._steps)
            yield from fetch_all(f"{begin} {' UNION ALL '.join(self._parts)}", self._values)
