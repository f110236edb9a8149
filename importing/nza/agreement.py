"""How our reading of waits compares with the weeks the Healthcare Authority coded in 2018.

The Authority coded "0 weken", "geen" and "direct" as 1; we keep 0. That convention is applied
before comparing and counted apart, so that both figures are there: with it and without it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from importing.nza.rows import NzaRow
from importing.nza.summary import coded_weeks
from importing.pipeline.wait_text import WaitReading

CODED_FOR_NONE = Decimal(1)


class Difference(NamedTuple):
    """One text that we read otherwise than it was coded."""

    text: str
    coded: str
    ours: str
    reason: str


@dataclass(slots=True)
class Agreement:
    """Cells with both a text and a coded number of weeks, and how many are the same."""

    cells: int = 0
    equal: int = 0
    zero_for_one: int = 0
    differences: Counter[Difference] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Share that agrees once our 0 is taken for their 1."""
        return (self.equal + self.zero_for_one) / self.cells if self.cells else 0.0

    @property
    def share_without_convention(self) -> float:
        """Share that is the very same number."""
        return self.equal / self.cells if self.cells else 0.0

    def add(self, reading: WaitReading, coded: str) -> None:
        """Count one cell, if it has a text and a number."""
        weeks = coded_weeks(coded)
        if weeks is None or not reading.text:
            return
        self.cells += 1
        if reading.weeks == weeks:
            self.equal += 1
        elif reading.weeks == 0 and weeks == CODED_FOR_NONE:
            self.zero_for_one += 1
        else:
            self.differences[_difference(reading, coded, weeks)] += 1


def agreement(rows: Iterable[NzaRow]) -> Agreement:
    """Compare every wait in ``rows`` with its coded weeks."""
    found = Agreement()
    for reading, coded in _cells(rows):
        found.add(reading, coded)
    return found


def _cells(rows: Iterable[NzaRow]) -> Iterator[tuple[WaitReading, str]]:
    for row in rows:
        yield row.intake, row.coded_intake
        yield row.treatment, row.coded_treatment


def _difference(reading: WaitReading, coded: str, weeks: Decimal) -> Difference:
    ours = "onbekend" if reading.weeks is None else str(reading.weeks).replace(".", ",")
    return Difference(reading.text, coded, ours, _why(reading, weeks))


def _why(reading: WaitReading, coded: Decimal) -> str:
    if reading.weeks is None:
        return "geen getal in de tekst: bij ons onbekend, NZa vult 1 in"
    if "dagen" in reading.reason:
        return "NZa rondt dagen op of telt werkdagen als dagen; wij delen door 7 of 5"
    if "maanden" in reading.reason:
        return _why_months(reading)
    if reading.weeks < 1 <= coded:
        return "minder dan een week: NZa noteert 1"
    return "NZa week hier af van haar eigen regel; het midden klopt"


def _why_months(reading: WaitReading) -> str:
    if "midden" in reading.reason:
        return "NZa nam hier niet het midden, of rekende met kalendermaanden"
    return "NZa rekende hier met kalendermaanden (13 weken per kwartaal); een maand is 4 weken"
