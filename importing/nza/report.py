"""The report of an import as CSV: one line per row of the file."""

import csv
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from importing.nza.offers import Outcome
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.wait_text import WaitReading
from providers.csv_cells import neutral

HEADER = (
    "rij", "aanbieder", "agb", "locatie", "plaats", "circuit", "diagnose",
    "aanmeld_tekst", "aanmeld_weken", "aanmeld_uitleg",
    "behandel_tekst", "behandel_weken", "behandel_uitleg",
    "actie", "reden", "aanbod", "in_database",
)  # fmt: skip


def write_report(path: Path, outcomes: Iterable[Outcome], new_keys: Iterable[str]) -> int:
    """Write the report to ``path`` and return its number of lines. Raises ImportRefused."""
    fresh = set(new_keys)
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file, delimiter=";")
            lines.writerow(HEADER)
            number = 0
            for outcome in outcomes:
                lines.writerow(map(neutral, _cells(outcome, fresh)))
                number += 1
    except OSError as error:
        raise ImportRefused(
            _("Het verslag “%(name)s” is niet te schrijven.") % {"name": path.name}
        ) from error
    return number


def _cells(outcome: Outcome, fresh: set[str]) -> list[str]:
    row = outcome.row
    known = {True: "nieuw", False: "bestond al"}[outcome.offer_key in fresh]
    return [
        str(row.number), row.provider_name, row.agb_code, row.location_name, row.town,
        row.circuit, row.diagnosis, *_reading(row.intake), *_reading(row.treatment),
        outcome.action.value, outcome.reason, outcome.offer_key,
        known if outcome.offer_key else "",
    ]  # fmt: skip


def _reading(reading: WaitReading) -> tuple[str, str, str]:
    weeks = "" if reading.weeks is None else str(reading.weeks).replace(".", ",")
    return reading.text, weeks, reading.reason
