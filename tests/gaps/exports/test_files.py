"""What is taken along says what the pages say, in numbers that programs can read."""

import csv
import io

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from gaps.coverage.report import coverage_of
from gaps.coverage.snapshots import store_coverage
from providers.enums import DemandOutcome, HelpKind
from providers.models import Municipality
from tests.factories import (
    DemandFactory,
    HelpQuestionFactory,
    MunicipalityFactory,
    WaitNormFactory,
    days_ago,
)
from tests.gaps.published import band_of

pytestmark = pytest.mark.django_db

CSV = "/voor-gemeenten/leiden/dekking.csv"
GUIDE = "/voor-gemeenten/leiden/leeswijzer.csv"
BOOK = "/voor-gemeenten/leiden/dekking.xlsx"
COUNCIL = "/voor-gemeenten/leiden/raadsrapport/"
WORDS = {
    "gemeente", "gemeentecode", "peildatum", "thema", "hulpvraag", "hulpvraagcode", "status",
}  # fmt: skip


def content_of(response):
    return b"".join(response.streaming_content)


def rows_of(client, address=CSV):
    text = content_of(client.get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def book_of(client):
    return openpyxl.load_workbook(io.BytesIO(content_of(client.get(BOOK))))


def sheet_rows(client, title):
    heading, *rows = book_of(client)[title].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_a_command_writes_the_workbook_of_every_municipality(covered, tmp_path):
    elsewhere = MunicipalityFactory(region__code="JZ99")
    WaitNormFactory(region=elsewhere.region, weeks=13)
    file = tmp_path / "dekking.xlsx"
    call_command("export_coverage", str(file), stdout=io.StringIO())
    book = openpyxl.load_workbook(file)
    _heading, *rows = book["Dekking"].iter_rows(values_only=True)
    assert {row[1] for row in rows} == set(Municipality.objects.values_list("pk", flat=True))
    norms = [line[1] for line in book["Toelichting"].iter_rows(values_only=True)]
    assert any(elsewhere.region.name in text for text in norms)


def test_the_csv_opens_in_a_dutch_spreadsheet(client, member, covered):
    response = client.get(CSV)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    content = content_of(response)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b";3,5;" in content


def test_the_csv_says_what_the_page_says(client, member, covered):
    rows = {(row["hulpvraagcode"], band_of(row)): row for row in rows_of(client)}
    cells = coverage_of(covered.leiden, today=timezone.localdate()).cells
    assert {key: row["status"] for key, row in rows.items()} == {
        (cell.key.question, cell.key.band): cell.kind.value for cell in cells
    }
    assert {key: int(row["aanbod"]) for key, row in rows.items()} == {
        (cell.key.question, cell.key.band): cell.supply.offers for cell in cells
    }


def test_a_column_of_numbers_holds_numbers_only(client, member, covered):
    for row in rows_of(client):
        for name, text in row.items():
            if name not in WORDS:
                assert text == "" or text.replace(",", "", 1).isdecimal(), name


def test_no_cell_is_a_formula(client, member, covered):
    HelpQuestionFactory(code="som", label="=1+1", age_min=8, age_max=11)
    assert "'=1+1" in {row["hulpvraag"] for row in rows_of(client)}
    sheet = book_of(client)["Dekking"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_the_guide_explains_every_column_and_class(client, member, covered):
    explained = {row["wat"] for row in rows_of(client, GUIDE)}
    assert set(rows_of(client)[0]) <= explained
    assert {"status niets", "status gedekt", "stand van", "norm", "bron"} <= explained


def test_the_guide_names_the_norms_of_the_region(client, member, covered):
    norm = WaitNormFactory(region=covered.leiden.region)
    texts = [row["uitleg"] for row in rows_of(client, GUIDE) if row["wat"] == "norm"]
    assert len(texts) == 1
    assert norm.source in texts[0]


def test_the_workbook_has_the_cells_of_the_region_as_numbers(client, member, covered):
    rows = sheet_rows(client, "Dekking")
    assert {row["gemeente"] for row in rows} == {"Leiden", "Leiderdorp", "Katwijk"}
    (cell,) = (
        row
        for row in rows
        if (row["gemeente"], row["hulpvraagcode"], band_of(row))
        == ("Leiden", "somberheid", "12-15")
    )
    assert (cell["aanbod"], cell["middelste wachttijd"]) == (2, 3.5)


def test_workbook_and_csv_say_the_same(client, member, covered):
    in_book = [row for row in sheet_rows(client, "Dekking") if row["gemeente"] == "Leiden"]
    in_csv = rows_of(client)
    numbers = set(in_csv[0]) - WORDS
    assert [{name: row[name] for name in numbers} for row in in_book] == [
        {name: as_number(row[name]) for name in numbers} for row in in_csv
    ]


def as_number(text):
    return float(text.replace(",", ".")) if text else None


def test_the_workbook_explains_itself(client, member, covered):
    about = book_of(client)["Toelichting"]
    assert "stand van" in {row[0] for row in about.iter_rows(values_only=True)}


@pytest.mark.parametrize(("times", "written"), [(0, "0"), (1, ""), (4, ""), (5, "5"), (8, "10")])
def test_numbers_of_searches_are_rounded_and_small_ones_left_out(
    client, member, covered, times, written
):
    if times:
        DemandFactory(
            day=days_ago(1),
            municipality=covered.leiden.pk,
            help_question="somberheid",
            age_band="12-15",
            outcome=DemandOutcome.NONE,
            searches=times,
        )
    (row,) = (row for row in rows_of(client) if band_of(row) == "12-15")
    assert (row["gezocht"], row["gezocht zonder resultaat"]) == (written, written)


def test_the_report_for_the_council_says_what_the_pages_say(client, member, covered):
    text = " ".join(client.get(COUNCIL).content.decode().split())
    assert "Tics, 8 tot en met 11 jaar: er is niets." in text
    assert "<title>Leiden: 33%</title>" in text
    counts = coverage_of(covered.leiden, today=timezone.localdate()).counts
    for kind, number in counts.items():
        assert f'{kind.value} </th> <td class="sk-table__number">{number}</td>' in text


def test_the_report_for_the_council_names_every_norm_of_the_region(client, member, covered):
    region = covered.leiden.region
    norms = [
        WaitNormFactory(region=region, kind=kind, weeks=weeks, source=source)
        for kind, weeks, source in (
            (HelpKind.MENTAL_HEALTH, 14, "Inkoopkader"),
            (HelpKind.PARENTING, 13, "Raadsbesluit"),
        )
    ]
    page = client.get(COUNCIL).content.decode()
    assert [norm.source for norm in norms if norm.source not in page] == []


@pytest.mark.parametrize(
    ("address", "statements"),
    [
        # Session, user, municipality, membership, what was stored, searches, signals, refusals; for
        # the workbook the municipalities of the region and norms.
        (CSV, 8),
        (BOOK, 10),
    ],
)
def test_a_fixed_number_of_statements(
    client, member, covered, django_assert_num_queries, address, statements
):
    store_coverage(by=None, today=timezone.localdate())
    content_of(client.get(address))
    with django_assert_num_queries(statements):
        content_of(client.get(address))
