"""One row of a list, cleaned: what may be stored of it, and what was left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from importing.lists.columns import Column
from importing.lists.persons import (
    general_email,
    general_phone,
    is_name_of_person,
    without_persons,
)
from importing.lists.table import ListTable
from importing.pipeline.ages_text import OLDEST, Ages, ages_written

POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})?\b")
HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(/\S*)?", re.IGNORECASE)
NOTHING = {"", "-", "--", "?", "nvt", "n.v.t.", "n.v.t", "onbekend", "geen", "x", "nee"}
# Joined with a space where several columns hold one thing, and a sentence with an empty line.
TEXTS = {Column.DESCRIPTION, Column.START, Column.COST}
BETWEEN = {Column.DESCRIPTION: "\n\n"}
SAME_AS_ABOVE = (
    *(Column.PHONE, Column.EMAIL, Column.WEBSITE, Column.KVK, Column.AGB, Column.POSTCODE),
    Column.STREET,
)

Cells = dict[Column, str]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row as it may be stored. ``notes`` say what stood there and is not taken over."""

    number: int
    organisation: str
    title: str
    description: str
    kind: str
    target: str
    ages: Ages
    street: str
    postcode: str
    town: str
    areas: str
    phone: str
    email: str
    website: str
    kvk: str
    agb: str
    cost: str
    how_to_start: str
    hours: str
    notes: tuple[str, ...]

    @property
    def postcode_area(self) -> str:
        """Return the four digits; empty when they are not known."""
        return self.postcode[:4]


def rows_of(table: ListTable, columns: Mapping[str, Column]) -> list[ListRow]:
    """Return the rows of a list whose columns hold this."""
    kinds = [columns.get(key, Column.SKIP) for key in table.keys]
    rows: list[ListRow] = []
    above: Cells = {}
    for number, texts in table.rows:
        cells = _by_column(kinds, texts)
        note = ""
        if not cells.get(Column.ORGANISATION) and _belongs_to(above, cells):
            # A cell that was merged over several rows stands in the first of them only.
            cells = {one: above[one] for one in SAME_AS_ABOVE if one in above} | cells
            cells[Column.ORGANISATION] = above[Column.ORGANISATION]
            note = _("naam van de rij erboven")
        rows.append(_row(number, cells, note))
        above = cells
    return rows


def _by_column(kinds: Sequence[Column], texts: Sequence[str]) -> Cells:
    found: Cells = {}
    for column, text in zip(kinds, texts, strict=True):
        if text.lower() in NOTHING or (column is Column.SKIP):
            continue
        before = found.get(column)
        found[column] = text if before is None else f"{before}{BETWEEN.get(column, ' ')}{text}"
    return found


def _belongs_to(above: Cells, cells: Cells) -> bool:
    """Whether a row without a name says nothing against being of the organisation above it."""
    says_something = cells.get(Column.TITLE) or cells.get(Column.DESCRIPTION)
    same = all(cells[one] == above.get(one) for one in SAME_AS_ABOVE if one in cells)
    return bool(above.get(Column.ORGANISATION) and says_something and same)


def _row(number: int, cells: Cells, note: str) -> ListRow:
    name = cells.get(Column.ORGANISATION, "")
    left_out = [note] if note else []
    if Column.PERSON in cells:
        left_out.append(_("kolom over een persoon niet overgenomen"))
    phone, has_other = general_phone(cells.get(Column.PHONE, ""))
    if has_other:
        left_out.append(_("mobiel nummer niet overgenomen: het kan van één persoon zijn"))
    elif cells.get(Column.PHONE) and not phone:
        left_out.append(_("telefoonnummer niet te lezen"))
    email, has_own = general_email(cells.get(Column.EMAIL, ""), name)
    if has_own:
        left_out.append(_("e-mailadres van een persoon niet overgenomen"))
    texts = _texts(cells, name, left_out)
    return ListRow(
        number=number,
        organisation="" if is_name_of_person(name) else name,
        ages=_ages(cells),
        street=" ".join(filter(None, (cells.get(Column.STREET), cells.get(Column.HOUSE)))),
        postcode=_postcode(cells),
        town=cells.get(Column.TOWN, ""),
        areas=cells.get(Column.AREAS, ""),
        phone=phone,
        email=email,
        website=_website(cells.get(Column.WEBSITE, "")),
        kvk=_eight_digits(cells.get(Column.KVK, "")),
        agb=_eight_digits(cells.get(Column.AGB, "")),
        notes=_with_name_of_person(name, left_out),
        **texts,
    )


def _with_name_of_person(name: str, left_out: list[str]) -> tuple[str, ...]:
    return (*left_out, *([_("naam van een persoon")] if is_name_of_person(name) else []))


def _texts(cells: Cells, name: str, left_out: list[str]) -> dict[str, str]:
    """Return the texts without persons, noting in `left_out` that something was taken away."""
    names = {
        "title": Column.TITLE,
        "description": Column.DESCRIPTION,
        "kind": Column.KIND,
        "target": Column.TARGET,
        "cost": Column.COST,
        "how_to_start": Column.START,
        "hours": Column.HOURS,
    }
    found, anything = {}, False
    for field, column in names.items():
        found[field], changed = without_persons(cells.get(column, ""), name)
        anything = anything or changed
    if anything:
        left_out.append(_("naam, nummer of adres van een persoon uit de tekst gehaald"))
    return found


def _ages(cells: Cells) -> Ages:
    low, high = (_age(cells.get(one, "")) for one in (Column.AGE_MIN, Column.AGE_MAX))
    if low is not None or high is not None:
        return Ages(low, high) if None in (low, high) or low <= high else Ages(None, None)  # type: ignore[operator]
    written = cells.get(Column.AGES, "").lower()
    return ages_written(f"{written} jaar") if written else Ages(None, None)


def _age(text: str) -> int | None:
    found = re.search(r"\d{1,3}", text)
    return min(int(found[0]), OLDEST) if found else None


def _postcode(cells: Cells) -> str:
    """Return the postcode; it may stand in the cell of the town or the street."""
    for column in (Column.POSTCODE, Column.TOWN, Column.STREET):
        text = cells.get(column, "")
        found = POSTCODE.search(text)
        if found and (found[2] or column is Column.POSTCODE):
            return f"{found[1]} {found[2].upper()}" if found[2] else found[1]
    return ""


def _website(text: str) -> str:
    found = HOST.search(text) if "@" not in text else None
    return f"https://{found[1].lower()}{found[2] or ''}"[:300] if found else ""


def _eight_digits(text: str) -> str:
    digits = re.sub(r"[\s.]", "", text)
    return digits.zfill(8) if re.fullmatch(r"\d{7,8}", digits) else ""
