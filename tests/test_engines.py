"""Every test runs somewhere, and on both engines where those could differ."""

import itertools
import subprocess
import sys

import pytest
from _pytest.mark.expression import Expression
from django.conf import settings
from django.db import connection

from search.asking.understanding import understand
from tests import engines


@pytest.fixture
def selected(monkeypatch):
    """Which suites of bin/test run a test, by its markers."""
    monkeypatch.syspath_prepend(str(settings.BASE_DIR / "bin"))
    from _test import SELECTED

    chosen = {name: Expression.compile(text) for name, text in SELECTED.items()}
    return lambda *markers: [
        name for name, text in chosen.items() if text.evaluate(lambda word, **_: word in markers)
    ]


@pytest.mark.parametrize("others", [[], ["django_db"], ["real_files"], [engines.PROGRAM]])
def test_each_test_runs_in_a_suite(selected, others):
    for known in itertools.product([[], ["browser"]], [[], [engines.MARKER]]):
        assert selected(*itertools.chain(*known), *others)


def test_what_uses_a_database_runs_on_both_engines(selected):
    assert selected(engines.MARKER) == ["SQLite", "PostgreSQL"]


def test_what_uses_none_runs_once(selected):
    assert selected() == ["SQLite"]


class TestMarker:
    def test_without_a_database_there_is_none(self, request):
        assert request.node.get_closest_marker(engines.MARKER) is None

    def test_a_fixture_gives_it(self, request, region):
        assert request.node.get_closest_marker(engines.MARKER)

    @pytest.mark.django_db
    def test_the_marker_of_django_gives_it(self, request):
        assert request.node.get_closest_marker(engines.MARKER)

    @pytest.mark.parametrize("database", ["reference", "vocabulary", "demo", "catalogue", "world"])
    def test_a_loaded_database_gives_it(self, request, database):
        manager = request.session._fixturemanager
        names = manager.getfixtureclosure(request.node, [database], ignore_args=())[0]
        assert set(names) & engines.OF_A_DATABASE


class TestWithoutIt:
    def test_the_engine_is_out_of_reach(self):
        with pytest.raises(AssertionError, match="mark it each_engine"):
            connection.vendor  # noqa: B018

    def test_no_other_program_is_started(self):
        with pytest.raises(AssertionError, match="mark it each_engine"):
            subprocess.run([sys.executable, "--version"], check=True)

    @pytest.mark.starts_program
    def test_who_may_start_a_program_has_no_engine(self):
        subprocess.run([sys.executable, "--version"], check=True, capture_output=True)
        with pytest.raises(AssertionError, match="mark it each_engine"):
            connection.vendor  # noqa: B018


@pytest.mark.by_words
class TestByWords:
    def test_it_runs_once(self, request, vocabulary):
        assert request.node.get_closest_marker(engines.MARKER) is None

    def test_words_are_loaded(self, vocabulary):
        assert understand("somber").questions == ("somberheid",)

    def test_nothing_else_of_the_engine_is_in_reach(self, vocabulary):
        with pytest.raises(AssertionError, match="mark it each_engine"):
            connection.vendor  # noqa: B018

    @pytest.mark.each_engine
    def test_one_that_needs_the_engine_says_so(self, request, vocabulary):
        assert connection.vendor
        assert request.node.get_closest_marker(engines.MARKER)
