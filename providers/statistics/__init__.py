"""Waiting in figures: per kind of help or step, quarter and method, from measurements."""

from providers.statistics.figures import (
    SURVIVOR_BIAS,
    Figures,
    LineKey,
    Measured,
    Quarter,
    Row,
    figures,
    step_table,
    table,
)
from providers.statistics.reading import Served, complete, measurements, served

__all__ = [
    "SURVIVOR_BIAS",
    "Figures",
    "LineKey",
    "Measured",
    "Quarter",
    "Row",
    "Served",
    "complete",
    "figures",
    "measurements",
    "served",
    "step_table",
    "table",
]
