"""The region's pages: a list in, a look, one press, and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from importing.lists.forms import code_of
from importing.models import ImportRun, ListSource
from providers.models import AuditEvent, Offer, Provider
from providers.spreadsheets import read_lines
from tests.factories import MembershipFactory
from tests.importing.lists.files import as_csv, as_xlsx, messy_rows, row
from tests.pages import attribute, element, elements, text_of

pytestmark = pytest.mark.usefixtures("region")

READ = "/regio/lijsten/inlezen/"


@pytest.fixture
def editor(log_in):
    """Log in somebody of the desk of the region."""
    return log_in(MembershipFactory(provider=None, region_id="JZ18").user)


def chosen(file, **fields):
    """Return what a person fills in to look at a list."""
    first = {"naam": "Kaart van Leiden", "dag": "2026-03-01", "regio": "JZ18", "trede": "1"}
    return first | {"bestand": SimpleUploadedFile(file.name, file.content)} | fields


def filled(html):
    """Return the fields of the form on a page as a browser sends them."""
    found = {}
    for field in elements(html, "input"):
        kind = attribute(field, "type")
        if kind == "checkbox" and "checked" in dict(field.attributes):
            found[attribute(field, "name")] = "on"
        if kind in {"hidden", "text", "date"} and attribute(field, "name"):
            found[attribute(field, "name")] = attribute(field, "value") or ""
    for field in elements(html, "select"):
        options = list(elements(field, "option"))
        picked = [one for one in options if "selected" in dict(one.attributes)]
        found[attribute(field, "name")] = attribute((picked or options)[0], "value") or ""
    return found


def look_at(client, file, **fields):
    """Return the page that shows what a list would bring, as text."""
    answer = client.post(READ, chosen(file, **fields))
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, html, button, **changes):
    """Press a button on that page."""
    return client.post(READ, filled(html) | {"doe": button} | changes)


@pytest.mark.parametrize("make", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_a_list_goes_from_file_to_map_in_two_presses(client, editor, make):
    html = look_at(client, make([row(), row(name="Kwadraat", phone="", site="", postcode="")]))
    assert not Offer.objects.exists()
    answer = press(client, html, "neem-over")
    run = ImportRun.objects.get()
    assert answer.url == f"/regio/lijsten/import/{run.pk}/"
    assert (run.by, Offer.objects.count()) == (editor, 2)


def test_a_column_that_was_read_wrongly_is_put_right_once(client, editor):
    html = look_at(client, as_csv([row()]))
    (field,) = [
        attribute(one, "name")
        for one in elements(html, "select")
        if any(
            attribute(option, "value") == "omschrijving" and "selected" in dict(option.attributes)
            for option in elements(one, "option")
        )
    ]
    again = press(client, html, "kijk", **{field: "aanmelden"}).content.decode()
    press(client, again, "neem-over")
    assert ListSource.objects.get().mapping["omschrijving"] == "aanmelden"
    assert Offer.objects.get().how_to_start == "Groep voor kinderen die somber zijn."


def test_what_was_not_looked_at_is_not_taken_over(client, editor):
    html = look_at(client, as_csv([row()]))
    answer = press(client, html, "neem-over", trede="6")
    assert answer.status_code == 200
    assert "Kijk nog eens" in answer.content.decode()
    assert not Offer.objects.exists()


def test_the_report_can_be_had_before_anything_is_written(client, editor):
    html = look_at(client, as_csv(messy_rows(30)))
    answer = press(client, html, "verslag")
    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode().splitlines()) == 31
    assert not Provider.objects.exists()


def test_an_import_is_taken_back_with_one_button(client, editor):
    press(client, look_at(client, as_csv([row()])), "neem-over")
    run = ImportRun.objects.get()
    client.post(f"/regio/lijsten/import/{run.pk}/terugdraaien/")
    page = client.get(f"/regio/lijsten/import/{run.pk}/").content.decode()
    assert "Teruggedraaid: 1 aanbod en 1 aanbieders zijn weg." in page
    assert not Offer.objects.exists()


def test_a_known_list_needs_its_file_and_its_day_only(client, editor):
    press(client, look_at(client, as_csv([row()]), hele_regio="on"), "neem-over")
    page = client.get(READ, {"lijst": "kaart-van-leiden"}).content.decode()
    assert attribute(element(page, "input", name="naam"), "value") == "Kaart van Leiden"
    assert "checked" in dict(element(page, "input", name="hele_regio").attributes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"naam": ""}, "Geef de lijst een naam."),
        ({"naam": "NZa ggz 2018"}, "landelijke lijsten"),
        ({"dag": "2999-01-01"}, "toekomst"),
        ({"bestand": SimpleUploadedFile("x.csv", b"onzin")}, "geen regel met kolomkoppen"),
        ({"bestand": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}, "kunnen we niet lezen"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, editor, fields, said):
    answer = client.post(READ, chosen(as_csv([row()]), **fields))
    assert answer.status_code == 422
    summary = text_of(element(answer.content.decode(), "div", class_="sk-errors"))
    assert said in summary


def test_a_file_that_was_tampered_with_is_no_file(client, editor):
    html = look_at(client, as_csv([row()]))
    assert press(client, html, "neem-over", inhoud="onzin").url == READ
    assert not Offer.objects.exists()


@pytest.mark.parametrize("path", ["", "inlezen/"])
def test_who_may_not_import_finds_nothing_here(client, log_in, path):
    assert client.get(f"/regio/lijsten/{path}").status_code == 302
    log_in()
    assert client.get(f"/regio/lijsten/{path}").status_code == 404
    assert client.post(f"/regio/lijsten/{path}", {}).status_code == 404


def test_how_a_list_is_read_has_its_own_line_in_the_history(client, editor):
    html = look_at(client, as_csv([row()]))
    press(client, html, "neem-over")
    event = AuditEvent.objects.get(action="listsource.created")
    assert (event.by, event.subject_id, event.regions) == (editor, "kaart-van-leiden", "JZ18")


def test_a_list_that_is_read_as_before_adds_none(client, editor):
    for name in ("Kwadraat", "De Boei"):
        html = look_at(client, as_csv([row(name=name, phone="", site="")]))
        press(client, html, "neem-over")
    assert AuditEvent.objects.filter(action__startswith="listsource").count() == 1


LONG = "De volledige sociale kaart jeugd van gemeente Leiden "


def test_two_long_names_are_two_lists():
    codes = {code_of(LONG + "Noord"), code_of(LONG + "Zuid")}
    assert len(codes) == 2
    assert all(len(code) <= 40 for code in codes)


def test_a_list_with_a_code_that_was_cut_off_keeps_it(region):
    name = LONG + "Noord"
    ListSource.objects.create(code=slugify(name)[:40], name=name, region_id="JZ18")
    assert code_of(name) == slugify(name)[:40]
    assert code_of(LONG + "Zuid") != slugify(name)[:40]


def test_a_press_reads_the_file_once(client, editor, monkeypatch):
    html = look_at(client, as_csv([row()]))
    seen = []

    def counted(content):
        seen.append(content)
        return read_lines(content)

    monkeypatch.setattr("importing.lists.table.read_lines", counted)
    press(client, html, "neem-over")
    assert Offer.objects.count() == 1
    assert len(seen) == 1
