"""Read a CSV file into rows of text, or refuse it in one sentence."""

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from importing.pipeline.refusal import ImportRefused
from providers.csv_cells import without_unseen
from providers.languages import one_of

LARGEST_FILE = 20_000_000  # bytes; the real files are under two million
MOST_ROWS = 100_000
_BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"{", b"<")
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True, slots=True)
class TableForm:
    """How one kind of file is written: separator, encodings to try in order, columns needed."""

    delimiter: str
    encodings: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as it came: name and bytes, small enough to hold."""

    name: str
    content: bytes


def load(path: Path) -> TextFile:
    """Read the file at ``path``; refuses what is missing, empty or too large, unread."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ImportRefused(_("“%(name)s” is geen bestand.") % {"name": path.name})
        if size > LARGEST_FILE:
            raise ImportRefused(
                _("Het bestand is %(size)d MB; meer dan %(most)d MB nemen we niet in.")
                % {"size": size // 1_000_000, "most": LARGEST_FILE // 1_000_000}
            )
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(
            _("Het bestand “%(name)s” is niet te lezen.") % {"name": path.name}
        ) from error
    return TextFile(path.name, content)


def columns_of(file: TextFile, delimiter: str) -> list[str]:
    """Return the cells of the first line, whatever the encoding; column names are ASCII."""
    _refuse_what_is_no_text(file.content)
    first_line = file.content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    text = first_line.decode("latin-1").strip("\r")
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error as error:
        raise _no_csv(1) from error


def rows_of(file: TextFile, form: TableForm) -> list[dict[str, str]]:
    """Return every record of ``file`` by column name, cells cleaned. Refuses what is malformed."""
    _refuse_what_is_no_text(file.content)
    lines = csv.reader(io.StringIO(_decoded(file.content, form), newline=""),
                       delimiter=form.delimiter, strict=True)  # fmt: skip
    try:
        header = next(lines, [])
        _refuse_wrong_columns(header, form)
        return list(_records(header, lines))
    except csv.Error as error:
        raise _no_csv(lines.line_num) from error


def _no_csv(line: int) -> ImportRefused:
    return ImportRefused(_("Bij regel %(line)d is het bestand geen geldige CSV.") % {"line": line})


def clean_cell(text: str) -> str:
    """Return ``text`` without HTML, line breaks, double spaces and what nobody sees."""
    plain = html.unescape(text) if "&" in text else text
    # Ends of lines and pages first, as Word writes them: without, two words would become one.
    plain = without_unseen(" ".join(plain.split()))
    plain = _TAG.sub(" ", plain) if "<" in plain else plain
    return " ".join(plain.split())


def _refuse_what_is_no_text(content: bytes) -> None:
    if not content.strip():
        raise ImportRefused(_("Het bestand is leeg."))
    if content.startswith(_UTF16_STARTS):
        raise ImportRefused(_("Het bestand staat in UTF-16; sla het op als CSV in UTF-8."))
    if content.startswith(_BINARY_STARTS) or b"\x00" in content:
        raise ImportRefused(_("Dit is geen CSV-bestand."))


def _decoded(content: bytes, form: TableForm) -> str:
    for encoding in form.encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused(
        _("De tekens in dit bestand zijn niet te lezen; verwacht wordt %(encodings)s.")
        % {"encodings": one_of(name.removesuffix("-sig") for name in form.encodings)}
    )


def _refuse_wrong_columns(header: list[str], form: TableForm) -> None:
    missing = [column for column in form.columns if column not in header]
    if missing:
        shown = ", ".join(missing[:3])
        raise ImportRefused(_("In dit bestand ontbreken kolommen: %(names)s.") % {"names": shown})
    if len(set(header)) != len(header):
        raise ImportRefused(_("In dit bestand komt een kolomnaam twee keer voor."))


def _records(header: list[str], lines: Iterable[list[str]]) -> Iterator[dict[str, str]]:
    number = 0
    for number, cells in enumerate(filter(None, lines), start=1):
        if number > MOST_ROWS:
            raise ImportRefused(
                _("Meer dan %(most)d rijen nemen we niet in.") % {"most": MOST_ROWS}
            )
        if len(cells) != len(header):
            raise ImportRefused(
                _("Rij %(row)d heeft %(cells)d cellen en geen %(expected)d.")
                % {"row": number, "cells": len(cells), "expected": len(header)}
            )
        yield {name: clean_cell(cell) for name, cell in zip(header, cells, strict=True)}
    if number == 0:
        raise ImportRefused(_("Het bestand heeft kolommen, maar geen enkele rij."))
