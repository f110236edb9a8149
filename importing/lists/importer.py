"""Read a list, lay it beside the database, and write what is missing: all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from importing.lists.columns import Column
from importing.lists.plan import ListPlanner
from importing.lists.rows import ListRow, rows_of
from importing.lists.suggestions import Suggestion
from importing.lists.table import ListTable, read_list
from importing.models import ImportRun, ListSource
from importing.pipeline import write as pipeline
from importing.pipeline.outcome import Outcome
from importing.pipeline.plan import Plan
from importing.pipeline.table_file import TextFile
from providers.services import audit


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would bring: the plan, and what becomes of each row."""

    file: TextFile
    source: ListSource
    columns: Mapping[str, Column]
    plan: Plan
    outcomes: list[Outcome[ListRow]]
    suggestions: dict[int, Suggestion]


def look(
    file: TextFile, source: ListSource, listed_on: date, table: ListTable | None = None
) -> Preview:
    """Read ``file`` as mapped for ``source``; ``table`` is what it holds, when it was read already.

    Writes nothing. Raises ImportRefused.
    """
    table = table or read_list(file)
    columns = table.columns(source.mapping)
    planner = ListPlanner(source, rows_of(table, columns), listed_on)
    return Preview(file, source, columns, planner.plan, planner.outcomes, planner.suggestions)


@transaction.atomic
def write(
    file: TextFile,
    source: ListSource,
    listed_on: date,
    *,
    by: User | None,
    table: ListTable | None = None,
) -> tuple[Preview, ImportRun | None]:
    """Write what is missing, and keep how the columns of this list are read.

    Returns what was written and the run, None when there was nothing to write. Raises
    ImportRefused; then nothing is written.
    """
    preview = look(file, source, listed_on, table)
    source.mapping = {key: column.value for key, column in preview.columns.items()}
    _save(source, by)
    run = pipeline.write(
        preview.plan, file=file, source=source.code, outcomes=preview.outcomes, by=by
    )
    return preview, run


# What of a list is set by hand.
SET_BY_HAND = ("name", "region_id", "mapping", "level", "serves_region", "not_suggested")


def _save(source: ListSource, by: User | None) -> None:
    """Keep how a list is read; nothing when that is as before."""
    before = ListSource.objects.select_for_update().filter(pk=source.pk).first()
    now = {name: getattr(source, name) for name in SET_BY_HAND}
    changes = audit.changed_fields(before, now) if before else {}
    if before and not changes:
        return
    source.save()
    action = "listsource.updated" if before else "listsource.created"
    audit.record(by=by, action=action, subject=source, changes=changes, regions=source.region_id)
