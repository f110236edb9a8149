"""Write the table of starts of groups."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from providers.models import GroupRun
from providers.services import audit
from providers.services.groups import (
    add_run,
    cancel_run,
    restore_places,
    restore_run,
    update_run,
)
from providers.services.offers import EditConflictError
from providers.sheets.cells import read_day
from providers.sheets.rows import RowChange
from providers.sheets.runs import OFFER, RunSheet


class RunWriter:
    """Writes the starts of one table."""

    def __init__(self, by: User, sheet: Any) -> None:
        self.by = by
        self.sheet: RunSheet = sheet

    def together(self, changes: Iterable[RowChange]) -> Iterable[list[RowChange]]:
        """Yield the changes one by one."""
        return ([one] for one in changes)

    def write(self, changes: Sequence[RowChange]) -> list[dict[str, Any]]:
        """Write a start; returns what undoing needs. Raises ValidationError, EditConflictError."""
        (change,) = changes
        values = dict(change.values)
        cancelled = values.pop("cancelled")
        if change.is_new:
            programme = self.sheet.programmes[change.keys[OFFER]]
            run = add_run(by=self.by, programme=programme, **values)
            self._cancel(run, cancelled=cancelled)
            return [{"key": str(run.pk), "new": True}]
        run = self.sheet.runs[change.key]
        fields = {
            one.name: values[one.name]
            for one in self.sheet.fields
            if one.heading in change.cells and one.name != "cancelled"
        }
        before = {heading: cells[0] for heading, cells in change.cells.items()}
        counted = run.places_confirmed_on
        row = {"key": change.key, "new": False, "before": before}
        row["counted"] = counted.isoformat() if counted else ""
        if fields:
            update_run(by=self.by, run=run, expected_version=change.version, **fields)
        self._cancel(run, cancelled=cancelled)
        return [row]

    def undo(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put starts back as they were.

        Raises EditConflictError for one that people are waiting for, PlacesConflictError for
        places that were counted on another day.
        """
        for row in rows:
            run = self.sheet.runs[row["key"]]
            if row["new"]:
                self._remove(run)
            else:
                self._put_back(run, row)

    def _put_back(self, run: GroupRun, row: dict[str, Any]) -> None:
        known = self.sheet.by_heading
        values = {
            known[heading].name: known[heading].read(cell)
            for heading, cell in row["before"].items()
        }
        if "places_left" in values:
            counted = read_day(row["counted"])
            left = values.pop("places_left")
            restore_places(by=self.by, run=run, given=run.places_left, left=left, on=counted)
        cancelled = values.pop("cancelled", run.cancelled)
        if values:
            update_run(by=self.by, run=run, **values)
        self._cancel(run, cancelled=cancelled)

    def _cancel(self, run: GroupRun, *, cancelled: bool) -> None:
        if cancelled != run.cancelled:
            change = cancel_run if cancelled else restore_run
            change(by=self.by, run=run)

    def _remove(self, run: GroupRun) -> None:
        if run.interest.exists():
            raise EditConflictError
        audit.record(
            by=self.by,
            action="run.taken_back",
            subject=run.programme.offer,
            changes={"starts_on": run.starts_on},
        )
        run.delete()
