"""Keeps what is costly to build in memory for as long as the database says the same."""

import hashlib
import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.dispatch import receiver

T = TypeVar("T")


class _Looked(threading.local):
    """What the request that this thread answers looked up before; None outside any request."""

    up: "dict[Cached[Any], Any] | None" = None


_looked = _Looked()


@receiver(request_started)
def _begin(**kwargs: Any) -> None:
    _looked.up = {}


@receiver(request_finished)
def _end(**kwargs: Any) -> None:
    _looked.up = None


class Cached(Generic[T]):
    """Something built from the database, cached per process.

    Within `seconds` of the last check it is returned without a query. After that `fingerprint`
    says in one cheap query whether the rows still are the same; only if not, `build` runs again.
    `forget` makes every process that shares the cache look again at once. A request that looked
    once, looks no more: a page reads the vocabulary a hundred times.
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
        self._version = ""

    def get(self) -> T:
        """Return the thing, built anew when the rows it comes from changed."""
        before = _looked.up
        if before is None:
            return self._look()
        if self not in before:
            before[self] = self._look()
        found: T = before[self]
        return found

    def _look(self) -> T:
        held = self._held
        if held and cache.get(self._key) == held[0]:
            return held[1]
        with self._lock:
            mark = _digest(self._fingerprint())
            held = self._held
            if held is None or held[0] != mark:
                held = self._held = (mark, self._build())
            cache.set(self._key, mark, self._seconds)
            return held[1]

    def heed(self, version: str) -> None:
        """Forget it when this version of the catalogue is another than the last that was heeded."""
        if version != self._version:
            self._version = version
            self.forget()

    def forget(self) -> None:
        """Have the rows looked at again with the next question."""
        cache.delete(self._key)
        (_looked.up or {}).pop(self, None)


def _digest(fingerprint: Hashable) -> str:
    """Return what stands for rows: their text itself is long, and the cache copies it each time."""
    return hashlib.blake2b(str(fingerprint).encode(), digest_size=16).hexdigest()
