"""The counts of one process, until they are written; and who counted already.

Searches are counted in one memory, offers that were shown in another, what else was done with them
in a third. Each has its own limits: a page shows twenty offers at once, so those would leave an
office behind one address nothing for what somebody calls about.

Of a visitor it holds a hash, keyed with a number that is made when the process starts and that
nobody else has. Both end with the process, and the hashes end with the day.
"""

import datetime as dt
import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from django.conf import settings

REPEAT_SECONDS = 30 * 60
# What one process remembers at most: when it is full nothing more is counted.
MOST_MARKS, MOST_COUNTS = 200_000, 20_000


class Countable(Hashable, Protocol):
    """What can be counted: a search, or something that was done with an offer."""

    @property
    def cell(self) -> tuple[str, ...]:
        """For what a network counts only so often a day."""

    @property
    def repeat(self) -> tuple[str, ...]:
        """What is the same again when the same visitor does it again."""


class Limits(NamedTuple):
    """How often a network counts a day: names in settings.TAP_LIMITS."""

    cell: str
    all_day: str


SEARCHES = Limits("same_search_a_day", "searches_a_day")
USES = Limits("same_use_a_day", "uses_a_day")
SHOWN = Limits("same_use_a_day", "shown_a_day")


T = TypeVar("T", bound=Countable)


class Memory(Generic[T]):
    """Counts searches, or the use of offers, and each of them once."""

    def __init__(self, limits: Limits = SEARCHES) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(32)
        self._counts: dict[tuple[dt.date, T], int] = {}
        self._day = dt.date.min
        # By the hash of visitor and search: when it counted.
        self._counted_at: dict[bytes, float] = {}
        # By the hash of a network, with or without a cell: how often it counted today.
        self._times: Counter[bytes] = Counter()

    def add(self, counted: Iterable[T], *, network: str, visitor: str, at: dt.datetime) -> None:
        """Count these, each unless it is a repeat or one too many of its network."""
        with self._lock:
            self._begin(at.date())
            for one in counted:
                if self._is_new(one, network, visitor, at.timestamp()):
                    key = (self._day, one)
                    self._counts[key] = self._counts.get(key, 0) + 1

    def take(self) -> dict[tuple[dt.date, T], int]:
        """Return what was counted since the last time, and begin anew."""
        with self._lock:
            counts, self._counts = self._counts, {}
        return counts

    def give_back(self, counts: Mapping[tuple[dt.date, T], int]) -> None:
        """Take counts back that could not be written, for the next time."""
        with self._lock:
            for key, number in counts.items():
                self._counts[key] = self._counts.get(key, 0) + number

    def _begin(self, day: dt.date) -> None:
        if day != self._day:
            self._day = day
            self._counted_at.clear()
            self._times.clear()

    def _is_new(self, one: T, network: str, visitor: str, at: float) -> bool:
        """Whether this counts; if so it is remembered.

        The same visitor counts once in half an hour for the same; a network so often a day for
        one cell and for everything.
        """
        same = self._hash(visitor, *one.repeat)
        cell, all_day = self._hash(network, *one.cell), self._hash(network)
        limits = settings.TAP_LIMITS
        if (
            at < self._counted_at.get(same, 0.0) + REPEAT_SECONDS
            or self._times[cell] >= limits[self._limits.cell]
            or self._times[all_day] >= limits[self._limits.all_day]
            or self._is_full
        ):
            return False
        self._counted_at[same] = at
        self._times.update((cell, all_day))
        return True

    @property
    def _is_full(self) -> bool:
        marks = len(self._counted_at) + len(self._times)
        return marks >= MOST_MARKS or len(self._counts) >= MOST_COUNTS

    def _hash(self, *parts: str) -> bytes:
        text = "\n".join(parts).encode()
        return hashlib.blake2b(text, key=self._salt, digest_size=12).digest()
