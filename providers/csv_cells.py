"""CSV that opens well in a Dutch spreadsheet, and comes back from one as it went."""

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
# A cell that begins with one of these is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def restored(cell: str) -> str:
    """Return what a cell said before it was made neutral."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    # Apostrophes too: what was made neutral before has to come back whole.
    return cell.lstrip("' ").startswith(FORMULA_STARTS)


def as_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table as CSV: semicolons, a byte order mark, every cell neutral."""
    text = io.StringIO(newline="")
    text.write(BOM)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue()


def decoded(content: bytes) -> str:
    """Return the text of a file that a spreadsheet saved: UTF-8, or else Windows-1252.

    Raises UnicodeDecodeError for what is neither.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def records(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the rows, cells trimmed and restored; an empty row has no cells.

    The separator is the one of the first line. Raises csv.Error for what is no CSV.
    """
    first_line = text.partition("\n")[0]
    separator = max(";,\t", key=first_line.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    if not lines:
        return [], []
    rows = [[restored(cell).strip() for cell in line] for line in lines[1:]]
    return [cell.strip().lower() for cell in lines[0]], rows
