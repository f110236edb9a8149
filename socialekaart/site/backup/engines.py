"""How each engine writes all it has to a file at one moment, and takes it back as a whole."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient

from socialekaart.site.backup.errors import BackupError


class Engine(Protocol):
    """One kind of database."""

    def dump(self, file: Path) -> None:
        """Write the database of this moment, while others go on writing."""

    def load(self, file: Path) -> None:
        """Put the database of the file in the place of this one."""


class SQLite:
    """By statements of the engine itself, so that its own log of writes is included."""

    def dump(self, file: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])

    def load(self, file: Path) -> None:
        # A connection of Django's: the rules of a table may use functions that it adds.
        stored = connection.copy()
        stored.settings_dict["NAME"] = str(file)
        connection.ensure_connection()
        with closing(stored), stored.cursor() as cursor:
            problem = self._problem(cursor)
            if problem:
                raise BackupError(f"De database in dit bestand is beschadigd: {problem}")
            # One transaction: a program that reads meanwhile sees the old or the new, whole.
            stored.connection.backup(connection.connection)

    def _problem(self, cursor: Any) -> str:
        try:
            found = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        except DatabaseError as error:
            return str(error)
        return "" if found == "ok" else str(found)


class PostgreSQL:
    """By the tools of the engine: pg_dump reads all tables in one snapshot."""

    def dump(self, file: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={file}")

    def load(self, file: Path) -> None:
        self._run("pg_restore", "--list", str(file), database=False)
        with connection.cursor() as cursor:
            # What the backup has not, a table of a newer version, must not stay behind.
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        # Own connections of this process would wait for the tools, and they for these.
        connection.close()
        self._run("pg_restore", "--no-owner", "--no-acl", "--single-transaction", str(file))

    def _run(self, tool: str, *options: str, database: bool = True) -> None:
        program = self._program(tool)
        given, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        # Of psql's own arguments: who and where, and the name of the database behind them.
        where = [*given[1:-1], f"--dbname={given[-1]}"] if database else []
        # A program of the engine, with what the settings say: nothing that a visitor typed.
        done = subprocess.run(  # noqa: S603
            [program, *where, *options],
            env=os.environ | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BackupError(f"{tool}: {done.stderr.strip().splitlines()[-1]}")

    def _program(self, tool: str) -> str:
        found = shutil.which(tool, path=settings.POSTGRESQL_TOOLS or None)
        if found is None:
            raise BackupError(
                f"{tool} is niet gevonden. Installeer de hulpprogramma's van PostgreSQL, of zet "
                "POSTGRESQL_TOOLS op de map waar ze staan."
            )
        return found


ENGINES: dict[str, type[Any]] = {"sqlite": SQLite, "postgresql": PostgreSQL}


def this_engine() -> Engine:
    """Return how the database of this site is dumped and loaded."""
    engine: Engine = ENGINES[connection.vendor]()
    return engine


def tables_with_rows(names: Sequence[str]) -> list[str]:
    """Return which of these tables are there and hold anything."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        found = []
        for name in names:
            if name in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    found.append(name)
    return found
