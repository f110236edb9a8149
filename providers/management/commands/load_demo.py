"""manage.py load_demo: the made-up demo region, or a made-up country to measure with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from providers.demo import accounts, loader
from providers.demo.content import DemoContentError
from providers.demo.moments import DEFAULT_SEED


class Command(BaseCommand):
    """Load the demo; again on the same day it changes nothing."""

    help = "Load the demo region: made-up providers with waits and groups dated around today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", default=DEFAULT_SEED, help="another draw of the figures")
        parser.add_argument("--fresh", action="store_true", help="replace the demo even if present")
        parser.add_argument(
            "--with-accounts",
            action="store_true",
            help="make the log-ins with the published password though DEMO is off",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = loader.mark(seed=options["seed"])
        with_accounts = settings.DEMO or options["with_accounts"]
        if loader.is_loaded(wanted) and not options["fresh"]:
            self.stdout.write("De demo van vandaag staat er al.")
        else:
            self._load(options["seed"], with_accounts)
        if options["verbosity"]:
            self._report(with_accounts)

    def _load(self, seed: str, with_accounts: bool) -> None:
        try:
            loader.load_demo(seed=seed, with_accounts=with_accounts)
        except DemoContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("De demo is geladen. Alle organisaties en personen zijn verzonnen.")

    def _report(self, with_accounts: bool) -> None:
        for name, number in loader.counts(timezone.localdate()).items():
            self.stdout.write(f"{number:>7} {name}")
        for line in accounts.login_lines():
            self.stdout.write(line)
        if not with_accounts:
            self.stdout.write("Zonder DEMO=1 of --with-accounts worden geen accounts gemaakt.")
