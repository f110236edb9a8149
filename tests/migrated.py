"""The tables of the test database, by the statements that the migrations came to before.

Running sixty migrations takes seven seconds, nearly all of it for working out what each step
comes to. That is the same until a migration, a model or a package changes.
"""

import fcntl
import hashlib
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands.migrate import Command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SOURCES = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "*/settings.py", "*.lock")
# Repeated they are one transaction, without the ones that each migration had to itself.
OF_A_TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")
Statement = tuple[str, Any, bool]


@contextmanager
def migrations_repeated(folder: Path) -> Iterator[None]:
    """Have a new test database made by the statements kept in this folder, or keep them there."""
    migrate = Command.handle

    def handle(command: Command, *args: object, **options: object) -> None:
        # Only the making of a test database asks for this.
        if not options["run_syncdb"]:
            migrate(command, *args, **options)
            return
        connection = connections[str(options["database"])]
        kept = folder / f"{connection.vendor}-{_fingerprint()}.pickle"
        with _one_at_a_time(folder / connection.vendor):
            if not kept.exists():
                statements: list[Statement] = []
                with connection.execute_wrapper(_recorder(statements)):
                    migrate(command, *args, **options)
                _keep(kept, statements)
                return
        _repeat(connection, pickle.loads(kept.read_bytes()))  # noqa: S301 - our own file

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", handle)
        yield


@contextmanager
def _one_at_a_time(name: Path) -> Iterator[None]:
    """Have one worker run the migrations while the others wait for what they come to."""
    with name.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    found = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _recorder(statements: list[Statement]):
    def record(execute, sql, params, many, context):
        if not str(sql).startswith(OF_A_TRANSACTION):
            statements.append((str(sql), params, many))
        return execute(sql, params, many, context)

    return record


def _repeat(connection: BaseDatabaseWrapper, statements: list[Statement]) -> None:
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(using=connection.alias),
        connection.cursor() as cursor,
    ):
        for sql, params, many in statements:
            (cursor.executemany if many else cursor.execute)(sql, params)


def _keep(kept: Path, statements: list[Statement]) -> None:
    # Another worker may be reading the old one.
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(statements))
    for old in kept.parent.glob(f"{kept.name.partition('-')[0]}-*.pickle"):
        old.unlink(missing_ok=True)
    part.replace(kept)
