"""manage.py backup FILE: the whole database of this moment, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socialekaart.site.backup.archive import write
from socialekaart.site.backup.errors import BackupError
from socialekaart.site.jobs.record import BACKUP, record_run


class Command(BaseCommand):
    """Write a backup."""

    help = (
        "Schrijft een backup van de hele database naar een nieuw bestand. De site blijft draaien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="het nieuwe bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = write(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        record_run(BACKUP, succeeded=True)
        size = options["file"].stat().st_size / 1e6
        self.stdout.write(f"Geschreven: {options['file']} ({size:.1f} MB, {manifest.made_at}).")
        self.stdout.write(
            "Bewaar ook SECRET_KEY, of secret_key uit VAR_DIR: die staat hier niet in."
        )
