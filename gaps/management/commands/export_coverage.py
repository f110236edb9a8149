"""manage.py export_coverage: the cells of every municipality in one workbook."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gaps.coverage.report import Coverage, coverage_in_region
from gaps.exports.files import guide_of, workbook
from providers.models import Municipality, YouthRegion


class Command(BaseCommand):
    """Write the workbook of coverage for the whole country, one region in memory at a time."""

    help = _("Schrijft de dekking van alle gemeenten in één werkboek (XLSX).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("het werkboek dat wordt geschreven"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and print how many municipalities it holds; CommandError without any."""
        firsts = {place.region_id: place for place in Municipality.objects.order_by("-code")}
        if not firsts:
            raise CommandError(_("Er zijn nog geen gemeenten. Draai eerst load_reference."))
        regions = YouthRegion.objects.filter(pk__in=firsts).order_by("name")
        places = [firsts[region.pk] for region in regions]
        guide = guide_of(next(_coverages(places)), regions=list(firsts))
        with workbook(_coverages(places), guide) as book, options["file"].open("wb") as file:
            shutil.copyfileobj(book, file)
        number = Municipality.objects.count()
        self.stdout.write(_("Geschreven: %(n)s gemeenten.") % {"n": number})


def _coverages(one_of_each_region: list[Municipality]) -> Iterator[Coverage]:
    today = timezone.localdate()
    for place in one_of_each_region:
        yield from coverage_in_region(place, today=today)
