"""Tables that say what words and codes of a file mean, in fixtures/import/."""

import csv
from pathlib import Path

TABLES = Path(__file__).resolve().parents[2] / "fixtures" / "import"


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of the table called ``name``."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
