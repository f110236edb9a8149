"""Undo an import in one step."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from importing.models import ImportRun
from importing.pipeline.people import user_called
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.undo import undo


class Command(BaseCommand):
    help = _("Draait een import terug. Wat intussen is gewijzigd, blijft staan.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, metavar="IMPORT")
        parser.add_argument("--user", default="", help=_("e-mailadres van wie dit doet"))

    def handle(self, *args: Any, **options: Any) -> None:
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(_("Er is geen import met dit nummer."))
        try:
            removal = undo(run=run, by=user_called(options["user"]))
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Weg: %(offers)d aanbod, %(providers)d aanbieders. Gewijzigd en gebleven: %(n)d.")
            % {"offers": removal.offers, "providers": removal.providers, "n": len(removal.kept)}
        )
