"""Read a list of organisations and help: look first, write with --save."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from importing.lists.columns import Column
from importing.lists.importer import Preview, look, write
from importing.lists.report import HEADER, report_lines
from importing.models import ListSource
from importing.pipeline.outcome import counts_of
from importing.pipeline.people import user_called
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.report import write_report
from importing.pipeline.table_file import load
from providers.models import YouthRegion


class Command(BaseCommand):
    help = _(
        "Leest een bestaande lijst van organisaties en hulp (CSV of Excel). Zonder --save wordt "
        "alleen gemeld wat er zou gebeuren."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--source", required=True, help=_("code van de lijst, zoals leiden"))
        parser.add_argument("--name", default="", help=_("naam van de lijst, voor een nieuwe"))
        parser.add_argument("--region", default="", help=_("code van de jeugdregio, zoals JZ16"))
        parser.add_argument("--day", type=dt.date.fromisoformat, help=_("stand van de lijst"))
        parser.add_argument("--level", type=int, help=_("trede waar de lijst die niet zegt"))
        parser.add_argument("--whole-region", action="store_true", default=None,
                            help=_("alles geldt in de hele regio"))  # fmt: skip
        parser.add_argument("--column", action="append", default=[], metavar="KOP=VELD",
                            help=_("wat een kolom bevat; herhaal per kolom"))  # fmt: skip
        parser.add_argument("--save", action="store_true", help=_("schrijf wat nieuw is"))
        parser.add_argument("--user", default="", help=_("e-mailadres van wie dit doet"))
        parser.add_argument("--report", type=Path, help=_("schrijf een CSV met een regel per rij"))

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["day"] or timezone.localdate()
        try:
            by, file = user_called(options["user"]), load(options["file"])
            # One transaction with the report: what cannot be reported is not written either.
            with transaction.atomic():
                source = _source(options)
                if options["save"]:
                    preview, run = write(file, source, day, by=by)
                else:
                    preview, run = look(file, source, day), None
                if options["report"]:
                    write_report(options["report"], HEADER, report_lines(preview))
        except ImportRefused as refusal:
            raise CommandError(f"{refusal} {_('Er is niets opgeslagen.')}") from refusal
        self._tell(preview, saved=options["save"])
        if run:
            undo = _("Terugdraaien kan met: manage.py undo_import %(n)d")
            self.stdout.write(undo % {"n": run.pk})

    def _tell(self, preview: Preview, *, saved: bool) -> None:
        for key, column in preview.columns.items():
            self.stdout.write(f"  {key}: {column.label}")
        self.stdout.write(_counted(_("Rijen"), counts_of(preview.outcomes).items()))
        plan = preview.plan
        if plan.nothing:
            self.stdout.write(_("Niets te doen: alles uit dit bestand staat er al."))
            return
        title = _("Geschreven") if saved else _("Te schrijven")
        self.stdout.write(_counted(title, plan.counts.items()))
        if not saved:
            self.stdout.write(_("Er is niets opgeslagen; met --save wel."))


def _source(options: dict[str, Any]) -> ListSource:
    """Return the list with this code, with what the options say of it; not saved."""
    source = ListSource.objects.filter(pk=options["source"]).first()
    source = source or ListSource(code=options["source"], name=options["source"])
    given = {
        "name": options["name"],
        "region_id": options["region"],
        "level": options["level"],
        "serves_region": options["whole_region"],
    }
    for name, value in given.items():
        if value not in {"", None}:
            setattr(source, name, value)
    if not YouthRegion.objects.filter(pk=source.region_id).exists():
        raise ImportRefused(_("Zeg van welke jeugdregio deze lijst is: --region JZ16."))
    source.mapping = source.mapping | dict(map(_column, options["column"]))
    return source


def _column(text: str) -> tuple[str, str]:
    heading, _equals, field = text.partition("=")
    if field not in Column.values:
        known = ", ".join(filter(None, Column.values))
        raise ImportRefused(_("Kies voor een kolom uit: %(known)s.") % {"known": known})
    return heading, field


def _counted(title: str, counts: Iterable[tuple[str, int]]) -> str:
    return f"{title}: " + ", ".join(f"{count} {name}" for name, count in counts)
