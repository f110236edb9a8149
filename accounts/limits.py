"""Where all limits are counted: one table, shared by every worker and by nothing else."""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils.connection import ConnectionProxy
from rest_framework.settings import api_settings
from rest_framework.throttling import AnonRateThrottle

from accounts.network import network_of

TABLE = "limits"
READER_WAITS_MS = 250


class LimitsCache(DatabaseCache):
    """Django's cache in the database, which never forgets a count before its time.

    Django's own makes room by throwing living entries away, so that whoever makes many of them
    switches off all limits. A row lives no longer than its limit (a day at most) and there is one
    per network and limit: it is the number of networks that bounds the table.
    """

    def _cull(self, db: str, cursor: Any, now: Any, num: int) -> None:
        """Delete what has expired; called when there are more than MAX_ENTRIES rows."""
        operations = connections[db].ops
        table, expires = operations.quote_name(self._table), operations.quote_name("expires")  # type: ignore[attr-defined]
        cursor.execute(
            f"DELETE FROM {table} WHERE {expires} < %s",  # noqa: S608 - names of our own
            [operations.adapt_datetimefield_value(now)],
        )


# One name for every use: a cache belongs to a thread, so it is looked up at each use.
limits = ConnectionProxy(caches, "limits")


class NetworkThrottle(AnonRateThrottle):
    """Counts requests per network (accounts.network); subclasses name a `scope`."""

    # A proxy, as Django's own default cache is.
    cache = cast(BaseCache, limits)

    def get_rate(self) -> str:
        return str(api_settings.DEFAULT_THROTTLE_RATES[str(self.scope)])

    def get_ident(self, request: Any) -> str:
        return network_of(request)

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return what this request counts for; who is logged in counts too."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one network may still ask: in all, now, and the seconds until one more is free."""

    limit: int
    remaining: int
    reset: int


class ApiThrottle(NetworkThrottle):
    """Counts requests to the API (API_RATE), and leaves on the request what is still allowed."""

    num_requests: int
    duration: int

    def allow_request(self, request: Any, view: Any) -> bool:
        allowed = bool(super().allow_request(request, view))
        request.allowance = self._allowance()
        return allowed

    def _allowance(self) -> Allowance:
        oldest = self.history[-1] if self.history else self.now
        return Allowance(
            limit=self.num_requests,
            remaining=max(self.num_requests - len(self.history), 0),
            reset=math.ceil(self.duration - (self.now - oldest)),
        )

    def throttle_success(self) -> bool:
        """Count this request, without waiting for a long write of another on SQLite."""
        with _short_wait():
            return bool(super().throttle_success())


@contextlib.contextmanager
def _short_wait() -> Iterator[None]:
    """Give up a write after a quarter of a second: a reader is worth more than a count."""
    connection = connections[router.db_for_write(limits.cache_model_class)] if _in_table() else None
    if connection is None or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {READER_WAITS_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")


def _in_table() -> bool:
    return isinstance(caches["limits"], LimitsCache)
