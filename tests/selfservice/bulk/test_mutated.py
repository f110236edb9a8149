"""A provider's own tables, broken: saved whole, a report by row, or one sentence and nothing more.

Five of each kind here; the nightly profile (`--hypothesis-profile=nightly`) tries 500 of each, and
`--hypothesis-show-statistics` says how many ended how.
"""

import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from providers.models import (
    AuditEvent,
    GroupRun,
    Location,
    Offer,
    ServiceArea,
    SheetChange,
    WaitTime,
)
from providers.services.waits import record_wait
from selfservice.bulk.tables import TITLES, ProviderTable
from tests.factories import GroupRunFactory, LocationFactory, OfferFactory
from tests.mutated_sheets import BOMBS, hostile
from tests.pages import attribute, element

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Kilobytes on top of what the tests use themselves.
MOST_MEMORY = 300_000
MODELS = (Offer, Location, ServiceArea, GroupRun, WaitTime, SheetChange, AuditEvent)


@pytest.fixture
def filled(everything, offer, run, region, log_in_as):
    """Some lines in each table, and somebody logged in who may change them."""
    user = log_in_as("owner")
    record_wait(by=user, offer=offer, start_weeks=4, people_waiting=3)
    OfferFactory(provider=everything, title="Samen koken", municipalities=[region.katwijk])
    LocationFactory(provider=everything, town="Katwijk")
    GroupRunFactory(programme=run.programme, places=8, places_left=8)
    return everything


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def stored():
    """Return every row of what a table may change, and of what says that it did."""
    return repr([sorted(map(repr, model.objects.values_list())) for model in MODELS])


def table_of(provider, kind):
    table = ProviderTable.of(provider, kind)
    return table, [list(row) for row in table.rows()]


def ending_of(client, table, content):
    """Hand this file in, and save and take back what it may change; return how that ended."""
    before, rows = stored(), list(table.rows())
    answer = client.post(table.url, {"bestand": SimpleUploadedFile("tabel", content)})
    assert stored() == before
    if answer.status_code == 400:
        # Before anything of it is read (tests/test_uploads.py).
        return "too large to read"
    plan = answer.context["plan"]
    if plan is None:
        (sentence,) = answer.context["form"].errors["bestand"]
        assert (answer.status_code, len(sentence.splitlines())) == (422, 1)
        return "one sentence"
    if plan.problems:
        assert answer.status_code == 422
        assert all(one.row > 1 and one.text for one in plan.problems)
        return "a report by row"
    if not plan.changes:
        return "nothing to do"
    return _saved_and_taken_back(client, table, answer.content.decode(), before, rows)


def _saved_and_taken_back(client, table, page, before, rows):
    sent = {
        name: attribute(element(page, "input", name=name), "value")
        for name in ("inhoud", "kenmerk")
    }
    answer = client.post(table.url, sent)
    assert answer.status_code == 302
    change = SheetChange.objects.filter(undone_at=None).first()
    if change is None:
        assert stored() == before
        return "refused when saved"
    client.post(f"/voor-aanbieders/aanbieder/{table.provider.pk}/tabel/{change.pk}/terugdraaien/")
    change.refresh_from_db()
    assert change.undone_at
    assert list(table.rows()) == rows
    return "saved and taken back"


@pytest.mark.parametrize("kind", TITLES)
@settings(
    max_examples=max(1, settings().max_examples // 20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9))
def test_a_broken_table_is_saved_whole_or_refused_in_words(client, filled, kind, seed):
    memory = peak()
    table, rows = table_of(filled, kind)
    undoing = transaction.atomic()
    # As the transaction around a test: what has to be committed by itself may stand inside.
    undoing._from_testcase = True
    with undoing:
        event(f"{kind}: {ending_of(client, table, hostile(seed, table.headings, rows))}")
        transaction.set_rollback(True)
    assert peak() - memory < MOST_MEMORY


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__.strip("_"))
def test_what_is_made_to_harm_takes_little(client, filled, bomb):
    memory = peak()
    table, rows = table_of(filled, "locaties")
    content = bomb(table.headings, rows)
    assert ending_of(client, table, content) != "saved and taken back"
    assert peak() - memory < MOST_MEMORY
