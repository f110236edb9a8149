"""Load regions, municipalities, places and the vocabulary into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from providers.reference import load_reference_data
from providers.services.audit import record_as_a_whole


class Command(BaseCommand):
    """Load the reference data; running it again updates what changed."""

    help = _("Laadt regio's, gemeenten, plaatsen en de woordenlijst. Mag vaker worden gedraaid.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one go and print how much of each there is."""
        counts = load_reference_data()
        record_as_a_whole(action="reference.loaded")
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
