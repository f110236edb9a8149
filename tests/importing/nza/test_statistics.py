"""The figures of the imported list of 2016 are those of the file itself, counted apart."""

import csv
import datetime as dt
import re
import statistics
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.management import call_command

from providers.enums import HelpKind, WaitMethod
from providers.statistics import Quarter, figures, measurements, table
from tests.importing.nza.files import ABSENT, REAL_2016

pytestmark = [pytest.mark.django_db, pytest.mark.real_files, pytest.mark.slow]

SAME = ("AGBCODE_INDIENER", "Naam.zorgaanbieder", "Vestigingslocatie", "Circuit")
SUBJECT = ("Nadere.typering", "Type.GGZ")
NUMBER = re.compile(r"\d+(,\d+)?")


def day(text):
    number, month, year = map(int, text.split("-"))
    return dt.date(year, month, number)


@pytest.fixture(scope="module")
def raw():
    """The totals in weeks as the file has them, by quarter: one per offer, none in doubt."""
    if not REAL_2016.is_file():
        pytest.skip(ABSENT)
    with REAL_2016.open(encoding="latin-1", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    said = defaultdict(set)
    when = {}
    for row in rows:
        both = row["Aanmeldtijd"], row["Behandeltijd"]
        if not all(map(NUMBER.fullmatch, both)):
            continue
        key = tuple(row[name].strip().lower() for name in (*SAME, *SUBJECT))
        said[key].add(sum(Decimal(cell.replace(",", ".")) for cell in both))
        when[key] = day(row["Peildatum"])
    by_quarter = defaultdict(list)
    for key, totals in said.items():
        if len(totals) == 1:
            by_quarter[Quarter.of(when[key])] += totals
    return by_quarter


@pytest.fixture(scope="module")
def imported(vocabulary, raw):
    call_command("import_nza_waits", str(REAL_2016), "--all-ages", "--save", verbosity=0)
    return measurements()


def test_the_figures_are_those_of_the_file(imported, raw):
    every = sorted(weeks for quarter in raw.values() for weeks in quarter)
    found = figures(imported)
    assert found.n == len(every)
    assert (found.low, found.high) == (every[0], every[-1])
    assert found.median == statistics.median(every)
    assert float(found.mean) == pytest.approx(statistics.fmean(map(float, every)))
    assert float(found.sd) == pytest.approx(statistics.stdev(map(float, every)))
    assert round(found.under_a_week * found.n) == sum(weeks < 1 for weeks in every)


def test_every_quarter_apart(imported, raw):
    totals = {row.quarter: row.figures for row in table(imported) if row.kind is None}
    assert {quarter: found.n for quarter, found in totals.items() if found.n} == {
        quarter: len(weeks) for quarter, weeks in raw.items()
    }
    for quarter, weeks in raw.items():
        assert float(totals[quarter].mean) == pytest.approx(statistics.fmean(map(float, weeks)))


def test_they_are_forecasts_of_mental_health_care(imported):
    assert {(row.method, row.kind) for row in imported} == {
        (WaitMethod.FORECAST, HelpKind.MENTAL_HEALTH)
    }
