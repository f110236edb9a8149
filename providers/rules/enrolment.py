"""Whether a run is still to come, and whether one can still enrol in it.

Each rule in its three forms side by side, held together by tests/providers/rules/test_enrolment.py:
plain Python on a run, the ORM on runs, and SQL on a row `r` with the value `today`. Whether there
is a place is another question (`occupancy`, `start`).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class StillToCome:
    """A run that starts today or later, and goes on."""

    today: dt.date

    SQL: ClassVar[str] = "r.starts_on >= %(today)s AND NOT r.cancelled"

    def holds(self, run: Any) -> bool:
        """Whether it does."""
        return bool(run.starts_on >= self.today and not run.cancelled)

    @property
    def condition(self) -> Q:
        """Return the same, asked of runs."""
        return Q(starts_on__gte=self.today, cancelled=False)


@dataclass(frozen=True, slots=True)
class CanEnrol:
    """A run still to come for which enrolment has not closed; on its last day one still can."""

    today: dt.date

    SQL: ClassVar[str] = f"{StillToCome.SQL} AND (r.enrol_by IS NULL OR r.enrol_by >= %(today)s)"

    def holds(self, run: Any) -> bool:
        """Whether one can."""
        is_open = run.enrol_by is None or run.enrol_by >= self.today
        return StillToCome(self.today).holds(run) and is_open

    @property
    def condition(self) -> Q:
        """Return the same, asked of runs."""
        is_open = Q(enrol_by__isnull=True) | Q(enrol_by__gte=self.today)
        return StillToCome(self.today).condition & is_open
