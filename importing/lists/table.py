"""Find the table in a file: where its headings are, and the rows below them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from importing.lists.columns import Column, column_named, keys_of, recognise
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile, clean_cell
from providers.spreadsheets import MOST_COLUMNS, MOST_ROWS, read_lines

# Titles, dates and empty lines may stand above the headings, but not many.
MOST_ABOVE = 30


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list as it came: headings with a key each, and numbered rows of as many cells."""

    headings: list[str]
    keys: list[str]
    rows: list[tuple[int, list[str]]]

    def columns(self, known: Mapping[str, str]) -> dict[str, Column]:
        """Return what each column holds, by its key; `known` is what was mapped by hand before."""
        return recognise(self.headings, [cells for _number, cells in self.rows], known)

    def example(self, key: str) -> str:
        """Return the first cell with something in it under this heading."""
        at = self.keys.index(key)
        return next((cells[at] for _number, cells in self.rows if cells[at]), "")


def read_list(file: TextFile) -> ListTable:
    """Read ``file``, a CSV file or a workbook. Raises ImportRefused in one sentence."""
    try:
        lines = read_lines(file.content)
    except ValidationError as error:
        raise ImportRefused(" ".join(error.messages)) from error
    if len(lines) > MOST_ROWS:
        raise ImportRefused(
            _("Meer dan %(most)d rijen nemen we niet in. Knip het bestand in stukken.")
            % {"most": MOST_ROWS}
        )
    at = _line_of_headings(lines)
    if at is None:
        raise ImportRefused(_("In dit bestand vinden we geen regel met kolomkoppen."))
    headings = _trimmed([clean_cell(cell) for cell in lines[at]])
    if len(headings) > MOST_COLUMNS:
        raise ImportRefused(
            _("Dit bestand heeft meer dan %(most)d kolommen.") % {"most": MOST_COLUMNS}
        )
    rows = [
        (number, _filled(cells, len(headings)))
        for number, cells in enumerate(lines[at + 1 :], at + 2)
        if any(cells)
    ]
    if not rows:
        raise ImportRefused(_("Het bestand heeft kolommen, maar geen enkele rij."))
    return ListTable(headings, keys_of(headings), rows)


def _line_of_headings(lines: Sequence[Sequence[str]]) -> int | None:
    """Return the line with the most headings that we know, else the first with two cells."""
    top = [list(cells) for cells in lines[:MOST_ABOVE]]
    known = [sum(bool(column_named(cell)) for cell in cells) for cells in top]
    if known and max(known) > 1:
        return known.index(max(known))
    filled = [at for at, cells in enumerate(top) if sum(map(bool, cells)) > 1]
    return filled[0] if filled else None


def _trimmed(headings: list[str]) -> list[str]:
    while headings and not headings[-1]:
        headings.pop()
    return headings


def _filled(cells: Sequence[str], number: int) -> list[str]:
    """Return as many cells as there are headings; what stands beside the table is left out."""
    return [clean_cell(cell) for cell in [*cells, *[""] * number][:number]]
