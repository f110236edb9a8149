"""Tables as spreadsheets save them: CSV in any of their ways, and Excel workbooks (.xlsx)."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.packaging.manifest import Manifest
from openpyxl.xml.constants import ARC_WORKBOOK, XLSM, XLSX, XLTM, XLTX
from openpyxl.xml.functions import fromstring

from providers.csv_cells import decoded, lines_of, records, without_unseen

Table = tuple[list[str], list[list[str]]]
Lines = list[list[str]]

# JSON and XML: they have commas too, and no headings.
OTHER_STARTS = ("{", "<")
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A small file can hold a large workbook: what it may be when unpacked, and how many rows of it.
LARGEST_UNPACKED = 20_000_000  # bytes
MOST_ROWS, MOST_COLUMNS = 20_000, 50
# A cell of Excel holds no more letters. Cells may share one text, so a small file can hold many.
MOST_LETTERS = 32_767
# What the library makes objects of, for each style and each sheet: a real file has far less.
LARGEST_FRAME = 1_000_000  # bytes
CONTENTS = "[Content_Types].xml"
FRAME = re.compile(r"\[Content_Types\]\.xml|docProps/.*|xl/styles\.xml|.*\.rels", re.IGNORECASE)
# What the list of contents calls the part with the sheets, which may have any name.
WORKBOOK_TYPES = {XLSX, XLSM, XLTX, XLTM}
# What a file that is no whole workbook makes the library raise; of the kinds of compression it
# knows only some.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)
MONTHS = "jan|feb|mrt|mar|maa|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
# What Excel shows for "12-18" and "4-6" when it takes them for dates, in Dutch and in English.
DATE = re.compile(
    rf"(?:{MONTHS})\.?[- ]\d{{2,4}}|\d{{1,2}}[- ](?:{MONTHS})\.?(?:[- ]\d{{2,4}})?"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?",
    re.IGNORECASE,
)


def is_date(cell: str) -> bool:
    """Whether a spreadsheet made a date of what was typed in this cell."""
    return DATE.fullmatch(cell) is not None


def read_table(content: bytes) -> Table:
    """Return the headings and the rows of a file, cells as text; an empty row has no cells.

    Raises ValidationError, in words for who chose the file, for what is no table.
    """
    if not _is_workbook(content):
        with _refusing_what_is_no_csv():
            headings, rows = records(_text_of(content), most=MOST_ROWS + 1)
        if len(rows) > MOST_ROWS:
            raise ValidationError(_too_many_rows())
        return headings, rows
    lines = _workbook(content)
    headings = [cell.lower() for cell in lines[0]] if lines else []
    while headings and not headings[-1]:
        headings.pop()
    return headings, lines[1:]


def read_lines(content: bytes) -> Lines:
    """Return every line of a file with its cells as text, wherever its headings are.

    Raises ValidationError, in words for who chose the file, for what is no table.
    """
    if _is_workbook(content):
        return _workbook(content)
    with _refusing_what_is_no_csv():
        # One too many shows that there are more; a small file can hold millions of lines.
        return lines_of(_text_of(content), most=MOST_ROWS + 1)


def _is_workbook(content: bytes) -> bool:
    if content.startswith(OLD_WORKBOOK):
        raise ValidationError(_("Dit is een oud Excel-bestand. Sla het op als .xlsx of als CSV."))
    return content.startswith(WORKBOOK)


@contextmanager
def _refusing_what_is_no_csv() -> Iterator[None]:
    try:
        yield
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValidationError(_("Dit is geen CSV-bestand dat we kunnen lezen.")) from error


def _text_of(content: bytes) -> str:
    text = decoded(content)
    if "\0" in text:
        raise ValidationError(
            _("In dit bestand staan lege tekens (NUL). Sla het opnieuw op als CSV UTF-8.")
        )
    if text.lstrip().startswith(OTHER_STARTS):
        raise ValidationError(_("Dit is geen CSV-bestand dat we kunnen lezen."))
    # What a spreadsheet leaves below the table is no row.
    return text.rstrip("\r\n")


def _too_many_rows() -> str:
    return _("Dit bestand heeft meer dan %(n)s rijen. Knip het in stukken.") % {"n": MOST_ROWS}


def _workbook(content: bytes) -> Lines:
    _check_unpacked(content)
    try:
        _check_workbook_part(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        # The first sheet: the one that a person sees when they open it.
        rows = book.worksheets[0].iter_rows(
            max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
        )
        lines = _within_bounds([_text(value) for value in row] for row in rows)
    except ValidationError:
        raise
    except Exception as error:
        raise ValidationError(_("Dit Excel-bestand kunnen we niet lezen.")) from error
    if any(any(line) for line in lines[MOST_ROWS:]):
        raise ValidationError(_too_many_rows())
    if any("\0" in cell for line in lines for cell in line):
        raise ValidationError(_("In dit bestand staan lege tekens (NUL). Haal ze weg."))
    return [_without_empty_end(line) for line in lines[:MOST_ROWS]]


def _within_bounds(rows: Iterable[list[str]]) -> Lines:
    """Return the rows; refuses more letters than a file of this size can hold by itself."""
    lines, letters = [], 0
    for row in rows:
        letters += sum(map(len, row))
        if letters > LARGEST_UNPACKED:
            raise ValidationError(_("Dit Excel-bestand is te groot."))
        lines.append(row)
    return lines


def _check_unpacked(content: bytes) -> None:
    """Refuse a workbook that grows when it is opened: too large, or with entities that expand."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise ValidationError(_("Dit Excel-bestand is te groot."))
            _check_frame(part for part in parts.infolist() if FRAME.fullmatch(part.filename))
            expands = any(b"<!DOCTYPE" in parts.read(part)[:10_000] for part in parts.infolist())
    except UNREADABLE as error:
        raise ValidationError(_("Dit Excel-bestand kunnen we niet lezen.")) from error
    if expands:
        raise ValidationError(_("Dit Excel-bestand kunnen we niet lezen."))


def _check_workbook_part(content: bytes) -> None:
    """Refuse too large a list of sheets and names, under the name that the contents give it."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        contents: Any = fromstring(parts.read(CONTENTS))
        package: Any = Manifest.from_tree(contents)
        # The library too leaves out the first character, a slash.
        names = {one.PartName[1:] for one in package.Override if one.ContentType in WORKBOOK_TYPES}
        _check_frame(part for part in parts.infolist() if part.filename in {*names, ARC_WORKBOOK})


def _check_frame(parts: Iterable[zipfile.ZipInfo]) -> None:
    if any(part.file_size > LARGEST_FRAME for part in parts):
        text = _("Dit Excel-bestand heeft te veel opmaak. Kopieer de tabel naar een nieuw.")
        raise ValidationError(text)


def _text(value: Any) -> str:
    """Return a cell as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    if len(text) > MOST_LETTERS:
        raise ValidationError(_("In dit Excel-bestand staat een cel met te veel tekst."))
    return text.strip()


def storable(value: Any) -> Any:
    """Return a value as a cell of a workbook can hold it; everything that writes one asks this."""
    return without_unseen(value) if isinstance(value, str) else value


def _without_empty_end(line: list[str]) -> list[str]:
    return line if any(line) else []
