"""A table as a workbook, with lists to choose from."""

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from providers.spreadsheets import storable

TITLE, CHOICES = "Tabel", "Keuzes"
MOST_ROWS = 2000


def as_workbook(
    headings: Sequence[str],
    lines: Iterable[Sequence[str]],
    choices: Mapping[str, Sequence[str]],
    *,
    title: str = TITLE,
) -> bytes:
    """Return a workbook; `choices` are by heading. No cell of it is a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one sheet
    sheet.title = title
    for row, cells in enumerate([list(headings), *lines], 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column, storable(text) or None)
            if text:
                # As text, also what looks like a formula, a number or an error.
                cell.data_type = "s"
                cell.number_format = "@"
    sheet.freeze_panes = "C2"
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    for at, (heading, names) in enumerate(choices.items(), 1):
        letter = get_column_letter(at)
        for row, name in enumerate(names, 1):
            lists.cell(row, at, storable(name))
        rule = DataValidation(
            type="list", formula1=f"{CHOICES}!${letter}$1:${letter}${len(names)}", allow_blank=True
        )
        below = get_column_letter(headings.index(heading) + 1)
        rule.add(f"{below}2:{below}{MOST_ROWS}")
        sheet.add_data_validation(rule)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
