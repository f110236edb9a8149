"""How cells of a table are read and written: words, choices, days, hours and numbers."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from providers.csv_cells import without_unseen
from providers.days import DayField
from providers.vocabulary.csv_file import MistakeError

YES, NO = "ja", "nee"
LARGEST_NUMBER = 32_767
LONGEST_QUOTE = 60  # letters


def plain_cell(text: str) -> str:
    """Return a cell as every spreadsheet gives it back."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_unseen(lines).strip()


def quoted(text: str) -> str:
    """Return what somebody filled in as a sentence quotes it: on one line, and not all of it."""
    return Truncator(" ".join(without_unseen(text).split())).chars(LONGEST_QUOTE)


def text_of(model: type[models.Model], name: str) -> Callable[[str], str]:
    """Return what reads a text that fits in this column of the database."""
    longest = getattr(model._meta.get_field(name), "max_length", None)

    def read(cell: str) -> str:
        if longest and len(cell) > longest:
            raise MistakeError(_("Dit is te lang. Hoogstens %(n)s tekens.") % {"n": longest})
        return cell

    return read


def filled(read: Callable[[str], str]) -> Callable[[str], str]:
    """Return the same for a cell that may not be empty."""

    def read_filled(cell: str) -> str:
        if not cell:
            raise MistakeError(_("Dit is leeg."))
        return read(cell)

    return read_filled


def read_flag(cell: str) -> bool:
    """Read yes or no; empty is no."""
    if cell.lower() not in {YES, NO, ""}:
        raise MistakeError(_("Typ ja of nee."))
    return cell.lower() == YES


def write_flag(flag: bool) -> str:
    """Write yes; no is an empty cell."""
    return YES if flag else ""


def read_day(cell: str) -> dt.date | None:
    """Read a day, in any way that people and spreadsheets write it."""
    day: dt.date | None = DayField(required=False).clean(cell.partition(" ")[0])
    return day


def write_day(day: dt.date | None) -> str:
    """Write a day; as text it stays what it is in every spreadsheet."""
    return day.isoformat() if day else ""


def read_time(cell: str) -> dt.time | None:
    """Read an hour of the day."""
    wrong = {"invalid": _("Typ een tijd, bijvoorbeeld 19:30.")}
    field = forms.TimeField(required=False, error_messages=wrong)
    time: dt.time | None = field.clean(cell.replace(".", ":"))
    return time


def write_time(time: dt.time | None) -> str:
    """Write an hour of the day, with seconds only where it has them."""
    return time.isoformat("seconds" if time.second else "minutes") if time else ""


def read_number(cell: str) -> int | None:
    """Read a whole number; empty is not known."""
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and int(cell) <= LARGEST_NUMBER):
        raise MistakeError(_("Dit is een heel getal, 0 of hoger, of leeg."))
    return int(cell)


def write_number(number: int | None) -> str:
    """Write a whole number."""
    return "" if number is None else str(number)


def one_of(
    choices: type[models.TextChoices], empty: models.TextChoices
) -> tuple[Callable[[str], Any], Callable[[Any], str], tuple[str, ...]]:
    """Return how to read and write one of these, with what one chooses from; `empty` for none."""

    def read(cell: str) -> Any:
        code = cell.partition(" ")[0].lower()
        if not code:
            return empty.value
        if code not in choices.values:
            known = ", ".join(map(str, choices.values))
            raise MistakeError(_("Kies uit: %(known)s.") % {"known": known})
        return code

    def write(value: Any) -> str:
        return f"{value} {choices(value).label}"

    return read, write, tuple(write(value) for value in choices.values)
