"""The vocabulary as tables: written out whole, and read back as a plan of changes.

Reading changes nothing. The plan says what would be new and what would be different, and every
mistake with its row; `providers.services.vocabulary.apply` carries it out, all or nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.csv_cells import as_csv
from providers.models import CareLevelText, HelpQuestion, SearchWord, TargetGroup, Theme
from providers.spreadsheets import is_date, read_table
from providers.vocabulary.words import normalise

# So much fits, written as text, in the form that confirms an import.
LARGEST_FILE = 700_000  # bytes
FIRST_ROW = 2  # the headings are row 1 of a spreadsheet
DATE_MADE = gettext_lazy(
    "Het rekenprogramma maakte hier een datum van: “%(cell)s”. Zet de kolom op 'Tekst' en typ "
    "opnieuw wat er stond, zoals 12-18."
)
KINDS = {"hulpvraag": HelpQuestion, "doelgroep": TargetGroup}

Cells = dict[str, str]
Values = dict[str, Any]
Word = tuple[str, str]  # kind and normalised text


class Problem(NamedTuple):
    """Something wrong in a file: the row of the spreadsheet, the heading, and what."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would be new or different; `cells` are [before, after] by heading."""

    row: int
    instance: models.Model
    is_new: bool
    cells: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change, or what is wrong with it."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def new(self) -> int:
        """Return how many rows would be added."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """Return how many rows would become different."""
        return len(self.changes) - self.new

    @property
    def mark(self) -> str:
        """Return what tells this plan from another, to see that it is still what was confirmed."""
        changes = repr([(change.row, change.is_new, change.cells) for change in self.changes])
        return hashlib.sha256(changes.encode()).hexdigest()[:32]


class MistakeError(Exception):
    """A cell that cannot be used, with a sentence that says why."""


def kind_of(word: SearchWord) -> str:
    """Return what a word points at: a help question or a target group."""
    return "hulpvraag" if word.help_question_id else "doelgroep"


def code_of(word: SearchWord) -> str:
    """Return the code a word points at."""
    return str(word.help_question_id or word.target_group_id)


class Meanings:
    """What every name and word of the vocabulary points at."""

    def __init__(self) -> None:
        self.codes: dict[str, set[str]] = {}
        self.names: dict[Word, str] = {}
        self.words: dict[Word, str] = {}
        for kind, model in KINDS.items():
            labels = dict(model._default_manager.values_list("code", "label"))
            self.codes[kind] = set(labels)
            for code, label in labels.items():
                self.names[kind, normalise(label)] = code
                self.names[kind, normalise(code)] = code
        for step in CareLevelText.objects.all():
            self.names["trede", normalise(step.label)] = str(step.level)
        self.themes = set(Theme.objects.values_list("code", flat=True))
        for word in SearchWord.objects.all():
            self.words[kind_of(word), word.key] = code_of(word)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it fills, and how a cell is read and written."""

    heading: str
    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the vocabulary."""

    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: Callable[[Any], Any]
    put: Callable[[Any, Values], None]
    check: Callable[[Values, Meanings], Iterator[tuple[str, str]]]
    rows: Callable[[], Any]

    @property
    def headings(self) -> list[str]:
        """Return the headings in their order."""
        return [column.heading for column in self.columns]

    def cells(self, instance: Any) -> Cells:
        """Return one row as text."""
        return {column.heading: column.write(instance) for column in self.columns}

    def written(self) -> str:
        """Return the whole table as CSV."""
        return as_csv(self.headings, (self.cells(row).values() for row in self.rows()))

    def plan(self, content: bytes) -> Plan:
        """Return what this file would change; raises ValidationError for what is no such table."""
        rows = _rows(content, self.headings)
        held = {self.key(row): row for row in self.rows()}
        return _Reader(self, Meanings(), held).plan(rows)


class _Reader:
    """Goes through the rows of one file."""

    def __init__(self, sheet: Sheet, meanings: Meanings, held: Mapping[Any, Any]) -> None:
        self.sheet, self.meanings, self.held = sheet, meanings, held
        self.seen: dict[Any, int] = {}
        self.problems: list[Problem] = []
        self.changes: list[Change] = []

    def plan(self, rows: list[tuple[int, Cells]]) -> Plan:
        for number, cells in rows:
            values = self._values(number, cells)
            if values is not None:
                self._compare(number, values)
        unchanged = len(rows) - len(self.changes)
        if self.problems:
            return Plan(problems=tuple(sorted(self.problems)))
        return Plan(tuple(self.changes), unchanged)

    def _values(self, number: int, cells: Cells) -> Values | None:
        values: Values = {}
        before = len(self.problems)
        for column in self.sheet.columns:
            if is_date(cells[column.heading]):
                self._wrong(
                    number, column.heading, str(DATE_MADE % {"cell": cells[column.heading]})
                )
                continue
            try:
                values[column.heading] = column.read(cells[column.heading])
            except MistakeError as mistake:
                self._wrong(number, column.heading, str(mistake))
        return values if len(self.problems) == before else None

    def _compare(self, number: int, values: Values) -> None:
        fresh = self.sheet.model()
        self.sheet.put(fresh, values)
        key = self.sheet.key(fresh)
        if key in self.seen:
            first = self.sheet.columns[0].heading
            self._wrong(number, first, _("Dit staat ook op rij %(n)s.") % {"n": self.seen[key]})
            return
        self.seen[key] = number
        held = self.held.get(key)
        after = self.sheet.cells(fresh)
        before = dict.fromkeys(after, "") if held is None else self.sheet.cells(held)
        if held is not None and before == after:
            return
        wrong = [*self.sheet.check(values, self.meanings), *self._invalid(fresh)]
        for heading, text in wrong:
            self._wrong(number, heading, text)
        instance = fresh if held is None else held
        self.sheet.put(instance, values)
        cells = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        self.changes.append(Change(number, instance, held is None, cells))

    def _invalid(self, fresh: models.Model) -> Iterator[tuple[str, str]]:
        """What the fields themselves refuse: too long, or no code."""
        headings = {column.field: column.heading for column in self.sheet.columns}
        others = {one.name for one in fresh._meta.fields if one.is_relation or not one.editable}
        try:
            fresh.clean_fields(exclude=others)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield headings.get(name, ""), " ".join(messages)

    def _wrong(self, row: int, column: str, text: str) -> None:
        self.problems.append(Problem(row, column, text))


def _rows(content: bytes, headings: Collection[str]) -> list[tuple[int, Cells]]:
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("Dit bestand is te groot. Hoogstens 700 kB."))
    found, lines = read_table(content)
    missing = [heading for heading in headings if heading not in found]
    if missing:
        raise ValidationError(
            _("Deze kolommen ontbreken: %(names)s.") % {"names": ", ".join(missing)}
        )
    if any(times > 1 for times in Counter(found).values()):
        raise ValidationError(_("Een kolom staat er twee keer."))
    return [
        (number, _row(found, line)) for number, line in enumerate(lines, FIRST_ROW) if any(line)
    ]


def _row(headings: list[str], line: list[str]) -> Cells:
    """A spreadsheet leaves out the empty cells at the end of a row."""
    return dict(zip(headings, [*line, *[""] * len(headings)], strict=False))
