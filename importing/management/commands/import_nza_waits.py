"""Read a waiting-time list of the Dutch Healthcare Authority: look first, write with --save."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from importing.models import ImportRun
from importing.nza.importer import ReadList, make_plan, read, write
from importing.nza.report import write_report
from importing.nza.summary import as_lines, by_circuit
from importing.pipeline.outcome import counts_of
from importing.pipeline.people import user_called
from importing.pipeline.plan import Plan
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import load
from importing.pipeline.write import fingerprint


class Command(BaseCommand):
    help = _(
        "Leest een wachttijdenlijst ggz van de NZa (2016 of 2018). Zonder --save wordt alleen "
        "gemeld wat er zou gebeuren."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--save", action="store_true", help=_("schrijf wat nieuw is"))
        parser.add_argument("--user", default="", help=_("e-mailadres van wie dit doet"))
        parser.add_argument("--report", type=Path, help=_("schrijf een CSV met een regel per rij"))
        parser.add_argument(
            "--all-ages",
            action="store_true",
            help=_("ook hulp voor alleen volwassenen en ouderen; anders alleen voor jeugd"),
        )
        parser.add_argument("--json", action="store_true", help=_("meld alles als JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = user_called(options["user"])
            found = read(load(options["file"]), all_ages=options["all_ages"])
            # One transaction with the report: what cannot be reported is not written either.
            with transaction.atomic():
                plan, run = write(found, by=by) if options["save"] else (make_plan(found), None)
                if options["report"]:
                    write_report(options["report"], found.outcomes, plan.offers)
        except ImportRefused as refusal:
            raise CommandError(f"{refusal} {_('Er is niets opgeslagen.')}") from refusal
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(found, plan, run), ensure_ascii=False))
        else:
            self._tell(found, plan, saved=options["save"])

    def _tell(self, found: ReadList, plan: Plan, *, saved: bool) -> None:
        self.stdout.write(f"{found.file.name}: {found.source.title}")
        self.stdout.write("\n".join(as_lines(by_circuit(found.outcomes))))
        self.stdout.write(_counted(_("Rijen"), counts_of(found.outcomes)))
        if plan.nothing:
            self.stdout.write(_("Niets te doen: alles uit dit bestand staat er al.") + _when(found))
            return
        self.stdout.write(_counted(_("Geschreven") if saved else _("Te schrijven"), plan.counts))
        if not saved:
            self.stdout.write(_("Er is niets opgeslagen; met --save wel."))


def _counted(title: str, counts: Counter[Any] | dict[str, int]) -> str:
    return f"{title}: " + ", ".join(f"{count} {name}" for name, count in counts.items())


def _when(found: ReadList) -> str:
    run = ImportRun.objects.filter(sha256=fingerprint(found.file)).first()
    day = f"{timezone.localdate(run.created_at):%d-%m-%Y}" if run else ""
    return " " + _("Ingelezen op %(day)s.") % {"day": day} if day else ""


def _as_data(found: ReadList, plan: Plan, run: ImportRun | None) -> dict[str, Any]:
    return {
        "bestand": found.file.name,
        "sha256": fingerprint(found.file),
        "bron": found.source.code,
        "rijen": len(found.rows),
        "acties": counts_of(found.outcomes),
        "circuits": [item.as_data() for item in by_circuit(found.outcomes)],
        "schrijven": plan.counts,
        "opgeslagen": run is not None,
        "import": run.pk if run else None,
    }
