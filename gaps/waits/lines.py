"""The lines of a table of waits: what page, chart and file show of each, and why not more."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaps.waits.hiding import NOTHING, Hides, hides_of
from gaps.waits.words import NO_FIGURE, measured, percentage, weeks
from providers.enums import HelpKind, WaitMethod
from providers.rules.small_numbers import (
    Hidden,
    is_small,
    rounded,
    rounded_words,
    small_number_words,
)
from providers.statistics import Figures, LineKey, Quarter, Row

BEGAN = (WaitMethod.MEAN, WaitMethod.MEDIAN)
Value = int | Decimal | None


class Column(NamedTuple):
    """One figure: its name in files, its heading, how it is read and how it is printed."""

    code: str
    heading: Any
    read: Callable[[Figures], Value]
    text: Callable[[Any], str] = str

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the measured offers."""
        return self.text is percentage


COLUMNS = (
    Column("aanbod", gettext_lazy("aanbod"), lambda one: one.offers),
    Column("gemeten", gettext_lazy("gemeten"), lambda one: one.n),
    Column("stop", gettext_lazy("stop"), lambda one: one.stops),
    Column("onbekend", gettext_lazy("onbekend"), lambda one: one.unknown),
    Column("kortste", gettext_lazy("kortste"), lambda one: one.low, measured),
    Column("mediaan", gettext_lazy("mediaan"), lambda one: one.median, weeks),
    Column("gemiddelde", gettext_lazy("gemiddelde"), lambda one: one.mean, weeks),
    Column("langste", gettext_lazy("langste"), lambda one: one.high, measured),
    Column("sd", gettext_lazy("SD"), lambda one: one.sd, weeks),
    Column(
        "korter_dan_1_week",
        gettext_lazy("< 1 week, van het aanbod"),
        lambda one: one.under_a_week,
        percentage,
    ),
    Column(
        "binnen_4_weken",
        gettext_lazy("binnen 4 weken, van het aanbod"),
        lambda one: one.within_four_weeks,
        percentage,
    ),
    Column(
        "in_de_norm",
        gettext_lazy("in de norm, van het aanbod"),
        lambda one: one.within_norm,
        percentage,
    ),
    Column("wachtenden", gettext_lazy("wachtenden"), lambda one: one.waiting),
)
CODES = tuple(column.code for column in COLUMNS)
MEASURED, NORM, WAITING = (CODES.index(code) for code in ("gemeten", "in_de_norm", "wachtenden"))
# How many offers there are: those measured follow from the others.
OFFERS = tuple(CODES.index(code) for code in ("aanbod", "gemeten", "stop", "onbekend"))


class Status:
    """Why a number of a file is not there, or what to mind; one line may have several."""

    RUNNING = "loopt-nog"
    FEW = "minder-dan-5-gemeten"
    WITHHELD = "niet-getoond"
    NOTHING_MEASURED = "niets-gemeten"
    NO_NORM = "geen-norm"
    FEW_WAITING = "minder-dan-5-wachtenden"
    WAITING_WITHHELD = "wachtenden-niet-getoond"
    WAITING_UNKNOWN = "wachtenden-onbekend"
    APART = "telt-in-geen-totaal"
    ONLY_STARTED = "alleen-wie-begon"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: as text for the page, as numbers for files."""

    quarter: Quarter
    method: WaitMethod
    label: str
    kind: HelpKind | None
    is_total: bool
    # Counts in no total: help of the local team, prevention, the chain of safety, unknown kinds.
    is_apart: bool
    # The quarter has not ended: its figures may change.
    is_running: bool
    # In the order of COLUMNS; None is hidden or not known.
    values: tuple[Value, ...]
    cells: tuple[str, ...]
    status: tuple[str, ...]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Return each figure with the name of its column."""
        return list(zip(headings(), self.cells, strict=True))

    @property
    def counts_only_started(self) -> bool:
        """Whether it is of who began only, which has to be said beside it."""
        return self.method in BEGAN

    def value(self, code: str) -> Value:
        """Return one figure; None where it is hidden or not known."""
        return self.values[CODES.index(code)]

    def cell(self, code: str) -> str:
        """Return one figure as people read it."""
        return self.cells[CODES.index(code)]


def in_fives(line: Line) -> Line:
    """Return a line as everybody reads it: numbers of offers to the nearest five, few unsaid.

    Beside the line of one municipality, which its members read, an exact number of the region
    would tell how many few offers were measured elsewhere, and with both means what they measured.
    """
    values, cells = list(line.values), list(line.cells)
    for place in OFFERS:
        number = line.values[place]
        if isinstance(number, int) and number:
            values[place], cells[place] = rounded(number), rounded_words(number)
    return replace(line, values=tuple(values), cells=tuple(cells))


def for_a_file(line: Line) -> Line:
    """Return a line of which a page shows every number as a file holds it.

    What leaves the house ends up anywhere: people are rounded, and few of them left out.
    """
    people = line.values[WAITING]
    if not isinstance(people, int):
        return line
    values = list(line.values)
    values[WAITING] = rounded(people)
    status = (*line.status, Status.FEW_WAITING) if is_small(people) else line.status
    return replace(line, values=tuple(values), status=status)


