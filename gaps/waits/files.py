"""The wait figures of a municipality as a CSV file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gaps.waits.report import WaitReport, headings
from providers.csv_cells import as_csv
from providers.statistics import SURVIVOR_BIAS


def waits_as_csv(report: WaitReport) -> str:
    """Return the figures of the page, and beside them what they leave out or are left out of."""
    first = [_("gemeente"), _("peildatum"), _("kwartaal"), _("methode"), _("soort hulp")]
    return as_csv([*first, *headings(), _("let op")], _rows(report))


def _rows(report: WaitReport) -> Iterable[list[str]]:
    for line in report.lines:
        notes = [str(SURVIVOR_BIAS)] if line.counts_only_started else []
        notes += [_("Telt niet mee in het totaal.")] if line.is_apart else []
        start = [report.municipality.name, report.on.isoformat()]
        yield [*start, line.quarter, line.method, line.kind, *line.cells, " ".join(notes)]
