"""When each daily job last ran, in a small file each under VAR_DIR: no table, so that a database
that is down or was put back from a backup says nothing untrue about it."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

DAILY = (
    "remove_expired",
    "clearsessions",
    "store_coverage",
    "send_reminders",
    "send_quarter_mails",
)
BACKUP = "backup"
# A day and a half: one late night is no alarm, a missed one is.
LATE = dt.timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last time that a job ran on this machine, and whether it went well."""

    at: dt.datetime
    succeeded: bool

    @property
    def is_late(self) -> bool:
        return timezone.now() - self.at > LATE


def record_run(name: str, *, succeeded: bool) -> None:
    """Remember that a job ran just now."""
    path = _file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(
        json.dumps({"at": timezone.now().isoformat(), "succeeded": succeeded}), encoding="ascii"
    )
    draft.replace(path)


def last_run(name: str) -> JobRun | None:
    """Return the last time, or None when it never ran here or that cannot be read."""
    try:
        found = json.loads(_file(name).read_text(encoding="ascii"))
        return JobRun(dt.datetime.fromisoformat(found["at"]), bool(found["succeeded"]))
    except (OSError, ValueError, KeyError):
        return None


def _file(name: str) -> Path:
    return Path(settings.VAR_DIR) / "jobs" / f"{name}.json"
