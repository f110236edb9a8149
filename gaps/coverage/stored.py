"""Cells as JSON and back: what a snapshot holds."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from gaps.cells.cell import Cell, CellClass, Demand, Supply, Thresholds
from providers.figures.demand import CellKey, DemandFigures

Content = dict[str, Any]
# Raised when a field of Supply changes: of an older format only the class can be read.
FORMAT = 1
FIELDS = [field.name for field in fields(Supply)]
# Not dataclasses.astuple: its deep copies took a quarter of the time of storing the country.
_values = attrgetter(*FIELDS)


def content_of(cells: Iterable[Cell], thresholds: Thresholds) -> Content:
    """Return cells of one municipality as a snapshot stores them; without what was asked for."""
    return {
        "format": FORMAT,
        "thresholds": asdict(thresholds),
        "fields": FIELDS,
        "cells": [
            [cell.key.question, cell.key.band, cell.kind.value, *_values(cell.supply)]
            for cell in cells
        ],
    }


def cells_from(municipality: str, content: Content, demand: Demand) -> Iterator[Cell]:
    """Yield the cells of a snapshot, beside what was asked for."""
    names = content["fields"]
    for question, band, kind, *values in content["cells"]:
        key = CellKey(municipality, question, band)
        figures = demand.get(key, DemandFigures())
        yield Cell(key, _supply(names, values), figures, CellClass(kind))


def _supply(names: list[str], values: list[Any]) -> Supply:
    known: Content = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in zip(names, values, strict=True)
        if name in FIELDS
    }
    return Supply(**known)


def thresholds_from(content: Content) -> Thresholds:
    """Return by which thresholds a snapshot was judged."""
    return Thresholds(**content["thresholds"])