def headings() -> list[str]:
    """Return the names of the columns with figures."""
    return [str(column.heading) for column in COLUMNS]


def lines_of(
    rows: Iterable[Row],
    *,
    running: Quarter | None = None,
    hides: bool = True,
    withheld: Collection[LineKey] = (),
) -> tuple[Line, ...]:
    """Return the rows of a table as lines from which no hidden number follows.

    `running` is the quarter that has not ended; `withheld` are not shown because of another place.
    Without `hides` every number is shown: for who may compare providers.
    """
    lines: list[Line] = []
    for _key, group in groupby(rows, key=_quarter_and_method):
        part = list(group)
        hidden = hides_of(part, withheld) if hides else [NOTHING] * len(part)
        lines += [line_of(row, one, running) for row, one in zip(part, hidden, strict=True)]
    return tuple(lines)


def _quarter_and_method(row: Row) -> tuple[Quarter, WaitMethod]:
    return row.quarter, row.method


def line_of(row: Row, hides: Hides, running: Quarter | None, label: str = "") -> Line:
    """Return one row as a line."""
    is_running = row.quarter == running
    return Line(
        quarter=row.quarter,
        method=row.method,
        label=label or _label(row),
        kind=row.kind,
        is_total=row.is_total,
        is_apart=row.is_apart,
        is_running=is_running,
        values=_values(row.figures, hides),
        cells=cells(row.figures, hides, is_total=row.is_total),
        status=_status(row, hides, is_running=is_running),
    )


def _label(row: Row) -> str:
    if row.level is not None:
        return _("Trede %(n)s: %(name)s") % {"n": row.level.value, "name": row.level.label}
    return str(row.kind.label) if row.kind else _("Alle soorten specialistische hulp")


def _values(figures: Figures, hides: Hides) -> tuple[Value, ...]:
    if hides.line:
        return (None,) * len(COLUMNS)
    values = [column.read(figures) for column in COLUMNS]
    values[WAITING] = hides.people(figures)
    return tuple(values)


def cells(
    figures: Figures, hides: Hides | None = None, *, is_total: bool = False
) -> tuple[str, ...]:
    """Return figures as people read them, without what is hidden."""
    hides = Hides.alone(figures) if hides is None else hides
    texts = [
        NO_FIGURE if value is None else column.text(value)
        for column, value in zip(COLUMNS, _values(figures, hides), strict=True)
    ]
    if hides.line:
        texts[MEASURED] = _instead(hides.line, figures.n)
        return tuple(texts)
    if not figures.n:
        texts[MEASURED] = _("geen")
    elif figures.within_norm is None and not is_total:
        texts[NORM] = _("geen norm")
    if hides.waiting:
        texts[WAITING] = _instead(hides.waiting, figures.waiting or 0)
    elif figures.waiting is None:
        texts[WAITING] = _("onbekend")
    return tuple(texts)


def _instead(hidden: Hidden, number: int) -> str:
    """Return what is shown in the place of a hidden number."""
    if hidden is Hidden.SMALL:
        return small_number_words(number)
    return _("niet getoond") if hidden is Hidden.WITHHELD else NO_FIGURE


def _status(row: Row, hides: Hides, *, is_running: bool) -> tuple[str, ...]:
    figures = row.figures
    found = {
        Status.RUNNING: is_running,
        Status.APART: row.is_apart,
        Status.ONLY_STARTED: row.method in BEGAN,
        Status.FEW: hides.line is Hidden.SMALL,
        Status.WITHHELD: hides.line in (Hidden.WITHHELD, Hidden.BLANK),
        Status.NOTHING_MEASURED: not hides.line and not figures.n,
        Status.NO_NORM: not hides.line and bool(figures.n) and figures.within_norm is None,
        Status.FEW_WAITING: not hides.line and hides.waiting is Hidden.SMALL,
        Status.WAITING_WITHHELD: not hides.line
        and hides.waiting in (Hidden.WITHHELD, Hidden.BLANK),
        Status.WAITING_UNKNOWN: not hides.line and figures.waiting is None,
    }
    return tuple(name for name, holds in found.items() if holds)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one quarter and one method: a table of its own."""

    quarter: Quarter
    method: WaitMethod
    lines: tuple[Line, ...]
    steps: tuple[Line, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether the quarter has not ended."""
        return any(line.is_running for line in self.lines)

    @property
    def counts_only_started(self) -> bool:
        """Whether it counts only who began."""
        return self.method in BEGAN

    @property
    def title(self) -> str:
        """The quarter in words, marked while it runs."""
        words = self.quarter.words
        return _("%(quarter)s (loopt nog)") % {"quarter": words} if self.is_running else words


def parts_of(lines: Sequence[Line], steps: Sequence[Line] = ()) -> list[Part]:
    """Return the lines by quarter and method, the newest first."""
    by_part: dict[tuple[Quarter, WaitMethod], tuple[list[Line], list[Line]]] = {}
    for place, found in enumerate((lines, steps)):
        for line in found:
            by_part.setdefault((line.quarter, line.method), ([], []))[place].append(line)
    return [Part(*key, tuple(kinds), tuple(levels)) for key, (kinds, levels) in by_part.items()]
