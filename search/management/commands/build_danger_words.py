"""Writes the Dutch words that a typing error in a sign of danger is laid beside."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.asking.understanding.danger.misspelt import FORMS, HARMLESS, listed_forms
from search.asking.understanding.word_list import (
    DUTCH_WORDS,
    forms_among,
    harmless_among,
    read_words,
)


class Command(BaseCommand):
    """Run it after a change of the words of danger, before `build_word_list`; commit the files."""

    help = (
        "Schrijft de vormen van woorden die op gevaar wijzen, en de onschuldige woorden die daar "
        "op lijken. Nodig na een wijziging van de woorden voor gevaar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list of all Dutch words, and the folder to write in."""
        parser.add_argument("list", nargs="?", type=Path, default=DUTCH_WORDS)
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR / "vocabulary")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the list and write what is needed of it."""
        source: Path = options["list"]
        try:
            words = read_words(source)
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(
                f"{source} is niet te lezen ({problem}). Het pakket wdutch heeft deze lijst."
            ) from problem
        forms = forms_among(words)
        self._write(options["folder"] / FORMS, forms)
        near = harmless_among(words, listed_forms().union(forms))
        self._write(options["folder"] / HARMLESS, near)

    def _write(self, output: Path, words: list[str]) -> None:
        output.write_text("\n".join(words) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(words)} woorden: {output}")
