"""Files that cannot be taken in are refused in one sentence."""

import pytest

from importing.nza.lists import recognise
from importing.pipeline import table_file
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile, clean_cell, load
from tests.importing.nza.files import COLUMNS_2018, rows_2018, write_2016, write_2018


def rows_in(content):
    file = TextFile("lijst.csv", content)
    return recognise(file).rows(file)


@pytest.fixture
def good(tmp_path):
    return write_2018(tmp_path / "lijst.csv").read_bytes()


def test_both_lists_are_recognised_by_their_columns(tmp_path, good):
    assert len(rows_in(good)) == len(rows_2018())
    old = load(write_2016(tmp_path / "oud.csv"))
    rows = recognise(old).rows(old)
    assert recognise(old).code == "nza-ggz-2016"
    assert rows[1].remark == "Eén overzicht van: De Wilg, De Es"
    assert (rows[0].agb_code, rows[0].kvk_number) == ("06000001", "09123456")
    assert (rows[3].agb_code, rows[3].kvk_number) == ("", "")


def test_the_2016_list_saved_again_as_utf_8_reads_the_same(tmp_path):
    latin = write_2016(tmp_path / "oud.csv").read_bytes()
    assert rows_in(latin.decode("latin-1").encode("utf-8-sig")) == rows_in(latin)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda good: b"", "leeg"),
        (lambda good: b" \r\n\r\n", "leeg"),
        (lambda good: good.split(b"\n")[0], "geen enkele rij"),
        (lambda good: b"PK\x03\x04" + good, "geen CSV"),
        (lambda good: b"\x00\x01" + good, "geen CSV"),
        (lambda good: good.decode().encode("utf-16"), "UTF-16"),
        (lambda good: good.replace(b"Wilg", b"W\xefg"), "tekens"),
        (lambda good: b"naam,plaats\nx,y\n", "kolommen horen niet"),
        (lambda good: good.replace(b"Peildatum", b"Datum", 1), "ontbreken kolommen: Peildatum"),
        (lambda good: good.replace(b"AGBcode 3", b"AGBcode 2", 1), "twee keer"),
        (lambda good: good + b"1,2,3\n", "cellen"),
        (lambda good: good + b'"open', "geldige CSV"),
        (lambda good: good + b"x" * 140_000, "geldige CSV"),
        (lambda good: b"x" * 140_000 + good, "geldige CSV"),
        (lambda good: good.replace(b"\r\n", b"\r"), "geldige CSV"),
    ],
)
def test_refused(good, change, words):
    with pytest.raises(ImportRefused) as refused:
        rows_in(change(good))
    sentence = str(refused.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(ImportRefused, match="200 MB"):
        load(path)


def test_too_many_rows(monkeypatch, good):
    monkeypatch.setattr(table_file, "MOST_ROWS", 3)
    with pytest.raises(ImportRefused, match="Meer dan 3 rijen"):
        rows_in(good)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ImportRefused, match="niet te lezen"):
        load(tmp_path / "weg.csv")
    with pytest.raises(ImportRefused, match="geen bestand"):
        load(tmp_path)


def test_columns_may_stand_in_another_order(tmp_path, good):
    path = tmp_path / "anders.csv"
    cells = rows_2018()[0]
    path.write_text(
        ",".join(reversed(COLUMNS_2018)) + "\n" + ",".join(reversed(list(cells.values()))) + "\n"
    )
    assert rows_in(path.read_bytes()) == rows_in(good)[:1]


def test_cells_lose_html_and_double_spaces():
    assert clean_cell("a&nbsp;<br/>b\r\n  c &amp; d < 3") == "a b c & d < 3"


def test_words_on_two_lines_stay_two_words_and_what_nobody_sees_goes():
    assert clean_cell("Leiden\x0bKat\x00wijk\x0cVoor\x07hout\x1fLisse") == (
        "Leiden Katwijk Voorhout Lisse"
    )
