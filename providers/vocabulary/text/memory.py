"""Keeps what is costly to build in memory for as long as the database says the same."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.core.cache import cache

T = TypeVar("T")


class Cached(Generic[T]):
    """Something built from the database, cached per process.

    Within `seconds` of the last check it is returned without a query. After that `fingerprint`
    says in one cheap query whether the rows still are the same; only if not, `build` runs again.
    `forget` makes every process that shares the cache look again at once.
    """

    def __init__(
        self,
        name: str,
        *,
        seconds: int,
        fingerprint: Callable[[], Hashable],
        build: Callable[[], T],
    ) -> None:
        self._key = f"cached.{name}"
        self._seconds = seconds
        self._fingerprint = fingerprint
        self._build = build
        self._lock = threading.Lock()
        self._held: tuple[str, T] | None = None

    def get(self) -> T:
        """Return the thing, built anew when the rows it comes from changed."""
        held = self._held
        if held and cache.get(self._key) == held[0]:
            return held[1]
        with self._lock:
            mark = str(self._fingerprint())
            held = self._held
            if held is None or held[0] != mark:
                held = self._held = (mark, self._build())
            cache.set(self._key, mark, self._seconds)
            return held[1]

    def forget(self) -> None:
        """Have the rows looked at again with the next question."""
        cache.delete(self._key)
