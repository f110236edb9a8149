"""Two pools of machines: one answers visitors from a replica, the other writes (docs/scaling.md).

The proxy chooses the pool. It cannot know what a request wrote, so who wrote carries that along for
a few seconds and reads from the primary meanwhile.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponse

POOLS = ("single", "read", "write")
READ, WRITE = "read", "write"
# The alias of the primary on a machine whose own database is a replica.
PRIMARY = "primary"

COOKIE = "sk_schreef"
# For so long a replica may lag behind what its reader wrote.
SECONDS = 5
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def reading(
    replica: dict[str, object], *, primary: dict[str, object] | None, redis: str
) -> dict[str, dict[str, object]]:
    """Return DATABASES of a machine in the read pool.

    A page is one transaction there: behind a pooler each transaction may go to another replica, and
    one page, with the version it is cached under, must come from one.
    Raises ImproperlyConfigured without what such a machine writes to: a replica takes nothing.
    """
    if primary is None or not redis:
        raise ImproperlyConfigured(
            "POOL=read needs DATABASE_PRIMARY_URL (counts of searches are written there) and "
            "REDIS_URL (limits are counted there): its own database takes no writes."
        )
    if "postgresql" not in str(replica["ENGINE"]):
        raise ImproperlyConfigured("POOL=read needs PostgreSQL: SQLite has no replicas.")
    return {"default": {**replica, "ATOMIC_REQUESTS": True}, PRIMARY: primary}


class WroteMiddleware:
    """Marks whoever wrote, for the proxy; on machines of the write pool only.

    Outside the sessions, so that a log-in counts. A question that was only asked (POST) does not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = _Writes()
        with connection.execute_wrapper(seen):
            response = self.get_response(request)
        if seen.any:
            response.set_cookie(
                COOKIE,
                "1",
                max_age=SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


class _Writes:
    """Sees whether any statement of a request writes."""

    def __init__(self) -> None:
        self.any = False

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        self.any = self.any or WRITES.match(str(sql)) is not None
        return execute(sql, params, many, context)
