"""Which tests have to run on each database engine: those that use one, or that say so themselves.

A test without a database gives the same on SQLite and on PostgreSQL, so bin/test runs it once.
Nobody has to remember the marker: it follows from the fixtures, and a test without it that turns
to the engine after all, or starts another program, fails. A program that the engine is nothing to,
as a compiler of texts or one with a database of its own, has a marker too: it runs once. So does
what only reads lines of text: its words come from a database, and are the same from each
(tests/search/understanding/test_same_words.py).
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from django.db.utils import ConnectionHandler

from providers.vocabulary.text.memory import Cached

MARKER = "each_engine"
# Starts a program that does the same whatever the engine.
PROGRAM = "starts_program"
# Reads text by words that are loaded from the database, and asks the engine for nothing else.
BY_WORDS = "by_words"
# A suite of its own, which starts a browser and a site.
IN_A_BROWSER = "browser"
# Whatever reads or writes through pytest-django takes one of these in the end.
OF_A_DATABASE = {"django_db_setup", "_django_db_helper"}


def mark(items: list[pytest.Item]) -> None:
    """Mark every test that uses a database, by its fixtures or its marker."""
    for item in items:
        if uses_database(item) and not item.get_closest_marker(BY_WORDS):
            item.add_marker(MARKER)


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(OF_A_DATABASE & fixtures) or item.get_closest_marker("django_db") is not None


@contextmanager
def allowed_to(item: pytest.Item, *, set_up: bool = False) -> Iterator[None]:
    """Fail a test that runs on one engine only when it turns to that engine or may do so."""
    by_words = item.get_closest_marker(BY_WORDS)
    with pytest.MonkeyPatch.context() as patch:
        if not any(map(item.get_closest_marker, (MARKER, IN_A_BROWSER))):
            if not by_words:
                patch.setattr(ConnectionHandler, "__getitem__", _refuse)
            elif not set_up:
                _allow_loading_words(patch)
            if not item.get_closest_marker(PROGRAM):
                patch.setattr(subprocess.Popen, "__init__", _refuse)
        yield


def _refuse(*args: object, **options: object) -> NoReturn:
    raise AssertionError(
        f"This test uses the database engine or another program: mark it {MARKER}, or "
        f"{PROGRAM} where that program does the same on each."
    )


def _allow_loading_words(patch: pytest.MonkeyPatch) -> None:
    """Leave the engine in reach of what keeps words in memory, and of nothing else."""
    connection, look = ConnectionHandler.__getitem__, Cached._look

    loading: list[Cached[object]] = []

    def connection_of(handler: ConnectionHandler, alias: str) -> object:
        return connection(handler, alias) if loading else _refuse()

    def look_up(cached: Cached[object]) -> object:
        loading.append(cached)
        try:
            return look(cached)
        finally:
            loading.pop()

    patch.setattr(ConnectionHandler, "__getitem__", connection_of)
    patch.setattr(Cached, "_look", look_up)
