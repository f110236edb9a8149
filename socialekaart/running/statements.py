"""How PostgreSQL runs the statements of a page."""

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def never_compile() -> None:
    """Let PostgreSQL run the statements of this process as they are, and compile none (JIT).

    It compiles what it thinks will take long. That takes a second or more each time, and what is
    compiled is thrown away: a search of 25 ms took 1.6 s. Only for the server; behind PgBouncer
    in transaction mode the role has to say it.
    """
    connection_created.connect(_never_compile, dispatch_uid="never_compile")


def _never_compile(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "postgresql" and not settings.DATABASE_POOLED:
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
