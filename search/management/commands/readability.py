"""How hard the texts of the catalogue read, each field apart and as the page for the family."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from providers.models import Offer
from providers.readability import Reading, reading_of
from search.handout.page import Sheet, sheets_of

FIELDS = ("summary", "description", "how_to_start", "cost")
SHEET = "gezinspagina"
BATCH = 200


class Command(BaseCommand):
    """Print the score of every text, and which share reads as B1 or easier."""

    help = "Meet hoe moeilijk de teksten van het aanbod lezen (Flesch-Douma)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the list be kept short."""
        parser.add_argument(
            "--all", action="store_true", help="noem elke tekst, niet alleen de moeilijke"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a line per text and a summary per kind of text."""
        found: dict[str, list[Reading]] = {name: [] for name in (SHEET, *FIELDS)}
        for sheet in every_sheet():
            for name, reading in readings_of(sheet):
                found[name].append(reading)
                if options["all"] or not reading.is_b1:
                    self.stdout.write(_line(sheet.offer, name, reading))
        self.stdout.write(f"\n{'tekst':<14}{'aantal':>8}{'te kort':>9}{'B1':>8}{'laagste':>9}")
        for name, readings in found.items():
            self.stdout.write(_total(name, readings))


def every_sheet() -> Iterator[Sheet]:
    """Yield the page for the family of every offer that is shown."""
    today = timezone.localdate()
    offers = list(Offer.objects.visible().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(offers), BATCH):
        yield from sheets_of(offers[start : start + BATCH], None, today)


def readings_of(sheet: Sheet) -> Iterator[tuple[str, Reading]]:
    """Yield what was counted in the page for the family and in each text of the provider."""
    yield SHEET, reading_of(sheet.text)
    for name in FIELDS:
        text = getattr(sheet.offer, name)
        if text:
            yield name, reading_of(text)


def _line(offer: Offer, name: str, reading: Reading) -> str:
    mark = "B1" if reading.is_b1 else "moeilijk"
    words = f"{reading.words} woorden, {reading.mean_sentence:.1f} per zin"
    return f"{reading.score:6.1f}  {mark:<9}{name:<14}{offer.pk:>6}  {offer.title} ({words})"


def _total(name: str, readings: list[Reading]) -> str:
    judged = [reading for reading in readings if reading.is_judged]
    share = sum(reading.is_b1 for reading in judged) / len(judged) if judged else 1
    lowest = min((reading.score for reading in judged), default=0)
    short = len(readings) - len(judged)
    return f"{name:<14}{len(readings):>8}{short:>9}{share:>8.1%}{lowest:>9.1f}"
