"""manage.py export_coverage: the cells of every municipality in one workbook."""

import shutil
from collections.abc import Iterator
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from gaps.coverage.report import Coverage, coverage_of_all
from gaps.exports.files import guide_of, workbook
from providers.models import Municipality


class Command(BaseCommand):
    """Write the workbook of coverage for the whole country, one region in memory at a time."""

    help = _("Schrijft de dekking van alle gemeenten in één werkboek (XLSX).")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("het werkboek dat wordt geschreven"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and print how many municipalities it holds; CommandError without any."""
        places = list(Municipality.objects.order_by("region__name", "region_id", "name"))
        if not places:
            raise CommandError(_("Er zijn nog geen gemeenten. Draai eerst load_reference."))
        coverages = _coverages(places)
        first = next(coverages)
        guide = guide_of(first, regions=list(dict.fromkeys(place.region_id for place in places)))
        every = chain([first], coverages)
        with workbook(every, guide) as book, options["file"].open("wb") as file:
            shutil.copyfileobj(book, file)
        self.stdout.write(_("Geschreven: %(n)s gemeenten.") % {"n": len(places)})


def _coverages(places: list[Municipality]) -> Iterator[Coverage]:
    """Yield that of each of these places, which come region by region."""
    today = timezone.localdate()
    for _region, some in groupby(places, key=attrgetter("region_id")):
        yield from coverage_of_all(list(some), today=today)
