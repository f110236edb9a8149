"""The reference data every installation starts from: regions, municipalities, places, words.

The files stand in ``fixtures/`` (see its README for where they come from). Loading them again
changes what differs and touches nothing else, so an update of the files is one command away.
"""

from __future__ import annotations

import csv
from pathlib import Path

from django.conf import settings

Row = dict[str, str]

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SCHEMATIC_OUTLINES = FIXTURES / "outlines" / "municipalities.geojson"


def loaded_outlines() -> Path:
    """Where ``load_boundaries`` keeps the official boundaries; the file need not exist."""
    return Path(settings.VAR_DIR) / "boundaries.geojson"


def outlines_path() -> Path:
    """The municipal outlines for the map: the loaded official ones, else the schematic ones."""
    loaded = loaded_outlines()
    return loaded if loaded.is_file() else SCHEMATIC_OUTLINES


def reference_rows(name: str) -> list[Row]:
    """The rows of ``fixtures/reference/<name>.csv``."""
    return _rows(FIXTURES / "reference" / f"{name}.csv")


def vocabulary_rows(name: str) -> list[Row]:
    """The rows of ``fixtures/vocabulary/<name>.csv``."""
    return _rows(FIXTURES / "vocabulary" / f"{name}.csv")


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
