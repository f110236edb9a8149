"""A printed table as pages and files show it, and how one is read from a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from providers.models import ReportedTable
from providers.spreadsheets import read_table

TOTAL = "totaal"
Numbers = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """One table with its numbers as text, and a note per total that is no sum."""

    table: ReportedTable
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    total: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds: the headings, the lines and the printed total."""

    periods: tuple[str, ...]
    lines: tuple[tuple[str, Numbers], ...]
    total: Numbers


def printed(table: ReportedTable) -> Printed:
    """Return a table as it was printed: nothing is mended, what differs is said."""
    lines = [(label, _numbers(numbers)) for label, numbers in table.lines]
    total = _numbers(table.total)
    return Printed(
        table=table,
        lines=tuple((label, tuple(map(_text, numbers))) for label, numbers in lines),
        total=tuple(map(_text, total)),
        notes=tuple(_notes(table.periods, [numbers for _label, numbers in lines], total)),
    )


def read_given(content: bytes) -> Given:
    """Read a table from CSV or XLSX: a label and a number per period; the last line is the total.

    Raises ValidationError in words for who chose the file.
    """
    headings, rows = read_table(content)
    lines = [(row[0], _given(row[1:], len(headings) - 1)) for row in rows if any(row)]
    if len(headings) < 2 or not lines or lines[-1][0].lower() != TOTAL:
        raise ValidationError(
            _("Zet de perioden in de eerste rij, en het gedrukte totaal in de laatste: “totaal”.")
        )
    return Given(tuple(headings[1:]), tuple(lines[:-1]), lines[-1][1])


def _given(cells: list[str], number: int) -> Numbers:
    filled = [*cells, *[""] * number][:number]
    return tuple(_number(cell) for cell in filled)


def _number(cell: str) -> Decimal | None:
    """Read '1.970', '7,5' and '1970'; an empty cell or a CBS point is not known."""
    if cell in {"", ".", "-", "–"}:
        return None
    text = cell.replace(".", "") if "," in cell or _has_thousands(cell) else cell
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValidationError(_("“%(cell)s” is geen getal.") % {"cell": cell[:40]}) from error
    if not found.is_finite() or abs(found) >= 10**9:
        raise ValidationError(_("“%(cell)s” is geen getal.") % {"cell": cell[:40]})
    return found


def _has_thousands(cell: str) -> bool:
    first, *rest = cell.split(".")
    return bool(rest) and first.isdigit() and all(len(one) == 3 and one.isdigit() for one in rest)


def _numbers(stored: Iterable[str | None]) -> Numbers:
    return tuple(None if one is None else Decimal(one) for one in stored)


def _text(number: Decimal | None) -> str:
    if number is None:
        return _("onbekend")
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def _notes(periods: list[str], lines: list[Numbers], total: Numbers) -> Iterable[str]:
    for place, (period, whole) in enumerate(zip(periods, total, strict=True)):
        parts = [numbers[place] for numbers in lines]
        known = [part for part in parts if part is not None]
        if whole is None or len(known) < len(parts) or sum(known) == whole:
            continue
        yield _("%(period)s: de regels tellen op tot %(sum)s; gedrukt staat %(total)s.") % {
            "period": period,
            "sum": _text(Decimal(sum(known))),
            "total": _text(whole),
        }
