"""What the rows of a file came to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar


class Action(StrEnum):
    """What a row came to."""

    TAKEN = "overgenomen"
    MERGED = "samengevoegd"
    DUPLICATE = "dubbel"
    CONTRADICTORY = "tegenstrijdig"
    SKIPPED = "overgeslagen"


class NumberedRow(Protocol):
    """A row of any source: it knows its place in the file, counted from 1."""

    @property
    def number(self) -> int: ...


Row_co = TypeVar("Row_co", bound=NumberedRow, covariant=True)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Row_co]):
    """What one row came to, why, and at which offer (its key) when there is one."""

    row: Row_co
    action: Action
    reason: str
    offer_key: str = ""


def counts_of(outcomes: Iterable[Outcome[Any]]) -> Counter[Action]:
    """Count outcomes by action; together they are all rows."""
    return Counter(outcome.action for outcome in outcomes)
