"""Rows that cannot or should not become an offer, each with the reason people read."""

import re
from datetime import date

from importing.nza.circuits import is_for_youth
from importing.nza.rows import NzaRow
from importing.pipeline.wait_text import normalise

_CLOSED = re.compile(
    r"^(?:permanent )?gesloten$|\bis gesloten\b|\bfaillissement\b|\bfailliet\b"
    r"|\bbestaat niet meer\b|\bvestiging in \w+ .*\bte sluiten\b"
)


def reason_to_skip(row: NzaRow, today: date, *, all_ages: bool) -> str:
    """Return why ``row`` becomes no offer, or nothing when it does."""
    if not row.provider_name:
        return "de lijst noemt geen naam van een aanbieder"
    if row.measured_on is None:
        return "de peildatum ontbreekt of is onleesbaar"
    if row.measured_on > today:
        return "de peildatum ligt in de toekomst"
    remark = normalise(row.remark)
    if _CLOSED.search(remark):
        return f"volgens de lijst gesloten: {row.remark[:80]}"
    if remark == "geen aanbod":
        return "volgens de lijst is dit aanbod er niet"
    if not all_ages and not is_for_youth(row.circuit, row.diagnosis):
        return "niet voor jeugd; met --all-ages komt het mee"
    return ""
