"""manage.py load_demo: the made-up demo region, or a made-up country to measure with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import accounts, loader
from demo.content import DemoContentError
from demo.moments import DEFAULT_SEED
from demo.national import NATIONAL_OFFERS, load_national


class Command(BaseCommand):
    """Load the demo; again on the same day it changes nothing."""

    help = "Laadt de demoregio: verzonnen aanbieders met wachttijden en groepen rond vandaag."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", default=DEFAULT_SEED, help="andere getallen, even verzonnen")
        parser.add_argument("--fresh", action="store_true", help="vervang de demo, ook van vandaag")
        parser.add_argument(
            "--with-accounts",
            action="store_true",
            help="maak de accounts met het bekende wachtwoord, ook als DEMO uit staat",
        )
        parser.add_argument(
            "--scale",
            choices=["region", "national"],
            default="region",
            help="national: zo groot als het land, om mee te meten",
        )
        parser.add_argument(
            "--offers", type=int, help="bij --scale national: hoeveel aanbod (25.000)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seed, offers = options["seed"], self._offers(options)
        with_accounts = settings.DEMO or options["with_accounts"]
        if not options["fresh"] and loader.is_loaded(loader.mark(seed=seed, offers=offers)):
            self._say(options, "De demo van vandaag staat er al.")
        else:
            self._load(seed, offers, with_accounts)
            self._say(options, "De demo is geladen. Alle organisaties en personen zijn verzonnen.")
        if options["verbosity"]:
            self._report(with_accounts)

    def _offers(self, options: dict[str, Any]) -> int:
        offers: int | None = options["offers"]
        if options["scale"] == "region":
            if offers is not None:
                raise CommandError("--offers hoort bij --scale national.")
            return 0
        if offers is not None and offers < 1:
            raise CommandError("Geef met --offers een getal van 1 of hoger.")
        return offers or NATIONAL_OFFERS

    def _say(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(text)

    def _load(self, seed: str, offers: int, with_accounts: bool) -> None:
        try:
            if offers:
                load_national(offers=offers, seed=seed, with_accounts=with_accounts)
            else:
                loader.load_demo(seed=seed, with_accounts=with_accounts)
        except DemoContentError as error:
            raise CommandError(str(error)) from error

    def _report(self, with_accounts: bool) -> None:
        for name, number in loader.counts(timezone.localdate()).items():
            self.stdout.write(f"{number:>7} {name}")
        for line in accounts.login_lines():
            self.stdout.write(line)
        if not with_accounts:
            self.stdout.write("Zonder DEMO=1 of --with-accounts worden geen accounts gemaakt.")
