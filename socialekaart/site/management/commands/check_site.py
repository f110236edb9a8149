"""manage.py check_site: is everything there that a site needs, and is it fresh?"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from socialekaart.site.readiness.data import data
from socialekaart.site.readiness.finding import Finding, Level
from socialekaart.site.readiness.surroundings import surroundings


class Command(BaseCommand):
    """Say what is missing or stale in plain sentences; exit code 1 when the site is not ready."""

    help = "Zegt of de site klaar is voor bezoekers, en zo niet: wat er ontbreekt of verouderd is."
    # They are among what is reported.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, voor een bewaker")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [*data(), *surroundings()]
        faults = sum(one.level is Level.FAULT for one in findings)
        if options["json"]:
            self.stdout.write(json.dumps([_as_data(one) for one in findings], ensure_ascii=False))
        else:
            self.stdout.write("\n".join(map(_line, findings)))
        if faults:
            raise CommandError(f"De site is nog niet klaar: {faults} keer een fout.")
        if not options["json"]:
            self.stdout.write("De site is klaar.")


def _line(found: Finding) -> str:
    return f"{found.level.value:>7}  {found.subject}: {found.sentence}"


def _as_data(found: Finding) -> dict[str, str]:
    return asdict(found) | {"level": found.level.value}
