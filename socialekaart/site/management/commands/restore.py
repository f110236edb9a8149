"""manage.py restore FILE: a backup in the place of the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socialekaart.site.backup.archive import is_older_than_program, read_back
from socialekaart.site.backup.errors import BackupError


class Command(BaseCommand):
    """Put a backup back."""

    help = "Zet een backup terug, in een lege database of met --replace in die van deze site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="een bestand van manage.py backup")
        parser.add_argument(
            "--replace", action="store_true", help="ook als er al iets in de database staat"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = read_back(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Teruggezet: de database van {manifest.made_at}.")
        if is_older_than_program(manifest):
            self.stdout.write("De backup is van een oudere versie: draai nu manage.py migrate.")
