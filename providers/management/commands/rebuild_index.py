"""Write the search index anew, or say where it is not what it should be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from providers.models import Offer
from providers.services.audit import record_as_a_whole
from providers.services.index import BATCH, drifted, reindex


class Command(BaseCommand):
    """`rebuild_index` writes every row; `rebuild_index --check` only compares."""

    help = "Schrijft de zoekindex opnieuw. Met --check: meldt alleen wat niet klopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="vergelijk alleen")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self._check()
            return
        ids = list(Offer.objects.order_by("pk").values_list("pk", flat=True))
        with tqdm(total=len(ids), unit="aanbod", disable=options["verbosity"] == 0) as bar:
            for start in range(0, len(ids), BATCH):
                bar.update(reindex(ids[start : start + BATCH]))
        record_as_a_whole(action="index.rebuilt")
        self.stdout.write(f"De index is opnieuw geschreven voor {len(ids)} soorten aanbod.")

    def _check(self) -> None:
        wrong = drifted(Offer.objects.all())
        if wrong:
            some = ", ".join(str(pk) for pk in wrong[:10])
            raise CommandError(
                f"De index klopt niet voor {len(wrong)} soorten aanbod (nummers {some}). "
                "Draai rebuild_index."
            )
        self.stdout.write("De index klopt.")
