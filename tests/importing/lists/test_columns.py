"""Which column holds what, wherever the headings are and however they are written."""

import pytest

from importing.lists.columns import Column, recognise
from importing.lists.table import read_list
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile
from tests.importing.lists.files import HEADINGS, as_csv, as_xlsx, row

MEANT = [
    *(Column.ORGANISATION, Column.TITLE, Column.DESCRIPTION, Column.TARGET, Column.STREET),
    *(Column.POSTCODE, Column.TOWN, Column.PHONE, Column.EMAIL, Column.WEBSITE, Column.PERSON),
    *(Column.KVK, Column.AGB, Column.AREAS),
]
FILES = {
    "plain": as_csv([row()]),
    "commas": as_csv([row()], separator=","),
    "tabs in UTF-16": as_csv([row()], separator="\t", encoding="utf-16"),
    "sep=": as_csv([row()], above="sep=;\r\n"),
    "Windows-1252": as_csv([row(name="Café Zoë")], encoding="cp1252"),
    "a title above": as_csv([row()], above="Sociale kaart, concept\r\n;;\r\n\r\n"),
    "a workbook": as_xlsx([row()]),
    "a merged title above": as_xlsx([row()], above=[["Sociale kaart"], []], merge=["A1:F1"]),
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_headings_are_found_and_understood(file):
    table = read_list(file)
    assert list(table.columns({}).values()) == MEANT
    assert len(table.rows) == 1


def test_rows_have_the_numbers_that_the_spreadsheet_shows():
    table = read_list(as_csv([row(), row()], above="Sociale kaart\r\n\r\n"))
    assert [number for number, _cells in table.rows] == [4, 5]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (["info@a.example", "info@b.example"], Column.EMAIL),
        (["www.a.nl", "https://b.nl/x"], Column.WEBSITE),
        (["2311 AB", "2312cd"], Column.POSTCODE),
        (["071-5161616", "071 516 16 16"], Column.PHONE),
        (["071.5161616", "071.5161617"], Column.PHONE),
        (["52.1601234", "-122.2149374"], Column.SKIP),
        (["Breestraat 1", "Lange Mare 12a"], Column.STREET),
        (["Peter Jansen", "Mevr. F. El Amrani"], Column.PERSON),
        (["iets", "anders"], Column.SKIP),
    ],
)
def test_a_column_without_a_name_is_known_by_what_is_in_it(cells, column):
    assert recognise(["Overig"], [[cell] for cell in cells], {}) == {"overig": column}


def test_names_of_persons_under_naam_are_no_organisations():
    headings, rows = ["Organisatie", "Naam"], [["De Boei", "Peter Jansen"]]
    assert recognise(headings, rows, {})["naam"] is Column.PERSON


def test_what_was_mapped_by_hand_goes_before_what_is_recognised():
    found = recognise(HEADINGS, [], {"omschrijving": "soort", "kolom van ons": "titel"})
    assert found["omschrijving"] is Column.KIND


def test_headings_that_occur_twice_are_two_columns():
    found = recognise(["Telefoon", "Telefoon"], [], {})
    assert found == {"telefoon": Column.PHONE, "telefoon 2": Column.PHONE}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kolomkoppen"),
        (b"een woord", "kolomkoppen"),
        (b"Naam;Telefoon\n", "geen enkele rij"),
        (b"\xd0\xcf\x11\xe0 oud", "oud Excel-bestand"),
        (b"PK\x03\x04 kapot", "kunnen we niet lezen"),
        (b'Naam;Plaats\n"open', "geen CSV-bestand"),
        (("Naam;Plaats\n" + "x;y\n" * 20_001).encode(), "Meer dan 20000 rijen"),
        ((";".join(["Naam"] * 60) + "\nx").encode(), "meer dan 50 kolommen"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(content, said):
    with pytest.raises(ImportRefused, match=said):
        read_list(TextFile("lijst", content))
