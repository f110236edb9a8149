"""The columns of an export: what each holds, how it is read, and where the numbers come from.

What leaves the house ends up anywhere, so numbers of searches and signals are rounded: see
providers.rules.small_numbers.rounded.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaps.cells.cell import Cell, band_ages
from gaps.coverage.report import Coverage
from providers.enums import CareLevel
from providers.models import HelpQuestion, Theme
from providers.rules.small_numbers import rounded
from providers.vocabulary.choices import choices, labels

Value = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it means, and its value in a row."""

    heading: str
    meaning: str
    value: Callable[["Row"], Value]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell with the words that go with it."""

    coverage: Coverage
    cell: Cell
    question: HelpQuestion
    theme: str


def rows_of(coverages: Iterable[Coverage]) -> Iterator[Row]:
    """Yield the cells of municipalities in the order of the pages."""
    themes = dict(labels(Theme))
    questions = choices(HelpQuestion)
    for coverage in coverages:
        for cell in coverage.cells:
            question = questions.get(cell.key.question)
            if question is not None:
                yield Row(coverage, cell, question, themes.get(question.theme_id, ""))


def columns() -> list[Column]:
    """Return the columns, in their order: which cell, what it is, supply, demand."""
    return [*_which(), *_offers(), *_waits(), *_places_and_money(), *_demand()]


def _which() -> list[Column]:
    return [
        Column(_("gemeente"), _("naam van de gemeente"), lambda r: r.coverage.municipality.name),
        Column(_("gemeentecode"), _("code van het CBS"), lambda r: r.coverage.municipality.pk),
        Column(_("peildatum"), _("stand van deze dag"), lambda r: r.coverage.on),
        Column(_("thema"), _("kop waaronder de hulpvraag staat"), lambda r: r.theme),
        Column(_("hulpvraag"), _("de vraag in gewone woorden"), lambda r: r.question.label),
        Column(_("hulpvraagcode"), _("code van de hulpvraag"), lambda r: r.question.pk),
        # Two numbers: "8-11" in one cell is the eighth of November to a Dutch spreadsheet.
        Column(_("leeftijd van"), _("jaren, telt mee"), lambda r: band_ages(r.cell.key.band).low),
        Column(
            _("leeftijd tot en met"),
            _("jaren, telt mee"),
            lambda r: band_ages(r.cell.key.band).high,
        ),
        Column(
            _("status"),
            _("wat het vak is: de eerste klasse die klopt, van slecht naar goed"),
            lambda r: r.cell.kind.value,
        ),
    ]


def _offers() -> list[Column]:
    return [
        Column(_("aanbod"), _("aantal aanbod dat meetelt"), lambda r: r.cell.supply.offers),
        Column(_("aanbieders"), _("aantal aanbieders"), lambda r: r.cell.supply.providers),
        *(_step(step) for step in CareLevel),
        Column(_("licht"), _("aanbod op trede 0 tot en met 2"), lambda r: r.cell.supply.light),
        Column(_("in een groep"), _("aanbod in een groep"), lambda r: r.cell.supply.groups),
    ]


def _waits() -> list[Column]:
    return [
        Column(
            _("kortste wachttijd"),
            _("weken tot de start; leeg: geen actuele opgave"),
            lambda r: decimal(r.cell.supply.best_weeks),
        ),
        Column(
            _("middelste wachttijd"),
            _("mediaan in weken; leeg: geen actuele opgave"),
            lambda r: decimal(r.cell.supply.median_weeks),
        ),
        Column(
            _("met norm"),
            _("aanbod met een actuele wachttijd en een norm van de regio"),
            lambda r: r.cell.supply.with_norm,
        ),
        Column(
            _("in de norm"),
            _("aanbod daarvan binnen de norm"),
            lambda r: r.cell.supply.within_norm,
        ),
        Column(_("op tijd"), _("kan op tijd starten"), lambda r: r.cell.supply.timely),
        Column(_("te laat"), _("laatst bekende start is te laat"), lambda r: r.cell.supply.late),
        Column(_("actueel"), _("met een actuele opgave"), lambda r: r.cell.supply.fresh),
    ]


def _places_and_money() -> list[Column]:
    return [
        Column(
            _("afstand"),
            _("gemiddelde afstand in km tot de dichtstbijzijnde plek; leeg: geen plek bekend"),
            lambda r: decimal(r.cell.supply.nearest_km),
        ),
        Column(
            _("komt naar u toe"),
            _("aanbod thuis, op school of online"),
            lambda r: r.cell.supply.come_along,
        ),
        Column(
            _("loopt af"),
            _("aanbod waarvan contract of geld binnenkort afloopt"),
            lambda r: r.cell.supply.ending,
        ),
        Column(
            _("aanbieders die doorgaan"),
            _("aanbieders met aanbod dat niet binnenkort afloopt"),
            lambda r: r.cell.supply.lasting_providers,
        ),
    ]


def _step(step: CareLevel) -> Column:
    return Column(
        _("trede %(n)s") % {"n": step.value},
        str(step.label),
        lambda r: r.cell.supply.by_level[step],
    )


def _demand() -> list[Column]:
    hidden = _("afgerond op 5; leeg: minder dan 5")
    return [
        Column(
            _("gezocht"),
            _("keer gezocht in een jaar, %(how)s") % {"how": hidden},
            lambda r: rounded(r.cell.demand.searches or 0),
        ),
        Column(
            _("gezocht zonder resultaat"),
            _("daarvan zonder resultaat of niet op tijd, %(how)s") % {"how": hidden},
            lambda r: rounded(r.cell.demand.empty_searches or 0),
        ),
        Column(
            _("gemist"),
            _("meldingen dat hulp ontbreekt in een jaar, %(how)s") % {"how": hidden},
            lambda r: rounded(r.cell.demand.signals or 0),
        ),
    ]


def decimal(value: float | None) -> float | None:
    """Return a number with one decimal, as the pages show it."""
    return None if value is None else round(value, 1)
