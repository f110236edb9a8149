"""manage.py daily: everything that has to happen once a day, for one timer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from socialekaart.site.backup.errors import BackupError
from socialekaart.site.jobs import record
from socialekaart.site.jobs.backups import write_dated


class Command(BaseCommand):
    """Run each daily job, also when one before it failed; exit code 1 when any did."""

    help = "Doet wat elke dag moet: opruimen, mails sturen en, met --backup, een backup maken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backup", type=Path, metavar="MAP", help="map voor de backups")
        parser.add_argument("--keep", type=int, default=14, help="hoeveel backups blijven (14)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, keep = options["backup"], options["keep"]
        if keep < 1:
            raise CommandError("--keep is minstens 1.")
        jobs: dict[str, Callable[[], object]] = {}
        if folder:
            # First: what the others do can then be taken back.
            jobs[record.BACKUP] = partial(write_dated, folder, keep=keep)
        jobs |= {name: partial(call_command, name) for name in record.DAILY}
        failed = [name for name, job in jobs.items() if not self._succeeds(name, job)]
        if failed:
            raise CommandError(f"Niet gelukt: {', '.join(failed)}.")

    def _succeeds(self, name: str, job: Callable[[], object]) -> bool:
        try:
            job()
        except Exception as error:
            # Errors of the site's own are sentences; of others only the kind, as a text may quote.
            own = isinstance(error, CommandError | BackupError)
            self.stderr.write(f"{name}: {error if own else type(error).__name__}")
            succeeded = False
        else:
            self.stdout.write(f"{name}: gedaan")
            succeeded = True
        record.record_run(name, succeeded=succeeded)
        return succeeded
