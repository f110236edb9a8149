"""Counts of a list that has been read: by circuit, in rows, nothing rounded away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from importing.nza.offers import saying_of
from importing.nza.rows import NzaRow
from importing.pipeline.outcome import Outcome
from importing.pipeline.wait_text import WaitStatus


@dataclass(slots=True)
class Weeks:
    """Weeks over rows: how many rows have them, and their sum."""

    count: int = 0
    total: Decimal = Decimal(0)

    def add(self, weeks: Decimal | None) -> None:
        """Count one row, unless its weeks are unknown."""
        if weeks is not None:
            self.count += 1
            self.total += weeks

    @property
    def mean(self) -> Decimal | None:
        """Mean weeks, two decimals; None without rows."""
        return (self.total / self.count).quantize(Decimal("0.01")) if self.count else None

    def as_data(self) -> dict[str, int | float | None]:
        """Return the figures for JSON."""
        mean = None if self.mean is None else float(self.mean)
        return {"rijen": self.count, "gemiddelde_weken": mean}


@dataclass(slots=True)
class CircuitSummary:
    """One circuit: rows, what became of them, and waits as we read them and as NZa coded them.

    Means are over rows of the list, to compare with the list. They are no statistic of care:
    one institution may fill a hundred rows.
    """

    circuit: str
    rows: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    stops: int = 0
    intake: Weeks = field(default_factory=Weeks)
    treatment: Weeks = field(default_factory=Weeks)
    coded_intake: Weeks = field(default_factory=Weeks)
    coded_treatment: Weeks = field(default_factory=Weeks)

    def add(self, outcome: Outcome[NzaRow]) -> None:
        """Count one row in."""
        row = outcome.row
        self.rows += 1
        self.actions[outcome.action.value] += 1
        self.stops += saying_of(row).status is WaitStatus.STOP
        self.intake.add(row.intake.weeks)
        self.treatment.add(row.treatment.weeks)
        self.coded_intake.add(coded_weeks(row.coded_intake))
        self.coded_treatment.add(coded_weeks(row.coded_treatment))

    def as_data(self) -> dict[str, object]:
        """Return the figures for JSON."""
        weeks = {
            "aanmeld": self.intake,
            "behandel": self.treatment,
            "aanmeld_nza": self.coded_intake,
            "behandel_nza": self.coded_treatment,
        }
        figures = {name: item.as_data() for name, item in weeks.items()}
        return {
            "circuit": self.circuit,
            "rijen": self.rows,
            "acties": dict(self.actions),
            "stops": self.stops,
            **figures,
        }


def coded_weeks(text: str) -> Decimal | None:
    """Return the weeks in a coded cell; None for "-", "Stop" and the like."""
    try:
        weeks = Decimal(text)
    except InvalidOperation:
        return None
    # "NaN" is what some programs write for an empty cell, and a number to Decimal.
    return weeks if weeks.is_finite() else None


def by_circuit(outcomes: Iterable[Outcome[NzaRow]]) -> list[CircuitSummary]:
    """Return one summary per circuit, largest first; no circuit is called Onbekend."""
    found: dict[str, CircuitSummary] = {}
    for outcome in outcomes:
        name = outcome.row.circuit or "Onbekend"
        found.setdefault(name, CircuitSummary(name)).add(outcome)
    return sorted(found.values(), key=lambda item: (-item.rows, item.circuit))


def as_lines(summaries: Sequence[CircuitSummary]) -> list[str]:
    """Return the summaries as a table of text lines, with a total of the rows."""
    head = ("circuit", "rijen", "stops", "aanmeld", "gem. wk", "behandel", "gem. wk")
    lines = [head, *(_cells(item) for item in summaries)]
    lines.append(("totaal", str(sum(item.rows for item in summaries)), *[""] * 5))
    return [f"{line[0]:<16}" + "".join(f"{cell:>10}" for cell in line[1:]) for line in lines]


def _cells(item: CircuitSummary) -> tuple[str, ...]:
    weeks = (item.intake.count, item.intake.mean, item.treatment.count, item.treatment.mean)
    return item.circuit, str(item.rows), str(item.stops), *(_dutch(value) for value in weeks)


def _dutch(value: int | Decimal | None) -> str:
    return "-" if value is None else str(value).replace(".", ",")
