"""Writes the right Dutch words that look like a typing error in a word of ours."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.asking.understanding.word_list import DUTCH_WORDS, lexicons, mistaken, read_words

RIGHT_WORDS = settings.FIXTURES_DIR / "vocabulary" / "right_words.txt"


class Command(BaseCommand):
    """Run it after a change of the vocabulary, on the demo region, and commit the file."""

    help = (
        "Schrijft welke goede Nederlandse woorden op een typefout in een woord van ons lijken, "
        "zodat ze nooit verbeterd worden. Nodig na een wijziging van de woordenlijst."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list of all Dutch words, and where to write."""
        parser.add_argument("list", nargs="?", type=Path, default=DUTCH_WORDS)
        parser.add_argument("--output", type=Path, default=RIGHT_WORDS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the list and write what is needed of it."""
        source: Path = options["list"]
        try:
            words = sorted(read_words(source))
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(
                f"{source} is niet te lezen ({problem}). Het pakket wdutch heeft deze lijst."
            ) from problem
        found = sorted(mistaken(words, lexicons()))
        output: Path = options["output"]
        output.write_text("\n".join(found) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(found)} van {len(words)} woorden: {output}")
