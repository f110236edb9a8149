"""A spreadsheet program opens the files: numbers are numbers, days are days, letters are right."""

import datetime as dt
import io
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from providers.enums import HelpKind
from tests.factories import (
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    WaitTimeFactory,
)

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.each_engine,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]
START = "/voor-gemeenten/leiden"
FILES = (
    "wachttijden.csv",
    "wachttijden.xlsx",
    "wachttijden/aanbieders.csv",
    "dekking.csv",
    "dekking.xlsx",
)
# Semicolons, double quotes, UTF-8, from the first row, columns as they are, in Dutch.
DUTCH_CSV = "CSV:59,34,76,1,,1043,false,true"


@pytest.fixture
def files(client, log_in, region, tmp_path):
    """The files of five offers, one of a provider with an accent."""
    MembershipFactory(user=log_in(), provider=None, municipality=region.leiden)
    HelpQuestionFactory(code="ruzie", label="Ruzie met één ouder", age_min=12, age_max=15)
    for number in range(5):
        offer = OfferFactory(
            provider__name="Zorgé ’t Huis",
            municipalities=[region.leiden],
            help_kind=HelpKind.MENTAL_HEALTH,
            help_questions=["ruzie"],
        )
        WaitTimeFactory(offer=offer, intake_weeks="2.5", treatment_weeks=number, people_waiting=9)
    for name in FILES:
        path = tmp_path / name.replace("/", "-")
        path.write_bytes(b"".join(client.get(f"{START}/{name}")))
    return tmp_path


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """Where the program keeps its settings: making them takes longer than opening a file."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture
def opened(files, profile):
    """Return a function that gives the sheets as the program reads them, saved anew by it."""

    def _opened(name, *options):
        out = files / "gelezen"
        command = [OFFICE, "--headless", f"-env:UserInstallation=file://{profile}"]
        command += [*options, "--convert-to", "xlsx", "--outdir", str(out), str(files / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return load_workbook(io.BytesIO((out / name).with_suffix(".xlsx").read_bytes()))

    return _opened


def lines_of(sheet):
    headings, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, values, strict=True)) for values in lines]


def first_line(sheet):
    return lines_of(sheet)[0]


def test_a_workbook_opens_with_numbers_days_and_letters(opened):
    book = opened("wachttijden.xlsx")
    total = first_line(book["Wachttijden"])
    assert (total["gemiddelde"], total["wachtenden"]) == (4.5, 45)
    assert isinstance(total["peildatum"], dt.datetime)
    assert first_line(book["Aanbieders"])["aanbieder"] == "Zorgé ’t Huis"


def test_a_csv_opens_with_a_decimal_comma_as_a_number(opened):
    total = first_line(opened("wachttijden.csv", f"--infilter={DUTCH_CSV}").active)
    assert (total["plaats"], total["gemiddelde"], total["aanbod"]) == ("Leiden", 4.5, 5)
    assert isinstance(total["peildatum"], dt.datetime)


def test_letters_of_a_csv_are_right(opened):
    sheet = opened("wachttijden-aanbieders.csv", f"--infilter={DUTCH_CSV}").active
    assert first_line(sheet)["aanbieder"] == "Zorgé ’t Huis"


def test_the_workbook_on_coverage_opens_with_numbers_days_and_letters(opened):
    (cell,) = (
        line for line in lines_of(opened("dekking.xlsx")["Dekking"]) if line["gemeente"] == "Leiden"
    )
    assert_of_leiden(cell)


def test_the_csv_on_coverage_opens_with_numbers_days_and_letters(opened):
    (cell,) = lines_of(opened("dekking.csv", f"--infilter={DUTCH_CSV}").active)
    assert_of_leiden(cell)


def assert_of_leiden(cell):
    """Waits are 2.5 to 6.5 weeks: half of one is a number too, and ages are no dates."""
    assert cell["hulpvraag"] == "Ruzie met één ouder"
    assert (cell["leeftijd van"], cell["leeftijd tot en met"]) == (12, 15)
    assert (cell["aanbod"], cell["kortste wachttijd"], cell["middelste wachttijd"]) == (5, 2.5, 4.5)
    assert isinstance(cell["peildatum"], dt.datetime)
    assert cell["gezocht"] == 0
