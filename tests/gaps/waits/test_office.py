"""A spreadsheet program opens the files: numbers are numbers, days are days, letters are right."""

import datetime as dt
import io
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from providers.enums import HelpKind
from tests.factories import MembershipFactory, OfferFactory, WaitTimeFactory

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.each_engine,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]
START = "/voor-gemeenten/leiden/wachttijden"
# Semicolons, double quotes, UTF-8, from the first row, columns as they are, in Dutch.
DUTCH_CSV = "CSV:59,34,76,1,,1043,false,true"


@pytest.fixture
def files(client, log_in, region, tmp_path):
    """The files of five offers, one of a provider with an accent."""
    MembershipFactory(user=log_in(), provider=None, municipality=region.leiden)
    for number in range(5):
        offer = OfferFactory(
            provider__name="Zorgé ’t Huis",
            municipalities=[region.leiden],
            help_kind=HelpKind.MENTAL_HEALTH,
        )
        WaitTimeFactory(offer=offer, intake_weeks="2.5", treatment_weeks=number, people_waiting=9)
    for ending in (".csv", ".xlsx", "/aanbieders.csv"):
        path = tmp_path / f"wachttijden{ending.replace('/', '-')}"
        path.write_bytes(client.get(f"{START}{ending}").content)
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


def first_line(sheet):
    headings, values = list(sheet.iter_rows(max_row=2, values_only=True))
    return dict(zip(headings, values, strict=True))


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
