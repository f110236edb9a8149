"""The pages of the tables of places, municipalities and starts: who may, and what they say."""

import io

import pytest
from openpyxl import load_workbook

from providers.models import GroupRun, SheetChange
from tests.pages import attribute, element, elements, text_of
from tests.selfservice.bulk.sheets import (
    KINDS,
    address,
    save,
    table,
    upload,
)

pytestmark = pytest.mark.django_db

# --- who -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("colleague", 200), ("reader", 403), ("stranger", 404), ("staff", 404)],
)
def test_who_may_write_gets_the_tables(client, log_in_as, everything, who, status):
    log_in_as(who)
    for kind in KINDS:
        for ending in ("/", ".xlsx", ".csv"):
            assert client.get(address(everything, kind, ending)).status_code == status


@pytest.mark.parametrize("kind", ["onzin", "aanbod-2", "__class__"])
def test_another_kind_of_table_does_not_exist(client, log_in_as, everything, kind):
    log_in_as("owner")
    assert client.get(address(everything, kind)).status_code == 404


def test_a_workbook_says_what_is_in_it(client, log_in_as, everything):
    log_in_as("owner")
    answer = client.get(address(everything, "locaties", ".xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    assert book.worksheets[0].title == "Locaties"


# --- on the page ---------------------------------------------------------------------------------


def name_of(place):
    place.refresh_from_db()
    return place.name


def test_it_is_seen_first_then_saved_then_taken_back(client, log_in_as, everything, place):
    log_in_as("colleague")
    before = name_of(place)
    content = table("locaties", everything, first={"naam van de plek": "De Zolder"})
    seen = upload(client, everything, "locaties", content).content.decode()
    assert text_of(element(seen, "ins")) == "De Zolder"
    assert name_of(place) == before
    assert "1 rij gewijzigd." in save(client, everything, "locaties", content)
    assert name_of(place) == "De Zolder"
    change = SheetChange.objects.get()
    client.post(f"/voor-aanbieders/aanbieder/{everything.pk}/tabel/{change.pk}/terugdraaien/")
    assert name_of(place) == before


def test_a_mistake_saves_nothing(client, log_in_as, everything, place):
    log_in_as("owner")
    new = {"straat en huisnummer": "Dam 2", "postcode": "x", "plaats": "Leiden"}
    changes = {"first": {"naam van de plek": "De Zolder"}, "more": [new]}
    answer = upload(client, everything, "locaties", table("locaties", everything, **changes))
    row = next(elements(element(answer.content.decode(), "tbody"), "tr"))
    assert (answer.status_code, text_of(element(row, "th"))) == (422, "3")
    place.refresh_from_db()
    assert place.name != "De Zolder"


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(client, log_in_as, everything, run):
    log_in_as("owner")
    content = table("starts", everything, first={"plekken": "9"})
    page = upload(client, everything, "starts", content).content.decode()
    GroupRun.objects.update(places=20, version=run.version + 1)
    sent = {
        name: attribute(element(page, "input", name=name), "value")
        for name in ("inhoud", "kenmerk")
    }
    assert client.post(address(everything, "starts"), sent).status_code == 409
    run.refresh_from_db()
    assert run.places == 20
