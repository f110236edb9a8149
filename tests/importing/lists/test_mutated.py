"""Broken spreadsheets: a report with every row, or one sentence and nothing written.

Fifty here; the nightly profile of hypothesis (`--hypothesis-profile=nightly`) tries 5,000.
"""

import resource

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importing.lists.importer import write
from importing.lists.table import read_list
from importing.models import ImportRow, ImportRun, ListSource
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile
from providers.models import AuditEvent, Location, Offer, Provider
from tests.importing.lists.files import DAY, HEADINGS, fates, messy_rows, preview, source
from tests.mutated_sheets import hostile, mutated

ROWS = [[row.get(heading, "") for heading in HEADINGS] for row in messy_rows(12)]
# Kilobytes on top of what the tests use themselves.
MOST_MEMORY = 400_000


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.fixture
def bounded(region):
    before = peak()
    yield
    assert peak() - before < MOST_MEMORY


def stored():
    """Return how much there is of what a list may bring, and of what says that it did."""
    models = (Provider, Location, Offer, ListSource, ImportRun, ImportRow, AuditEvent)
    return [model.objects.count() for model in models]


def taken_in(file):
    """Return the number of rows and nothing, or nothing and the sentence; all of it is undone."""
    with transaction.atomic():
        before = stored()
        try:
            _preview, run = write(file, source(), DAY, by=None)
            return (run.rows.count() if run else None), ""
        except ImportRefused as refusal:
            assert stored() == before
            return None, str(refusal)
        finally:
            transaction.set_rollback(True)


@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9))
def test_a_broken_list_is_taken_in_row_by_row_or_refused_in_one_sentence(bounded, seed):
    file = TextFile("lijst", hostile(seed, HEADINGS, ROWS))
    number, sentence = taken_in(file)
    if number is None and not sentence:
        assert set(fates(preview(file))) <= {"overgeslagen", "dubbel"}
    elif number is None:
        assert sentence.endswith(".")
        assert len(sentence.splitlines()) == 1
    else:
        assert number == len(read_list(file).rows)


@pytest.mark.parametrize("seed", [138, 914, 1478])
def test_a_part_that_cannot_be_unpacked_is_refused(seed):
    """Found by mutation: the bytes of a part are no compressed data."""
    with pytest.raises(ImportRefused, match="Dit Excel-bestand kunnen we niet lezen"):
        read_list(TextFile("lijst", mutated(seed, HEADINGS, ROWS)))


def test_a_million_lines_are_refused_without_reading_them(bounded):
    with pytest.raises(ImportRefused, match="Meer dan 20000 rijen"):
        preview(TextFile("lijst.csv", b"Naam;Plaats\n" + b"x;y\n" * 1_000_000))
