"""Trains the model of what a line is about, and writes its weights."""

from argparse import ArgumentParser
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from providers.models import SearchWord
from providers.reference import vocabulary_rows
from search.asking.understanding.questions.model import MODEL_FILE


class Command(BaseCommand):
    """Run it after a change of the vocabulary or the lines, on the demo region; commit the file."""

    help = (
        "Traint waar een regel over gaat en schrijft de gewichten. Nodig na een grote wijziging "
        "van de woordenlijst of de voorbeeldregels. Vraagt scikit-learn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write."""
        parser.add_argument("--output", type=Path, default=MODEL_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure in held-out folds, train on all lines, and write."""
        if find_spec("sklearn") is None:
            raise CommandError("Installeer eerst scikit-learn: pip install '.[reading]'")
        _check_words()
        from search.asking.understanding.training import joining, linear
        from search.asking.understanding.training.examples import examples

        lines = examples()
        self.stdout.write(f"{len(lines)} regels")
        *of_folds, model = joining.models(lines, self.stdout.write)
        heard = joining.all_unseen(lines, of_folds)
        model = replace(model, join=joining.joined(heard))
        about = {
            "date": timezone.localdate().isoformat(),
            "sources": "search_words, signs, example_lines, asking_lines, near_misses, "
            "neutral_lines, danger_lines (fixtures/vocabulary)",
            "lines": len(lines),
            "held_out": {
                kind: {name: round(value, 3) for name, value in asdict(figures).items()}
                for kind, figures in joining.measured(heard).items()
            },
        }
        size = linear.write_model(model, options["output"], about)
        self.stdout.write(f"{about['held_out']}\n{size} kB: {options['output']}")


def _check_words() -> None:
    """Raise CommandError unless the words of the database are those of the fixtures.

    How far phrases are trusted is learnt with the words of the database: trained with fewer, the
    trees trust those that came since too little.
    """
    stored = set(SearchWord.objects.values_list("text", flat=True))
    shipped = {row["text"] for row in vocabulary_rows("search_words")}
    if stored != shipped:
        raise CommandError(
            f"De zoekwoorden in de database zijn andere dan die in fixtures/vocabulary "
            f"({len(shipped - stored)} ontbreken, {len(stored - shipped)} te veel). "
            "Laad eerst de voorbeeldregio opnieuw: load_demo --fresh."
        )
