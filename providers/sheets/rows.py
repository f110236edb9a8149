"""Tables of which each line is a thing of its own: a place, a municipality, a start of a group.

A line with its number changes what is there, one without adds; what is not in the file stays as it
is. Reading changes nothing: `providers.services.files.rows` carries a plan out, all or nothing.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from providers.models import Provider
from providers.sheets.cells import plain_cell, quoted
from providers.spreadsheets import is_date, read_table
from providers.vocabulary.csv_file import DATE_MADE, FIRST_ROW, Cells, MistakeError, Problem

NUMBER = "nummer"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its heading, what it fills, and how a cell is read and written.

    `read` raises MistakeError, or ValidationError, with a sentence for who filled the cell in.
    """

    heading: str
    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    choices: tuple[str, ...] = ()
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What there is now: by what it is found, what it is called, its values, and its version."""

    key: str
    label: str
    keys: Cells
    values: Mapping[str, Any]
    version: int = 0


@dataclass(frozen=True, slots=True)
class RowChange:
    """A line that would be new or different.

    `values` are all of its values afterwards, `cells` are [before, after] by heading.
    """

    row: int
    key: str
    label: str
    keys: Cells
    is_new: bool
    values: Mapping[str, Any]
    cells: Mapping[str, list[str]]
    version: int = 0


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What a table would change, or what is wrong with it."""

    changes: tuple[RowChange, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def mark(self) -> str:
        """Return what tells this plan from another, to see that it is still what was shown."""
        return repr([(one.row, one.key, one.version, one.cells) for one in self.changes])


class RowSheet(ABC):
    """One kind of table: its headings, what goes out, and what a new line needs."""

    # As it stands in addresses and in the database; the name of a file of it.
    kind: str
    # What finds a line, and what stands there for who reads only.
    keys: tuple[str, ...]
    information: tuple[str, ...] = ()

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    @property
    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """Its columns but for the keys."""

    @property
    def headings(self) -> list[str]:
        """The first line of the table."""
        return [*self.keys, *self.information, *(one.heading for one in self.fields)]

    @property
    def choices(self) -> dict[str, list[str]]:
        """What one may choose from, by heading."""
        return {one.heading: list(one.choices) for one in self.fields if one.choices}

    @property
    def by_heading(self) -> dict[str, Field]:
        """The columns by heading."""
        return {one.heading: one for one in self.fields}

    @abstractmethod
    def lines(self) -> list[Line]:
        """Return what there is, in a fixed order."""

    @abstractmethod
    def key_of(self, cells: Cells) -> str:
        """Return by what a line is found; empty for a new one. Raises CellError."""

    @abstractmethod
    def new_label(self, cells: Cells) -> str:
        """Return what a new line is called. Raises CellError when it may not be added."""

    def mistakes(
        self, key: str, cells: Cells, values: Mapping[str, Any]
    ) -> Iterable[tuple[str, str]]:
        """Return (heading, sentence) for what no cell alone is wrong in."""
        return ()

    def cells_of(self, line: Line) -> Cells:
        """Return a line as text; the same before it goes out and when it is back."""
        filled = {one.heading: one.write(line.values[one.name]) for one in self.fields}
        return {heading: plain_cell(text) for heading, text in {**line.keys, **filled}.items()}

    def rows(self) -> Iterable[list[str]]:
        """Yield the rows that go out."""
        for line in self.lines():
            cells = self.cells_of(line)
            yield [cells.get(heading, "") for heading in self.headings]


class CellError(Exception):
    """A line that cannot be used: under which heading, and why."""

    def __init__(self, heading: str, text: str) -> None:
        super().__init__(text)
        self.heading, self.text = heading, text


def plan_of(sheet: RowSheet, content: bytes) -> RowPlan:
    """Return what this file would change; raises ValidationError for what is no such table."""
    headings, lines = read_table(content)
    check_headings(headings, needed=sheet.keys, known=sheet.headings)
    return _Reader(sheet, headings).plan(lines)


def check_headings(headings: list[str], *, needed: Iterable[str], known: Iterable[str]) -> None:
    """Raise ValidationError when a column is missing, stands there twice, or is none of ours."""
    for name in needed:
        if name not in headings:
            text = _("De kolom “%(name)s” ontbreekt. Download eerst de tabel en pas die aan.")
            raise ValidationError(text % {"name": name})
    twice = [name for name, times in Counter(filter(None, headings)).items() if times > 1]
    if twice:
        raise ValidationError(
            _("De kolom “%(name)s” staat er twee keer.") % {"name": quoted(twice[0])}
        )
    unknown = [name for name in headings if name and name not in known]
    if unknown:
        raise ValidationError(
            _("De kolom “%(name)s” kennen we niet.") % {"name": quoted(unknown[0])}
        )


@dataclass(slots=True)
class _Reader:
    """Goes through the rows of one file."""

    sheet: RowSheet
    headings: Sequence[str]
    stored: dict[str, Line] = field(init=False)
    seen: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stored = {line.key: line for line in self.sheet.lines()}

    def plan(self, lines: list[list[str]]) -> RowPlan:
        rows = [(n, line) for n, line in enumerate(lines, FIRST_ROW) if any(line)]
        for number, line in rows:
            filled = [*line, *[""] * len(self.headings)]
            cells = dict(zip(self.headings, map(plain_cell, filled), strict=False))
            try:
                self._row(number, cells)
            except CellError as error:
                self._wrong(number, error.heading, error.text)
        if self.problems:
            return RowPlan(problems=tuple(sorted(self.problems)))
        return RowPlan(tuple(self.changes), len(rows) - len(self.changes))

    def _row(self, row: int, cells: Cells) -> None:
        key = self.sheet.key_of(cells)
        if key and key in self.seen:
            text = _("Dit staat ook op rij %(n)s.") % {"n": self.seen[key]}
            raise CellError(self.sheet.keys[0], text)
        self.seen[key] = row
        line = self.stored.get(key)
        label = line.label if line else self.sheet.new_label(cells)
        before = self.sheet.cells_of(line) if line else {}
        wrong = len(self.problems)
        values = self._values(row, cells, before, line)
        changed = self._changed(values, line)
        if len(self.problems) > wrong or not changed:
            return
        mistakes = list(self.sheet.mistakes(key, cells, values))
        for heading, text in mistakes:
            self._wrong(row, heading, text)
        if mistakes:
            return
        shown = {
            one.heading: [before.get(one.heading, ""), plain_cell(one.write(values[one.name]))]
            for one in changed
        }
        version = line.version if line else 0
        keys = {heading: cells[heading] for heading in self.sheet.keys}
        self.changes.append(RowChange(row, key, label, keys, line is None, values, shown, version))

    def _values(self, row: int, cells: Cells, before: Cells, line: Line | None) -> dict[str, Any]:
        """Return every value of this row, read where its cell says something else than before."""
        found: dict[str, Any] = {}
        for one in self.sheet.fields:
            cell = cells.get(one.heading, "")
            same = one.heading not in cells or cell == before.get(one.heading)
            if line and same:
                found[one.name] = line.values[one.name]
                continue
            try:
                found[one.name] = self._read(one, cell)
            except MistakeError as mistake:
                self._wrong(row, one.heading, str(mistake))
            except ValidationError as error:
                self._wrong(row, one.heading, " ".join(error.messages))
        return found

    def _read(self, one: Field, cell: str) -> Any:
        if is_date(cell) and not one.is_day:
            raise MistakeError(str(DATE_MADE % {"cell": cell}))
        return one.read(cell)

    def _changed(self, values: Mapping[str, Any], line: Line | None) -> list[Field]:
        if line is None:
            return [one for one in self.sheet.fields if one.name in values]
        known = (one for one in self.sheet.fields if one.name in values)
        return [one for one in known if values[one.name] != line.values[one.name]]

    def _wrong(self, row: int, column: str, text: str) -> None:
        self.problems.append(Problem(row, column, text))
