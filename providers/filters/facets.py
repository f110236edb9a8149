"""How the results are counted per value of a filter: what is read of a row, and what it means."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from providers.enums import Ternary
from providers.filters.search import Search
from providers.index.codes import split_codes
from providers.index.sql import CURRENT_AREA

# The value of what is not known.
UNKNOWN = "onbekend"
Counts = dict[str, Counter[str]]


class Facet(Protocol):
    """One filter as it is counted."""

    @property
    def bits(self) -> int:
        """How many bits the column takes; 0 when it is no number that can share a column."""

    def column(self, row: str, search: Search) -> str:
        """Return the SQL that reads a row of the index."""

    def codes(self, found: Any) -> Collection[str]:
        """Return the values that this means, also when it was read as text; none for unknown."""


def flag_bits(row: str, columns: Collection[str]) -> str:
    """Return which of these columns are true, in bits."""
    each = (f'CASE WHEN {row}."{c}" THEN {1 << n} ELSE 0 END' for n, c in enumerate(columns))
    return f"({' + '.join(each)})"


def _chosen(values: Collection[Any], bits: int) -> list[str]:
    return [str(value) for place, value in enumerate(values) if bits >> place & 1]


@dataclass(frozen=True)
class Flags:
    """A column per value, of which more may be true."""

    columns: Mapping[Any, str]

    @property
    def bits(self) -> int:
        return len(self.columns)

    def column(self, row: str, search: Search) -> str:
        return flag_bits(row, self.columns.values())

    def codes(self, found: Any) -> list[str]:
        return _chosen(self.columns, int(found))


@dataclass(frozen=True)
class Number:
    """A small number that is always known."""

    name: str
    bits: int

    def column(self, row: str, search: Search) -> str:
        return f'{row}."{self.name}"'

    def codes(self, found: Any) -> list[str]:
        return [str(found)]


@dataclass(frozen=True)
class YesOrNo:
    """A column that is true, false or null for not known."""

    name: str
    bits = 2

    def column(self, row: str, search: Search) -> str:
        return f"(CASE WHEN {row}.{self.name} THEN 1 WHEN NOT {row}.{self.name} THEN 2 ELSE 0 END)"

    def codes(self, found: Any) -> list[str]:
        return _chosen((Ternary.YES.value, Ternary.NO.value), int(found))


@dataclass(frozen=True)
class MayBe:
    """A column per value that is true, false or null: a value counts unless it is known not to."""

    columns: Mapping[Any, str]

    @property
    def bits(self) -> int:
        return len(self.columns)

    def column(self, row: str, search: Search) -> str:
        each = (
            f"CASE WHEN {row}.{name} IS NULL OR {row}.{name} THEN {1 << n} ELSE 0 END"
            for n, name in enumerate(self.columns.values())
        )
        return f"({' + '.join(each)})"

    def codes(self, found: Any) -> list[str]:
        return _chosen(self.columns, int(found)) or [Ternary.NO.value]


@dataclass(frozen=True)
class Codes:
    """A column with the codes of a vocabulary between bars."""

    name: str
    bits = 0

    def column(self, row: str, search: Search) -> str:
        return f"{row}.{self.name}"

    def codes(self, found: str | None) -> list[str]:
        return split_codes(found)


@dataclass(frozen=True)
class Routes:
    """The ways in, in the municipality asked for; without one there are none to count."""

    columns: Mapping[Any, str]
    bits = 0

    def column(self, row: str, search: Search) -> str:
        if search.municipality is None:
            return "CAST(NULL AS integer)"
        return f"""(SELECT {flag_bits("a", self.columns.values())} FROM providers_servicearea a
            WHERE a.municipality_id = %(municipality)s AND a.offer_id = {row}.offer_id
            AND {CURRENT_AREA})"""  # noqa: S608

    def codes(self, found: Any) -> list[str]:
        return _chosen(self.columns, int(found or 0))
