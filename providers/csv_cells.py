"""CSV that opens well in a Dutch spreadsheet, and comes back from one as it went."""

import csv
import io
import re
from collections.abc import Iterable
from itertools import islice

BOM = "\ufeff"
SEPARATOR = re.compile(rf"{BOM}?\"?sep=(?P<separator>[;,\t|])\"?[;,\t|]*\r?\n", re.IGNORECASE)
# So many lines show what separates cells: titles and empty lines may stand above the headings.
FIRST_LINES = 30
# Characters that nobody sees and that no workbook can hold; tabs and ends of lines are not such.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A cell that begins with one of these is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def without_unseen(text: str) -> str:
    """Return a text without characters that nobody sees and no workbook can hold."""
    return UNSEEN.sub("", text)


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
    """Return the text of a file that a spreadsheet saved: UTF-8, UTF-16, or else Windows-1252.

    Raises UnicodeDecodeError for what is none of them.
    """
    encoding = _utf_16(content)
    if encoding:
        return content.decode(encoding).removeprefix(BOM)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _utf_16(content: bytes) -> str:
    """Return the name of the UTF-16 this is in; empty for what is in something else.

    "Unicode text" of Excel begins with a mark; other programs leave it out, but the letters of
    a heading then still take two bytes of which one is zero.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:40]
    if len(start) >= 4 and start.count(0) >= max(len(start) // 2 - 2, 1):
        return "utf-16-le" if start[1] == 0 else "utf-16-be"
    return ""


def records(text: str, *, most: int | None = None) -> tuple[list[str], list[list[str]]]:
    """Return the headings and the first rows, cells trimmed and restored; an empty row has none.

    The separator is that of `sep=;` above the headings, which Excel writes and does not count as
    a row, or else the one of the headings. Raises csv.Error for what is no CSV.
    """
    named = SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    first_line = text.partition("\n")[0]
    separator = named["separator"] if named else max(";,\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines = list(islice(reader, None if most is None else most + 1))
    if not lines:
        return [], []
    rows = [[restored(cell).strip() for cell in line] for line in lines[1:]]
    return [cell.strip().lower() for cell in lines[0]], rows


def lines_of(text: str, *, most: int) -> list[list[str]]:
    """Return the first lines of a CSV file, titles included, as trimmed and restored cells.

    The separator is that of `sep=;` on the first line, or else the one that most of the first
    lines have in them. Raises csv.Error for what is no CSV.
    """
    named = SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    first_lines = text.splitlines()[:FIRST_LINES]
    separator = named["separator"] if named else _most_used(first_lines)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [[restored(cell).strip() for cell in line] for line in islice(lines, most)]


def _most_used(lines: list[str]) -> str:
    """Return the separator that stands in most of these lines, and oftest in them."""
    return max(";,\t|", key=lambda one: (sum(one in line for line in lines), _times(one, lines)))


def _times(separator: str, lines: list[str]) -> int:
    return sum(line.count(separator) for line in lines)
