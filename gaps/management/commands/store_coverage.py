"""manage.py store_coverage: what there is and what is missing everywhere, as it stands tonight."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gaps.coverage.snapshots import remove_old_coverage, store_coverage


class Command(BaseCommand):
    """Store the cells of every municipality; running it again the same day replaces them."""

    help = _("Bewaart per gemeente wat er is en wat er ontbreekt. Mag vaker worden gedraaid.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", help=_("alleen deze jeugdregio (code, zoals JZ18)"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Store, then delete what is no longer needed, and print how many of each."""
        today = timezone.localdate()
        stored = store_coverage(by=None, today=today, region=options["region"])
        removed = remove_old_coverage(by=None, today=today)
        self.stdout.write(
            _("Bewaard: %(stored)s gemeenten. Opgeruimd: %(removed)s oude standen.")
            % {"stored": stored, "removed": removed}
        )
