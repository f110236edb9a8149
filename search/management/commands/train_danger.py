"""Trains the model of danger, and writes its weights."""

from argparse import ArgumentParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.asking.understanding.danger.model import MODEL_FILE


class Command(BaseCommand):
    """Run it after a change of the lines about danger, on the demo region; commit the file."""

    help = (
        "Traint of een regel over gevaar gaat en schrijft de gewichten. Nodig na een wijziging van "
        "de regels over gevaar. Vraagt scikit-learn."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to write."""
        parser.add_argument("--output", type=Path, default=MODEL_FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Train on all lines, and write."""
        if find_spec("sklearn") is None:
            raise CommandError("Installeer eerst scikit-learn: pip install '.[reading]'")
        from search.asking.understanding.training import danger

        lines = danger.told()
        dangers = sum(bool(one.kinds) for one in lines)
        self.stdout.write(f"{len(lines)} regels, {dangers} met gevaar")
        about = {
            "date": timezone.localdate().isoformat(),
            "sources": "danger_lines, calm_lines, example_lines, asking_lines, near_misses, "
            "neutral_lines (fixtures/vocabulary)",
            "lines": len(lines),
            "dangers": dangers,
        }
        size = danger.write_model(danger.train(lines), options["output"], about)
        self.stdout.write(f"{size} kB: {options['output']}")
