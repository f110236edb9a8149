"""Databases with the reference data, the demo and the like, filled once per worker.

Loading takes seconds and copying a database hardly any time. A test works in the copy as it
would in the empty database, and what it writes there is undone the same way.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# The demo stands around this day: who reads it travels there.
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@contextmanager
def database_copy(source: BaseDatabaseWrapper, name: str) -> Iterator[BaseDatabaseWrapper]:
    """A database that begins with all that is in the source; it ends with the block."""
    copy = source.copy()
    if source.vendor == "sqlite":
        source.ensure_connection()
        copy.settings_dict["NAME"] = f"file:{name}?mode=memory&cache=shared"
        copy.ensure_connection()
        source.connection.backup(copy.connection)
        yield copy
        copy.connection.close()
    else:
        source.creation.clone_test_db(suffix=name, verbosity=0)
        copy.settings_dict.update(source.creation.get_test_db_clone_settings(name))
        yield copy
        copy.close()
        source.creation.destroy_test_db(suffix=name, verbosity=0)


@contextmanager
def working_in(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Have all statements go to this database, and nothing cached stand for another one."""
    usual = connections["default"]
    connections["default"] = database
    cache.clear()
    try:
        yield
    finally:
        connections["default"] = usual
        cache.clear()


@contextmanager
def undoing_in(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Work in this database, and leave it as it was."""
    undoing = transaction.atomic()
    # As the transaction around a test: what has to be committed by itself may stand inside.
    undoing._from_testcase = True  # type: ignore[attr-defined]
    with working_in(database), undoing:
        yield
        transaction.set_rollback(True)


def fill_with_reference(database: BaseDatabaseWrapper) -> None:
    """Load regions, municipalities, postcodes, towns and the vocabulary."""
    with working_in(database):
        call_command("load_reference", verbosity=0)


def fill_with_demo(database: BaseDatabaseWrapper) -> None:
    """Load the demo region as it stands on the fixed Monday."""
    with working_in(database), time_machine.travel(MONDAY, tick=False):
        call_command("load_demo", verbosity=0)
