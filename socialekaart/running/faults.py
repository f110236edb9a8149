"""When it is the database that fails: for how long it may, and what a visitor then gets."""

from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# A server ends a statement that takes too long. One that does not even do that hangs, and is given
# up after so many seconds more.
PATIENCE_SECONDS = 5
# libpq: a statement is on its way.
ACTIVE = 1
# After so many seconds a browser or a search engine may try again (Retry-After).
RETRY_SECONDS = 30


def is_database_down(error: BaseException | None) -> bool:
    """Whether the database did not answer in time or at all; a refused row is another thing."""
    return isinstance(error, OperationalError | InterfaceError)


def limit_statements() -> None:
    """Let no statement of this process run, or wait for a lock, longer than the settings say.

    Only for the server: migrations, backups and the index take as long as they take.
    """
    connection_created.connect(_limit, dispatch_uid="limit_statements")


def _limit(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    seconds = settings.DATABASE_STATEMENT_SECONDS
    if connection.vendor != "postgresql" or not seconds:
        return
    _wait_no_longer(connection, seconds + PATIENCE_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, false), "
            "set_config('lock_timeout', %s, false)",
            [f"{seconds}s", f"{max(1, seconds // 2)}s"],
        )


def _wait_no_longer(wrapper: Any, seconds: float) -> None:
    """Give up a server that accepts a statement and never answers: neither TCP nor libpq would.

    Its connection is closed, as nobody knows what the server still does with it.
    """
    connection = wrapper.connection
    wait = connection.wait

    def bounded(*args: Any, **kwargs: Any) -> Any:
        try:
            return wait(*args, **{"timeout": seconds} | kwargs)
        except wrapper.Database.OperationalError:
            if connection.info.transaction_status == ACTIVE:
                connection.close()
            raise

    connection.wait = bounded
