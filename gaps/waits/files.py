"""The figures of a report as CSV and as a workbook: numbers only, with a status and a guide."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gaps.waits.guide import guide
from gaps.waits.lines import COLUMNS, Column, Line, Value, for_a_file
from gaps.waits.report import Comparison, WaitReport
from gaps.waits.words import percent, rounded
from providers.csv_cells import as_csv
from providers.spreadsheets import storable

FIRST = ("plaats", "peildatum", "kwartaal", "methode", "indeling", "regel")
KINDS, STEPS, PROVIDERS = "soort hulp", "trede", "aanbieder"
NARROWEST, WIDEST = 9, 70  # letters
Cells = list[Any]


def csv_of(report: WaitReport) -> str:
    """Return the figures as CSV for a Dutch spreadsheet; shares in hundredths of the offers."""
    return as_csv(_headings(), ([_csv(cell) for cell in cells] for cells in _lines(report)))


def guide_csv(report: WaitReport) -> str:
    """Return what the columns and statuses mean, as a second file."""
    return as_csv([_("onderwerp"), _("uitleg")], guide(report))


def comparison_csv(found: Comparison) -> str:
    """Return the providers beside each other as CSV."""
    headings = [*FIRST[:4], KINDS, PROVIDERS, *_headings()[len(FIRST) :]]
    return as_csv(headings, ([_csv(cell) for cell in cells] for cells in _providers(found)))


def workbook_of(report: WaitReport, compared: Comparison | None = None) -> bytes:
    """Return a workbook: the figures with numbers as numbers, providers if any, and the guide."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one sheet
    sheet.title = _("Wachttijden")
    _fill(sheet, _headings(), _lines(report))
    if compared:
        headings = [*FIRST[:4], KINDS, PROVIDERS, *_headings()[len(FIRST) :]]
        _fill(book.create_sheet(_("Aanbieders")), headings, _providers(compared))
    _fill(book.create_sheet(_("Leeswijzer")), [_("onderwerp"), _("uitleg")], guide(report))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _headings() -> list[str]:
    figures = [f"{one.code}_procent" if one.is_share else one.code for one in COLUMNS]
    return [*FIRST, *figures, "status"]


def _lines(report: WaitReport) -> Iterable[Cells]:
    for kind, lines in ((KINDS, report.lines), (STEPS, report.steps)):
        for line in lines:
            # The total stands in both tables, and in the file once.
            if line.is_total and kind == STEPS:
                continue
            start = [report.place.name, report.on, str(line.quarter), line.method.value]
            yield [*start, kind, line.label, *_numbers(line), " ".join(line.status)]


def _providers(found: Comparison) -> Iterable[Cells]:
    for one in found.lines:
        line = for_a_file(one.line)
        start = [found.place.name, found.on, str(line.quarter), line.method.value]
        yield [*start, line.label, one.provider, *_numbers(line), " ".join(line.status)]


def _numbers(line: Line) -> list[Value]:
    return [_number(column, value) for column, value in zip(COLUMNS, line.values, strict=True)]


def _number(column: Column, value: Value) -> Value:
    if value is None or isinstance(value, int):
        return value
    return percent(value) if column.is_share else rounded(value)


def _csv(cell: Any) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def _fill(sheet: Worksheet, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    sheet.append(list(headings))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append([storable(value) for value in line])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.iter_cols(), 1):
        longest = max(len(str(cell.value or "")) for cell in column)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
        for cell in column:
            if cell.data_type == "f":
                # A name that begins with "=" is a name.
                cell.data_type = "s"
            elif isinstance(cell.value, dt.date):
                cell.number_format = "yyyy-mm-dd"
