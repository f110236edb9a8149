"""The table of a municipality as a CSV file that opens well in a Dutch spreadsheet."""

import csv
import io

from django.utils.translation import gettext as _

from gaps.calculation import Supply, ThemeSupply

BOM = "\ufeff"
# A cell that begins with one of these is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell


def supply_as_csv(supply: Supply) -> str:
    """Return the figures of the page as CSV: semicolons, a byte order mark, comma decimals."""
    text = io.StringIO(newline="")
    text.write(BOM)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(
        [
            _("gemeente"),
            _("peildatum"),
            _("thema"),
            _("aantal aanbod"),
            _("aandeel lichte hulp (trede 0-2)"),
            _("kortste actuele wachttijd (weken)"),
        ]
    )
    for theme in supply.themes:
        writer.writerow([neutral(cell) for cell in _cells(supply, theme)])
    return text.getvalue()


def _cells(supply: Supply, theme: ThemeSupply) -> list[str]:
    return [
        supply.municipality.name,
        supply.on.isoformat(),
        theme.label,
        theme.offers_text,
        theme.share_text,
        theme.wait_text,
    ]


def filename(supply: Supply) -> str:
    """Return the name under which the file is saved."""
    return f"aanbod-{supply.municipality.slug}-{supply.on.isoformat()}.csv"
