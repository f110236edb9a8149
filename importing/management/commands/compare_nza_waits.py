"""Compare our reading of waits with the weeks that the Healthcare Authority coded in its list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importing.nza.agreement import Agreement, agreement
from importing.nza.lists import recognise
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import load


class Command(BaseCommand):
    help = "Vergelijkt onze lezing van wachttijden met de weken die de NZa zelf noteerde (2018)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = load(options["file"])
            rows = recognise(file).rows(file)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("\n".join(_lines(agreement(rows))))


def _lines(found: Agreement) -> list[str]:
    differences = sum(found.differences.values())
    return [
        f"Cellen met tekst en getal: {found.cells}",
        f"Gelijk: {found.equal} ({_percent(found.share_without_convention)})",
        f"Wij 0, NZa 1 (geen wachttijd): {found.zero_for_one}",
        f"Gelijk met die afspraak: {found.equal + found.zero_for_one} ({_percent(found.share)})",
        f"Anders: {differences}",
        *(
            f"  {count} x “{item.text}”: NZa {item.coded}, wij {item.ours} ({item.reason})"
            for item, count in found.differences.most_common()
        ),
    ]


def _percent(share: float) -> str:
    return f"{share:.1%}".replace(".", ",")
