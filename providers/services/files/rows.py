"""Carry out what a table of places, municipalities or starts changes, and take it back.

Each kind of table has one writer; all of it happens, or nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import Provider, SheetChange
from providers.services.files.areas import AreaWriter
from providers.services.files.locations import LocationWriter
from providers.services.files.runs import RunWriter
from providers.services.groups import PlacesConflictError
from providers.services.offers import EditConflictError
from providers.sheets.areas import AreaSheet
from providers.sheets.locations import LocationSheet
from providers.sheets.rows import Line, RowPlan, RowSheet
from providers.sheets.runs import RunSheet
from providers.vocabulary.csv_file import MistakeError

Writer = AreaWriter | LocationWriter | RunWriter
SHEETS: dict[str, type[RowSheet]] = {one.kind: one for one in (LocationSheet, AreaSheet, RunSheet)}
WRITERS: dict[str, type[Writer]] = {
    LocationSheet.kind: LocationWriter,
    AreaSheet.kind: AreaWriter,
    RunSheet.kind: RunWriter,
}


@transaction.atomic
def apply_rows(*, by: User, provider: Provider, kind: str, plan: RowPlan) -> SheetChange:
    """Carry out the changes of a table, all or nothing.

    Raises EditConflictError when somebody saved one of the lines since the plan was made, and
    ValidationError, with the row in front, when the domain refuses one.
    """
    Provider.objects.select_for_update().get(pk=provider.pk)
    writer = WRITERS[kind](by, SHEETS[kind](provider))
    written = []
    for parts in writer.together(plan.changes):
        try:
            written += writer.write(parts)
        except ValidationError as error:
            words = {"n": parts[0].row, "text": " ".join(error.messages)}
            raise ValidationError(_("Rij %(n)d: %(text)s") % words) from error
    after = SHEETS[kind](provider)
    now = _lines(after)
    rows = [row | {"after": _cells(after, now.get(row["key"]))} for row in written]
    return SheetChange.objects.create(provider=provider, by=by, kind=kind, rows=rows)


@transaction.atomic
def undo_rows(*, by: User, change: SheetChange) -> int:
    """Take back what a table changed; returns of how many lines.

    Raises EditConflictError when one of them says something else by now, when it was undone
    before, when somebody uses what was added, or when what was there before cannot be any more.
    """
    fresh = SheetChange.objects.select_for_update().select_related("provider").get(pk=change.pk)
    if fresh.undone_at:
        raise EditConflictError
    sheet = SHEETS[fresh.kind](fresh.provider)
    now = _lines(sheet)
    for row in fresh.rows:
        if _cells(sheet, now.get(row["key"])) != row["after"]:
            raise EditConflictError
    try:
        WRITERS[fresh.kind](by, sheet).undo(fresh.rows)
    except (PlacesConflictError, MistakeError) as error:
        raise EditConflictError from error
    fresh.undone_at = timezone.now()
    fresh.save(update_fields=["undone_at"])
    return len(fresh.rows)


def _lines(sheet: RowSheet) -> dict[str, Line]:
    lines: Iterable[Line] = sheet.lines()
    return {line.key: line for line in lines}


def _cells(sheet: RowSheet, line: Line | None) -> dict[str, Any] | None:
    """Return a line as text; None when it is not there."""
    return sheet.cells_of(line) if line else None
