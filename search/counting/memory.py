"""The counts of one process, until they are written; and who counted already.

Of a visitor it holds a hash, keyed with a number that is made when the process starts and that
nobody else has. Both end with the process, and the hashes end with the day.
"""

import datetime as dt
import hashlib
import secrets
import threading
from collections import Counter
from collections.abc import Iterable, Mapping

from django.conf import settings

from providers.models.policy import Searched

REPEAT_SECONDS = 30 * 60
# What one process remembers at most: when it is full nothing more is counted.
MOST_MARKS, MOST_COUNTS = 200_000, 20_000

Counts = dict[tuple[dt.date, Searched], int]


class Memory:
    """Counts searches, and each of them once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(32)
        self._counts: Counts = {}
        self._day = dt.date.min
        # By the hash of visitor and search: when it counted.
        self._counted_at: dict[bytes, float] = {}
        # By the hash of a network, with or without a cell: how often it counted today.
        self._times: Counter[bytes] = Counter()

    def add(
        self, searches: Iterable[Searched], *, network: str, visitor: str, at: dt.datetime
    ) -> None:
        """Count a search, unless it is a repeat or one too many of its network."""
        with self._lock:
            self._begin(at.date())
            for searched in searches:
                if self._is_new(searched, network, visitor, at.timestamp()):
                    key = (self._day, searched)
                    self._counts[key] = self._counts.get(key, 0) + 1

    def take(self) -> Counts:
        """Return what was counted since the last time, and begin anew."""
        with self._lock:
            counts, self._counts = self._counts, {}
        return counts

    def give_back(self, counts: Mapping[tuple[dt.date, Searched], int]) -> None:
        """Take counts back that could not be written, for the next time."""
        with self._lock:
            for key, number in counts.items():
                self._counts[key] = self._counts.get(key, 0) + number

    def _begin(self, day: dt.date) -> None:
        if day != self._day:
            self._day = day
            self._counted_at.clear()
            self._times.clear()

    def _is_new(self, searched: Searched, network: str, visitor: str, at: float) -> bool:
        """Whether this counts; if so it is remembered.

        The same visitor counts once in half an hour for the same search, however it ended; a
        network so often a day for one cell and for everything (settings.TAP_LIMITS).
        """
        same = self._hash(visitor, *searched._replace(outcome=""))
        cell, all_day = self._hash(network, *searched.cell), self._hash(network)
        limits = settings.TAP_LIMITS
        if (
            at < self._counted_at.get(same, 0.0) + REPEAT_SECONDS
            or self._times[cell] >= limits["same_search_a_day"]
            or self._times[all_day] >= limits["searches_a_day"]
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
