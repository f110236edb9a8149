"""A program killed in the middle of a write: what it said was stored is, and nothing is half."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from providers.enums import DatedFact
from providers.models import AuditEvent, Confirmation, Offer, OfferIndex, WaitTime
from tests.factories import OfferFactory

ROUNDS = 3
SETTINGS = {"DJANGO_SETTINGS_MODULE": "socialekaart.settings"}
# After so many seconds a program that says nothing is not going to.
PATIENCE = 120


def where_others_can_write(tmp_path):
    """Return the address of this database for another program, and how to read it back here.

    On SQLite that is a file, as the database of the tests lives in memory.
    """
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["DATABASE_URL"])
        return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}")), lambda: None
    file = tmp_path / "killed.sqlite3"

    def read_back():
        with closing(sqlite3.connect(file)) as stored:
            stored.backup(connection.connection)
        # Here, as a rule of a table may use a function that Django adds.
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    with closing(sqlite3.connect(file)) as stored:
        connection.connection.backup(stored)
    return f"sqlite:///{file}", read_back


def killed_while_writing(address, offer, first):
    """Return the numbers that a program said were stored before it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_writer", str(offer.pk), str(first)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "socialekaart.settings"},
        stdout=subprocess.PIPE,
    )
    try:
        said = [writer.stdout.readline() for _write in range(random.randint(1, 12))]
        # Somewhere in the next write, which takes some milliseconds.
        time.sleep(random.uniform(0, 0.02))
    finally:
        writer.kill()
    rest, _errors = writer.communicate(timeout=PATIENCE)
    return [int(line) for line in [*said, *rest.splitlines(keepends=True)] if line.endswith(b"\n")]


def check_whole(offer, said):
    """Fail when a stored write is missing a part, or an acknowledged one is missing."""
    waits = WaitTime.objects.filter(offer=offer.pk).order_by("people_waiting")
    numbers = list(waits.values_list("people_waiting", flat=True))
    assert set(said) <= set(numbers)
    # Each round may have stored one more, of which it could not say so.
    assert len(numbers) <= len(said) + ROUNDS
    events = AuditEvent.objects.filter(action="wait.recorded")
    confirmed = Confirmation.objects.filter(offer=offer.pk, fact=DatedFact.WAIT)
    assert events.count() == confirmed.count() == len(numbers)
    weeks = numbers[-1] % 50 + 2
    shown = Offer.objects.get(pk=offer.pk)
    assert (shown.wait_weeks, shown.current_wait.people_waiting) == (weeks, numbers[-1])
    assert OfferIndex.objects.get(offer=offer.pk).wait_weeks == weeks
    return numbers[-1]


@pytest.mark.django_db(transaction=True)
def test_what_was_said_to_be_stored_outlives_a_kill(tmp_path):
    offer = OfferFactory()
    address, read_back = where_others_can_write(tmp_path)
    said, last = [], 0
    for _round in range(ROUNDS):
        said += killed_while_writing(address, offer, last + 1)
        read_back()
        last = check_whole(offer, said)
