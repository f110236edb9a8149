"""The report of an import as CSV: one line per row of the file."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from importing.pipeline.refusal import ImportRefused
from providers.csv_cells import neutral


def write_report(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write the report to ``path``, for Dutch Excel. Raises ImportRefused."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            report = csv.writer(file, delimiter=";")
            report.writerow(header)
            report.writerows(map(neutral, cells) for cells in lines)
    except OSError as error:
        raise ImportRefused(
            _("Het verslag “%(name)s” is niet te schrijven.") % {"name": path.name}
        ) from error
