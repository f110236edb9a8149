"""Files with the vocabulary, however a spreadsheet saved them; what it spoiled is named."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from providers.models import HelpQuestion, SearchWord
from providers.spreadsheets import read_table
from providers.vocabulary.sheets import SHEETS
from tests.factories import HelpQuestionFactory, UserFactory

pytestmark = pytest.mark.django_db

IMPORT = "admin:providers_searchword_import"


@pytest.fixture
def vocabulary(db):
    HelpQuestionFactory(code="somberheid", label="Somber", theme__code="stemming", position=1)


@pytest.fixture
def editor(client, log_in):
    log_in(UserFactory(is_staff=True, is_superuser=True))
    return client


HEADINGS, LINE = ["woord of zin", "soort", "code"], ["sneu", "hulpvraag", "somberheid"]
WORDS = ";".join(HEADINGS) + "\n"


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text_file(separator=";", encoding="utf-8", above=""):
    lines = [separator.join(line) for line in (HEADINGS, LINE)]
    return (above + "\r\n".join(lines)).encode(encoding)


FILES = {
    "semicolons": text_file(),
    "commas": text_file(","),
    "tabs": text_file("\t"),
    "sep=;": text_file(above="sep=;\r\n"),
    "sep=, with mark": text_file(",", "utf-8-sig", above="sep=,\r\n"),
    "sep in quotes": text_file(above='"sep=;"\n'),
    "sep in capitals": text_file("|", above="SEP=|\n"),
    "utf-16": text_file("\t", "utf-16"),
    "utf-16 without mark": text_file(";", "utf-16-le"),
    "utf-16 big end first": text_file(",", "utf-16-be"),
    "utf-16 with sep": text_file(";", "utf-16", above="sep=;\r\n"),
    "windows": text_file(encoding="cp1252"),
    "excel": workbook(HEADINGS, LINE),
    "excel with empty cells": workbook([*HEADINGS, None], [*LINE, None], [None] * 4),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_list_is_read_however_it_was_saved(vocabulary, content):
    (change,) = SHEETS[SearchWord].plan(content).changes
    assert (change.row, change.instance.text) == (2, "sneu")


DATES = ["dec-18", "18-dec", "12-18-2018", "1-12-2018", "2018-12-01", "4-jun", "Jun 2004", "mrt-17"]


@pytest.mark.parametrize("cell", DATES)
def test_a_cell_that_became_a_date_is_named_with_row_and_column(vocabulary, cell):
    text = WORDS + "sneu;hulpvraag;somberheid\n" + f"{cell};hulpvraag;somberheid"
    (problem,) = SHEETS[SearchWord].plan(text.encode()).problems
    assert (problem.row, problem.column) == (3, "woord of zin")
    assert f"een datum van: “{cell}”" in problem.text


def test_a_date_in_a_workbook_is_named_with_row_and_column(vocabulary):
    content = workbook(HEADINGS, [dt.datetime(2018, 12, 1), *LINE[1:]])  # noqa: DTZ001 - as in Excel
    (problem,) = SHEETS[SearchWord].plan(content).problems
    assert (problem.row, problem.column) == (2, "woord of zin")
    assert "2018-12-01" in problem.text


def test_an_age_that_became_a_date_is_named(vocabulary):
    line = "slaap;Slecht slapen;dec-18;;1;stemming;"
    heading = ";".join(SHEETS[HelpQuestion].headings)
    (problem,) = SHEETS[HelpQuestion].plan(f"{heading}\n{line}".encode()).problems
    assert (problem.row, problem.column) == (2, "leeftijd vanaf")


def test_numbers_in_a_workbook_are_whole_numbers(vocabulary):
    row = ["slaap", "Slecht slapen", 4, 12.0, 3, "stemming", None]
    (change,) = SHEETS[HelpQuestion].plan(workbook(SHEETS[HelpQuestion].headings, row)).changes
    assert (change.instance.age_min, change.instance.age_max) == (4, 12)


BROKEN = {
    "nul": (b"woord of zin;soort;code\nsn\0eu;hulpvraag;somberheid", "NUL"),
    "nul between commas": (b"woord of zin,soort,code\nsn\0eu,hulpvraag,somberheid", "NUL"),
    "nul in utf-16": ((WORDS + "sn\0eu;hulpvraag;somberheid").encode("utf-16"), "NUL"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "oud Excel-bestand"),
    "half a workbook": (workbook(HEADINGS, LINE)[:900], "kunnen we niet lezen"),
    "a zip of something else": (b"PK\x03\x04" + b"x" * 100, "kunnen we niet lezen"),
    "utf-16 cut in half": ("woord".encode("utf-16") + b"x", "kunnen lezen"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_used_gets_a_sentence(editor, vocabulary, content, words):
    file = SimpleUploadedFile("lijst", content)
    answer = editor.post(reverse(IMPORT), {"bestand": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_workbook_that_grows_when_opened_is_not_opened(vocabulary):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(ValidationError, match="te groot"):
        SHEETS[SearchWord].plan(file.getvalue())


def with_sheets_named(name, *, more=b""):
    """Return a workbook whose part with the sheets has this name, and this much more in it."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEADINGS, LINE))) as parts,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as renamed,
    ):
        for part in parts.namelist():
            text = parts.read(part).replace(b"workbook.xml", name.encode())
            text += more if part == "xl/workbook.xml" else b""
            renamed.writestr(part.replace("workbook.xml", name), text)
    return file.getvalue()


@pytest.mark.parametrize("name", ["workbook.xml", "workbook2.xml"])
def test_the_part_with_the_sheets_has_any_name_and_a_bound(name):
    headings, (line,) = read_table(with_sheets_named(name))
    assert (headings, line[: len(LINE)]) == (HEADINGS, LINE)
    with pytest.raises(ValidationError, match="te veel opmaak"):
        read_table(with_sheets_named(name, more=b" " * 1_000_001))


def test_a_workbook_can_be_confirmed(editor, vocabulary):
    file = SimpleUploadedFile("lijst.xlsx", workbook(HEADINGS, LINE))
    page = editor.post(reverse(IMPORT), {"bestand": file})
    fields = page.context["confirm"].initial
    assert editor.post(reverse(IMPORT), fields).status_code == 302
    assert SearchWord.objects.filter(text="sneu").exists()


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_get_a_sentence(content):
    try:
        headings, rows = read_table(content)
    except ValidationError:
        return
    assert not any("\0" in cell for line in [headings, *rows] for cell in line)


@pytest.mark.parametrize("content", [b'{"naam": "a, b"}\n', b"\n<html><body>a;b</body></html>"])
def test_json_and_xml_are_no_table(content):
    with pytest.raises(ValidationError, match="geen CSV-bestand"):
        read_table(content)
