"""The table of a municipality as a CSV file that opens well in a Dutch spreadsheet."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from gaps.calculation import Supply, ThemeSupply
from gaps.missed import Missed
from providers.csv_cells import as_csv
from providers.models import Municipality


def supply_as_csv(supply: Supply) -> str:
    """Return the figures of the page as CSV: semicolons, a byte order mark, comma decimals.

    A column of figures has numbers only; why there is none stands in the last one.
    """
    headings = [
        _("gemeente"),
        _("peildatum"),
        _("thema"),
        _("aantal aanbod"),
        _("aandeel lichte hulp (trede 0-2, procent)"),
        _("kortste actuele wachttijd (weken)"),
        _("status"),
    ]
    return as_csv(headings, (_cells(supply, theme) for theme in supply.themes))


def missed_as_csv(municipality: Municipality, on: dt.date, missed: Iterable[Missed]) -> str:
    """Return how often help was missed as CSV, rounded to five and without small numbers."""
    headings = [
        _("gemeente"),
        _("peildatum"),
        _("hulpvraag"),
        _("gemist in een jaar (meldingen, afgerond op 5)"),
        _("status"),
    ]
    rows = (
        [municipality.name, on.isoformat(), one.label, _text(one.published), one.status]
        for one in missed
    )
    return as_csv(headings, rows)


def _cells(supply: Supply, theme: ThemeSupply) -> list[str]:
    return [
        supply.municipality.name,
        supply.on.isoformat(),
        theme.label,
        str(theme.offers),
        _text(theme.upstream_share),
        "" if theme.shortest_wait is None else theme.wait_text,
        _status(theme),
    ]


def _status(theme: ThemeSupply) -> str:
    if theme.is_missing:
        return "geen-aanbod"
    return "wachttijd-niet-bekend" if theme.shortest_wait is None else ""


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def filename(kind: str, municipality: Municipality, on: dt.date) -> str:
    """Return the name under which a file is saved."""
    return f"{kind}-{municipality.slug}-{on.isoformat()}.csv"
