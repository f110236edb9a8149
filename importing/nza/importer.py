"""Lay a list beside the database, and write what is missing: all of it or nothing.

What exists is left alone, also when a provider has changed it since. So a second run of the same
file finds nothing to do.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from importing.models import ImportRun
from importing.nza.lists import recognise
from importing.nza.offers import FoundOffer, find_offers
from importing.nza.plan import Planner
from importing.nza.rows import NzaRow
from importing.pipeline import write as pipeline
from importing.pipeline.outcome import Outcome
from importing.pipeline.places import Gazetteer
from importing.pipeline.plan import Plan
from importing.pipeline.source import Source
from importing.pipeline.table_file import TextFile


@dataclass(frozen=True, slots=True)
class ReadList:
    """A file, read and grouped; nothing of the database in it but places."""

    file: TextFile
    source: Source[NzaRow]
    rows: list[NzaRow]
    offers: list[FoundOffer]
    outcomes: list[Outcome[NzaRow]]


def read(file: TextFile, today: date | None = None, *, all_ages: bool = False) -> ReadList:
    """Read ``file`` and group its rows: those for youth, or of all ages. Raises ImportRefused."""
    source = recognise(file)
    rows = source.rows(file)
    gazetteer = Gazetteer.of_database()
    offers, outcomes = find_offers(
        rows, gazetteer, today or timezone.localdate(), all_ages=all_ages
    )
    return ReadList(file, source, rows, offers, outcomes)


def make_plan(found: ReadList) -> Plan:
    """Say what the list has and the database lacks. Writes nothing."""
    return Planner(found.source, found.offers).plan


@transaction.atomic
def write(found: ReadList, *, by: User | None) -> tuple[Plan, ImportRun | None]:
    """Write what is missing in one transaction. Raises ImportRefused; then nothing is written.

    Returns what was written and the run, None when there was nothing to write.
    """
    plan = make_plan(found)
    run = pipeline.write(
        plan, file=found.file, source=found.source.code, outcomes=found.outcomes, by=by
    )
    return plan, run
