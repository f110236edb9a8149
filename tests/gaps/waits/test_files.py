"""The files of waits: numbers only with a status, a guide beside them, types that are right."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from gaps.waits.lines import CODES, Status
from gaps.waits.report import comparison
from providers.enums import HelpKind, Role, WaitMethod
from tests.factories import MembershipFactory, OfferFactory, WaitNormFactory, WaitTimeFactory

pytestmark = pytest.mark.django_db

START = "/voor-gemeenten/leiden/wachttijden"
FIGURES = [f"{code}_procent" if code in CODES[9:12] else code for code in CODES]


@pytest.fixture
def member(log_in, region):
    user = log_in()
    MembershipFactory(user=user, provider=None, municipality=region.leiden)
    return user


@pytest.fixture
def waits(region):
    """Five measured offers of one kind, three of another, and one whose name is a formula."""
    kinds = [HelpKind.MENTAL_HEALTH] * 5 + [HelpKind.LOCAL_TEAM] * 3
    for number, kind in enumerate(kinds):
        offer = OfferFactory(
            provider__name=f"=Zorgé {number}", municipalities=[region.leiden], help_kind=kind
        )
        WaitTimeFactory(offer=offer, intake_weeks="2.5", treatment_weeks=number, people_waiting=9)
    return region


def rows_of(client, ending=".csv"):
    text = client.get(f"{START}{ending}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_file_has_numbers_and_nothing_else_in_its_figures(client, member, waits):
    for row in rows_of(client):
        for name in FIGURES:
            assert row[name] == "" or float(row[name].replace(",", ".")) >= 0


def test_figures_are_those_of_the_page_with_a_comma(client, member, waits):
    total = rows_of(client)[0]
    assert total["regel"] == "Alle soorten specialistische hulp"
    assert [
        total[name] for name in ("aanbod", "gemiddelde", "sd", "korter_dan_1_week_procent")
    ] == [
        "5",
        "4,5",
        "1,6",
        "0",
    ]


def test_a_hidden_line_is_empty_and_its_status_says_why(client, member, waits):
    (hidden,) = [row for row in rows_of(client) if row["regel"] == "Basishulp (lokaal team)"]
    assert {hidden[name] for name in FIGURES} == {""}
    assert Status.FEW in hidden["status"].split()


def test_every_status_of_a_file_is_in_the_guide(client, member, waits):
    used = {name for row in rows_of(client) for name in row["status"].split()}
    guide = {row["onderwerp"] for row in rows_of(client, "-leeswijzer.csv")}
    assert {f"status {name}" for name in used} <= guide


def test_the_guide_names_the_norm_with_its_source(client, member, waits):
    WaitNormFactory(region=waits.leiden.region, kind=HelpKind.MENTAL_HEALTH, weeks=14)
    texts = [row["uitleg"] for row in rows_of(client, "-leeswijzer.csv")]
    assert any("norm van 14 weken" in text and "Regiovisie 2030" in text for text in texts)


def test_what_counts_only_who_began_says_so_in_its_status(client, member, waits):
    for number in range(5):
        offer = OfferFactory(municipalities=[waits.leiden], help_kind=HelpKind.DISABILITY)
        WaitTimeFactory(offer=offer, method=WaitMethod.MEAN, intake_weeks=number)
    began = [row for row in rows_of(client) if row["methode"] == "gemiddelde"]
    assert began
    assert all(Status.ONLY_STARTED in row["status"] for row in began)


def workbook(client):
    return load_workbook(io.BytesIO(client.get(f"{START}.xlsx").content))


def test_a_workbook_has_figures_providers_and_the_guide(client, member, waits):
    assert workbook(client).sheetnames == ["Wachttijden", "Aanbieders", "Leeswijzer"]


def test_who_may_not_compare_gets_no_providers_in_the_workbook(client, log_in, waits):
    MembershipFactory(user=log_in(), provider=None, municipality=waits.leiden, role=Role.VIEWER)
    assert workbook(client).sheetnames == ["Wachttijden", "Leeswijzer"]


def test_cells_of_a_workbook_are_numbers_and_days_and_no_formulas(client, member, waits):
    book = workbook(client)
    headings, total = list(book["Wachttijden"].iter_rows(max_row=2, values_only=True))
    cells = dict(zip(headings, total, strict=True))
    assert cells["peildatum"] == dt.datetime.combine(timezone.localdate(), dt.time())
    assert (cells["aanbod"], cells["gemiddelde"]) == (5, 4.5)
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in every if cell.data_type == "f"]
    assert "=Zorgé 0" in [row[5] for row in book["Aanbieders"].iter_rows(values_only=True)]


# --- providers beside each other ---------------------------------------------------------------

COMPARE = f"{START}/aanbieders/"


def test_who_purchases_compares_providers_with_every_number(client, member, waits):
    page = client.get(COMPARE).content.decode()
    assert "=Zorgé 0" in page
    assert "minder dan 5" not in page


def test_files_of_providers_round_people_and_leave_few_of_them_out(client, member, region):
    for name, people in (("A", 3), ("B", 8)):
        offer = OfferFactory(provider__name=name, municipalities=[region.leiden])
        WaitTimeFactory(offer=offer, people_waiting=people)
    text = client.get(f"{START}/aanbieders.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [line["wachtenden"] for line in lines] == ["", "10"]
    assert [Status.FEW_WAITING in line["status"].split() for line in lines] == [True, False]


@pytest.mark.parametrize("address", [COMPARE, f"{START}/aanbieders.csv"])
def test_who_only_reads_along_compares_nothing(client, log_in, region, address):
    MembershipFactory(user=log_in(), provider=None, municipality=region.leiden, role=Role.VIEWER)
    assert client.get(address).status_code == 403
    assert "wachttijden/aanbieders/" not in client.get(f"{START}/").content.decode()


def test_the_desk_of_the_region_compares(client, log_in, waits):
    MembershipFactory(user=log_in(), provider=None, region=waits.leiden.region, role=Role.VIEWER)
    assert client.get(COMPARE).status_code == 200


def test_without_measurements_the_page_of_providers_says_so(client, member):
    assert "geen wachttijden bekend" in client.get(COMPARE).content.decode()


def test_another_quarter_is_chosen(client, member, waits):
    assert client.get(f"{COMPARE}?kwartaal=1999-K9&methode=x").status_code == 200


def test_the_comparison_takes_a_fixed_number_of_statements(waits, django_assert_num_queries):
    # The measurements, the offers there are, the names of the providers.
    with django_assert_num_queries(3):
        comparison(waits.leiden, today=timezone.localdate())
