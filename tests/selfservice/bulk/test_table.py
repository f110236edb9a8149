"""A provider's offers out as a table and back in: seen first, all or nothing, back in one step."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from providers.csv_cells import as_csv
from providers.enums import ConfirmedVia, Role, WaitStatus
from providers.models import Confirmation, SheetChange
from providers.services.waits import record_wait
from providers.sheets.offers import COLUMNS, HEADINGS, lines_of, plan_of
from providers.sheets.workbook import as_workbook
from tests.factories import HelpQuestionFactory, MembershipFactory, OfferFactory
from tests.pages import attribute, element, elements, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(region):
    HelpQuestionFactory(code="pesten", label="Pesten")
    return OfferFactory(title="Samen koken", municipalities=[region.leiden], cost="")


@pytest.fixture
def editor(log_in, offer):
    return log_in(MembershipFactory(provider=offer.provider).user)


def changed(offer, **cells):
    """Return the table of a provider with other cells in the row of this offer, as CSV."""
    names = {"title": "titel", "weeks": "wachttijd in weken", "low": "leeftijd vanaf"}
    lines = [dict(zip(HEADINGS, line, strict=True)) for line in lines_of(offer.provider)]
    for line in lines:
        if line["nummer"] == str(offer.pk):
            line.update({names.get(name, name): cell for name, cell in cells.items()})
    return as_csv(HEADINGS, [line.values() for line in lines]).encode()


def address(offer, more=""):
    return f"/voor-aanbieders/aanbieder/{offer.provider_id}/tabel{more}"


def upload(client, offer, content):
    file = SimpleUploadedFile("aanbod.csv", content)
    return client.post(address(offer, "/"), {"bestand": file})


def save(client, offer, content):
    """Look at a table and press save; returns the answer to that."""
    page = upload(client, offer, content).content.decode()
    sent = {
        name: attribute(element(page, "input", name=name), "value")
        for name in ("inhoud", "kenmerk")
    }
    return client.post(address(offer, "/"), sent)


# --- out and back --------------------------------------------------------------------------------


def workbook_of(provider):
    choices = {one.heading: one.choices() for one in COLUMNS if one.choices}
    return as_workbook(HEADINGS, lines_of(provider), choices)


def csv_of(provider):
    return as_csv(HEADINGS, lines_of(provider)).encode()


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=90)


@pytest.mark.parametrize("written", [csv_of, workbook_of], ids=["csv", "xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    title=ANY_TEXT,
    text=ANY_TEXT,
    ages=st.lists(st.none() | st.integers(0, 27), min_size=2, max_size=2),
    weeks=st.none() | st.decimals(0, 260, places=2),
)
def test_what_goes_out_and_comes_back_changes_nothing(offer, written, title, text, ages, weeks):
    offer.title, offer.description = title, text
    known = [age for age in ages if age is not None]
    offer.age_min, offer.age_max = sorted(known) if len(known) == 2 else ages
    offer.wait_status = WaitStatus.UNKNOWN if weeks is None else WaitStatus.KNOWN
    offer.wait_weeks = weeks
    offer.save()
    plan = plan_of(written(offer.provider), offer.provider)
    assert (plan.changes, plan.problems, plan.unchanged) == ((), (), 1)


def test_the_workbook_has_lists_to_choose_from_and_no_formula(client, editor, offer):
    offer.title = "=1+1"
    offer.save()
    answer = client.get(address(offer, ".xlsx"))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["B2"].data_type == "s"
    rules = {str(rule.sqref).partition("2")[0] for rule in sheet.data_validations.dataValidation}
    headings = {sheet[f"{letter}1"].value for letter in rules}
    assert headings == {"trede", "soort hulp"}


# --- a look first --------------------------------------------------------------------------------


def test_what_would_change_is_shown_and_nothing_is_saved(client, editor, offer):
    page = upload(client, offer, changed(offer, title="Samen eten")).content.decode()
    assert text_of(element(page, "del")) == "Samen koken"
    assert text_of(element(page, "ins")) == "Samen eten"
    offer.refresh_from_db()
    assert offer.title == "Samen koken"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": ""}, ["2", "titel", "Dit is leeg."]),
        ({"trede": "9"}, ["2", "trede", "Kies uit: 0, 1, 2, 3, 4, 5, 6."]),
        ({"hulpvragen": "onzin"}, ["2", "hulpvragen", "Deze code kennen we niet: onzin."]),
        (
            {"weeks": "snel"},
            ["2", "wachttijd in weken", "Een wachttijd is een getal van 0 tot en met 260."],
        ),
        ({"nummer": "999999"}, ["2", "nummer", "Dit nummer is niet van uw aanbod."]),
        (
            {"low": "18"},
            ["2", "leeftijd vanaf", "“Vanaf” is hoger dan “tot en met”. Draai ze om."],
        ),
    ],
)
def test_a_mistake_is_said_with_its_row_and_column(client, editor, offer, cells, said):
    answer = upload(client, offer, changed(offer, **cells))
    assert answer.status_code == 422
    row = next(elements(element(answer.content.decode(), "tbody"), "tr"))
    assert [text_of(one) for one in (element(row, "th"), *elements(row, "td"))] == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"naam;plaats\nx;y", "De kolom “nummer” ontbreekt"),
        (b"nummer;titel;titel\n", "staat er twee keer"),
        (b"nummer;onzin\n", "kennen we niet"),
        (b"PK\x03\x04", "kunnen we niet lezen"),
    ],
)
def test_what_is_no_such_table_is_refused_in_one_sentence(client, editor, offer, content, said):
    answer = upload(client, offer, content)
    assert answer.status_code == 422
    assert said in text_of(element(answer.content.decode(), "div", class_="sk-errors"))


# --- all or nothing, and back --------------------------------------------------------------------


def test_a_table_is_saved_with_one_press(client, editor, offer):
    save(client, offer, changed(offer, title="Samen eten", hulpvragen="pesten", weeks="2,5"))
    offer.refresh_from_db()
    assert (offer.title, str(offer.wait_weeks)) == ("Samen eten", "2.50")
    assert [link.help_question_id for link in offer.question_links.all()] == ["pesten"]
    assert Confirmation.objects.get(offer=offer, fact="wait").via == ConfirmedVia.IMPORT


def test_a_second_mistake_leaves_the_first_row_alone(client, editor, offer, monkeypatch):
    other = OfferFactory(title="Zwemmen", provider=offer.provider)
    content = changed(offer, title="Anders").decode().replace("Zwemmen", "x" * 121).encode()
    answer = upload(client, offer, content)
    assert answer.status_code == 422
    other.refresh_from_db()
    offer.refresh_from_db()
    assert (offer.title, other.title) == ("Samen koken", "Zwemmen")


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, editor, offer):
    content = changed(offer, title="Samen eten")
    page = upload(client, offer, content).content.decode()
    offer.cost, offer.version = "Gratis", offer.version + 1
    offer.save()
    sent = {
        name: attribute(element(page, "input", name=name), "value")
        for name in ("inhoud", "kenmerk")
    }
    answer = client.post(address(offer, "/"), sent)
    assert answer.status_code == 409
    offer.refresh_from_db()
    assert offer.title == "Samen koken"


def test_a_table_is_taken_back_in_one_step(client, editor, offer):
    record_wait(by=editor, offer=offer, start_weeks=4)
    save(client, offer, changed(offer, title="Samen eten", weeks="9"))
    change = SheetChange.objects.get()
    client.post(address(offer, f"/{change.pk}/terugdraaien/"))
    offer.refresh_from_db()
    assert (offer.title, int(offer.wait_weeks)) == ("Samen koken", 4)


def test_what_was_changed_again_is_not_taken_back(client, editor, offer):
    save(client, offer, changed(offer, title="Samen eten"))
    offer.refresh_from_db()
    offer.title = "Samen bakken"
    offer.save()
    client.post(address(offer, f"/{SheetChange.objects.get().pk}/terugdraaien/"))
    offer.refresh_from_db()
    assert offer.title == "Samen bakken"
    assert SheetChange.objects.get().undone_at is None


def test_a_table_with_an_offer_that_is_gone_is_not_taken_back(client, editor, offer):
    save(client, offer, changed(offer, title="Samen eten"))
    path = address(offer, f"/{SheetChange.objects.get().pk}/terugdraaien/")
    offer.delete()
    assert client.post(path).status_code == 302
    assert SheetChange.objects.get().undone_at is None


def test_a_table_with_a_question_that_is_gone_is_not_taken_back(client, editor, offer):
    save(client, offer, changed(offer, hulpvragen="pesten"))
    change = SheetChange.objects.get()
    change.rows[0]["before"]["hulpvragen"] = "bestaat-niet-meer"
    change.save()
    assert client.post(address(offer, f"/{change.pk}/terugdraaien/")).status_code == 302
    assert SheetChange.objects.get().undone_at is None


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (None, 404)])
def test_who_may_not_write_gets_no_table(client, log_in, offer, role, status):
    provider = offer.provider if role else OfferFactory().provider
    log_in(MembershipFactory(provider=provider, role=role or Role.EDITOR).user)
    for ending in ("/", ".xlsx", ".csv"):
        assert client.get(address(offer, ending)).status_code == status
