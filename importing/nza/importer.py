"""Lay a list beside the database, and write what is missing: all of it or nothing.

What exists is left alone, also when a provider has changed it since. So a second run of the same
file finds nothing to do.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from importing.models import ImportRow, ImportRun
from importing.nza.lists import NzaList, read_rows, recognise
from importing.nza.offers import FoundOffer, Outcome, find_offers
from importing.nza.places import Gazetteer
from importing.nza.plan import Plan, Planner
from importing.nza.rows import NzaRow
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile
from providers.services.bulk import add_locations, add_offers, add_providers
from providers.services.waits import record_waits


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read and grouped; nothing of the database in it but places."""

    file: TextFile
    known: NzaList
    rows: list[NzaRow]
    offers: list[FoundOffer]
    outcomes: list[Outcome]


def read(file: TextFile, today: date | None = None) -> Read:
    """Read ``file`` and group its rows. Raises ImportRefused."""
    known = recognise(file)
    rows = read_rows(file, known)
    gazetteer = Gazetteer.of_database()
    offers, outcomes = find_offers(rows, gazetteer, today or timezone.localdate())
    return Read(file, known, rows, offers, outcomes)


def make_plan(read_file: Read) -> Plan:
    """Say what ``read_file`` has and the database lacks. Writes nothing."""
    return Planner(read_file.known, read_file.offers).plan


@transaction.atomic
def write(read_file: Read, *, by: User | None) -> tuple[Plan, ImportRun | None]:
    """Write what is missing in one transaction, with a run that keeps the fate of every row.

    Returns what was written and the run, None when there was nothing to write.
    Raises ImportRefused when the domain refuses a row; then nothing is written.
    """
    plan = make_plan(read_file)
    if plan.nothing:
        return plan, None
    try:
        add_providers(by=by, providers=plan.providers.values())
        add_locations(by=by, locations=plan.locations.values())
        add_offers(by=by, drafts=plan.offers.values())
        record_waits(by=by, waits=plan.waits)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise ImportRefused(_("De database weigert een rij van dit bestand.")) from error
    return plan, _record_run(read_file, plan, by)


def _record_run(read_file: Read, plan: Plan, by: User | None) -> ImportRun:
    actions = Counter(outcome.action.value for outcome in read_file.outcomes)
    run = ImportRun.objects.create(
        by=by,
        source=read_file.known.source,
        file_name=read_file.file.name[:255],
        sha256=fingerprint(read_file.file),
        counts={"rijen": len(read_file.rows), "acties": actions, "geschreven": plan.counts},
    )
    offers = plan.all_offers
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=run,
                number=outcome.row.number,
                action=outcome.action,
                reason=outcome.reason[:300],
                offer=offers.get(outcome.offer_key),
            )
            for outcome in read_file.outcomes
        ),
        batch_size=1000,
    )
    return run


def fingerprint(file: TextFile) -> str:
    """Return the SHA-256 of the file as it came, in hexadecimal."""
    return hashlib.sha256(file.content).hexdigest()
