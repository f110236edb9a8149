"""Write a plan: all of it or nothing, with a run that keeps the outcome of every row."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from importing.models import ImportRow, ImportRun
from importing.pipeline.outcome import Outcome, counts_of
from importing.pipeline.plan import Plan
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile
from providers.services.bulk import add_locations, add_offers, add_providers
from providers.services.waits import record_waits

ROWS_AT_ONCE = 1000  # SQLite allows a limited number of values per statement


@transaction.atomic
def write(
    plan: Plan, *, file: TextFile, source: str, outcomes: Sequence[Outcome[Any]], by: User | None
) -> ImportRun | None:
    """Write ``plan`` and return the run; None when there was nothing to write.

    Make the plan in the same transaction: it says what the database lacks at that moment.
    Raises ImportRefused when the domain refuses a row; then nothing is written.
    """
    if plan.nothing:
        return None
    try:
        add_providers(by=by, providers=plan.providers.values())
        add_locations(by=by, locations=plan.locations.values())
        add_offers(by=by, drafts=plan.offers.values())
        record_waits(by=by, waits=plan.waits)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise ImportRefused(_("De database weigert een rij van dit bestand.")) from error
    run = ImportRun.objects.create(
        by=by,
        source=source,
        file_name=file.name[:255],
        sha256=fingerprint(file),
        counts={
            "rijen": len(outcomes),
            "acties": counts_of(outcomes),
            "geschreven": plan.counts,
        },
        made=plan.made,
    )
    _record_rows(run, outcomes, plan)
    return run


def _record_rows(run: ImportRun, outcomes: Sequence[Outcome[Any]], plan: Plan) -> None:
    rows = (
        ImportRow(
            run=run,
            number=outcome.row.number,
            action=outcome.action,
            reason=outcome.reason[:300],
            offer=plan.all_offers.get(outcome.offer_key),
        )
        for outcome in outcomes
    )
    ImportRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def fingerprint(file: TextFile) -> str:
    """Return the SHA-256 of the file as it came, in hexadecimal."""
    return hashlib.sha256(file.content).hexdigest()
