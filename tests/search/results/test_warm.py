"""Before the first visitor comes everything is built; a start never fails for that."""

import logging

import pytest
from django.core.cache import cache
from django.db import ProgrammingError

from search import warm
from search.asking.understanding import understand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stays_open(monkeypatch):
    """The connection of a test is the test's own."""
    monkeypatch.setattr(warm.connection, "close", lambda: None)


def test_the_first_question_reads_no_vocabulary_any_more(region, django_assert_num_queries):
    cache.clear()
    warm.warm_up()
    with django_assert_num_queries(0):
        understand("angstig jongetje")


def test_an_empty_database_stops_no_start(db):
    cache.clear()
    warm.warm_up()


def test_a_database_without_tables_stops_no_start(monkeypatch, caplog):
    def refuse(line):
        raise ProgrammingError("no such table")

    monkeypatch.setattr(warm, "understand", refuse)
    with caplog.at_level(logging.WARNING, "search.warm"):
        warm.warm_up()
    assert "ProgrammingError" in caplog.text
