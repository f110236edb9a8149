"""The files themselves: CSV with its reading guide, and a workbook that explains itself."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import formats
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gaps.coverage.report import Coverage
from gaps.coverage.words import legend
from gaps.exports.columns import Value, columns, rows_of
from providers.csv_cells import BOM, neutral
from providers.models import WaitNorm
from providers.rules.norms import norm_words, norms_of
from providers.rules.small_numbers import FEWEST
from providers.spreadsheets import storable

DAY = "yyyy-mm-dd"
GuideRow = tuple[str, str]


class _Echo:
    """A file that hands back what is written to it, so that CSV can be sent row by row."""

    def write(self, text: str) -> str:
        return text


def csv_lines(coverages: list[Coverage]) -> Iterator[str]:
    """Yield the cells as CSV, row by row: numbers only, and what a cell is in its own column."""
    every = columns()
    yield from _lines(
        [column.heading for column in every],
        ([column.value(row) for column in every] for row in rows_of(coverages)),
    )


def guide_lines(coverage: Coverage) -> Iterator[str]:
    """Yield the reading guide as CSV."""
    yield from _lines([_("wat"), _("uitleg")], guide_of(coverage))


def _lines(header: Iterable[str], rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_written(value) for value in row])


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return formats.number_format(value, use_l10n=True, force_grouping=False)


def guide_of(coverage: Coverage, *, regions: Sequence[str] = ()) -> list[GuideRow]:
    """Return what `basis_of` says, and what each class and column means."""
    return [
        *basis_of(coverage, regions=regions),
        *(
            (_("status %(code)s") % {"code": words.code}, words.meaning)
            for words in legend(coverage.thresholds)
        ),
        *((column.heading, column.meaning) for column in columns()),
    ]


def basis_of(coverage: Coverage, *, regions: Sequence[str] = ()) -> list[GuideRow]:
    """Return the date, what is counted, from which source, and the norms in force.

    The norms are those of these regions, or else of the region of the municipality.
    """
    codes = regions or [coverage.municipality.region_id]
    norms = [norm for code in codes for norm in norms_of(code).values()]
    return [
        (_("stand van"), formats.date_format(coverage.on, "j F Y")),
        (_("wat is geteld"), _("aanbod dat een verwijzer vindt bij deze hulpvraag en leeftijd")),
        (_("bron"), _("opgaven van aanbieders en van de regio, zoals op de pagina's")),
        (_("filters"), _("geen: alle hulpvragen bij alle leeftijden waarop ze gesteld worden")),
        (
            _("kleine aantallen"),
            _("zoekvragen en meldingen zijn afgerond op 5, en leeg bij minder dan %(n)s")
            % {"n": FEWEST},
        ),
        *((_("norm"), _norm(norm)) for norm in norms),
        *(
            [(_("norm"), _("de regio heeft geen norm; er is geen landelijke norm"))]
            if not norms
            else []
        ),
    ]


def _norm(norm: WaitNorm) -> str:
    return _("%(norm)s (bron: %(source)s)") % {"norm": norm_words(norm), "source": norm.source}


def workbook(coverages: Iterable[Coverage], guide: list[GuideRow]) -> IO[bytes]:
    """Return a workbook: the cells, and a sheet that explains them; rows go to disk as written.

    Of coverages that come one by one it holds one at a time.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Dekking"))
    every = columns()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, column.heading) for column in every])
    for row in rows_of(coverages):
        sheet.append([_cell(sheet, column.value(row)) for column in every])
    about = book.create_sheet(_("Toelichting"))
    for line in guide:
        about.append([_cell(about, text) for text in line])
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Value) -> Any:
    """Return a number as a number, a day as a day, and a text that is never a formula."""
    cell = WriteOnlyCell(sheet, value=storable(value))
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, dt.date):
        cell.number_format = DAY
    return cell
