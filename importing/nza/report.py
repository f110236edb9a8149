"""What the report says of each row of a list."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from importing.nza.rows import NzaRow
from importing.pipeline import report
from importing.pipeline.outcome import Outcome
from importing.pipeline.wait_text import WaitReading

HEADER = (
    "rij", "aanbieder", "agb", "locatie", "plaats", "circuit", "diagnose",
    "aanmeld_tekst", "aanmeld_weken", "aanmeld_uitleg",
    "behandel_tekst", "behandel_weken", "behandel_uitleg",
    "actie", "reden", "aanbod", "in_database",
)  # fmt: skip


def write_report(path: Path, outcomes: Iterable[Outcome[NzaRow]], new_keys: Iterable[str]) -> None:
    """Write a line per row to ``path``. Raises ImportRefused."""
    report.write_report(path, HEADER, _lines(outcomes, set(new_keys)))


def _lines(outcomes: Iterable[Outcome[NzaRow]], new_keys: set[str]) -> Iterator[list[str]]:
    for outcome in outcomes:
        row = outcome.row
        known = "nieuw" if outcome.offer_key in new_keys else "bestond al"
        yield [
            str(row.number), row.provider_name, row.agb_code, row.location_name, row.town,
            row.circuit, row.diagnosis, *_reading(row.intake), *_reading(row.treatment),
            outcome.action.value, outcome.reason, outcome.offer_key,
            known if outcome.offer_key else "",
        ]  # fmt: skip


def _reading(reading: WaitReading) -> tuple[str, str, str]:
    weeks = "" if reading.weeks is None else str(reading.weeks).replace(".", ",")
    return reading.text, weeks, reading.reason
