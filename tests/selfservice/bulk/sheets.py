"""Tables of places, municipalities and starts, as a member takes them out and hands them in."""

from django.core.files.uploadedfile import SimpleUploadedFile

from providers.csv_cells import as_csv
from providers.services.files.rows import SHEETS, apply_rows
from providers.sheets.rows import plan_of
from providers.sheets.workbook import as_workbook
from tests.factories import UserFactory
from tests.pages import attribute, element

KINDS = ["locaties", "gemeenten", "starts"]


def sheet_of(kind, provider):
    return SHEETS[kind](provider)


def csv_of(sheet):
    return as_csv(sheet.headings, sheet.rows()).encode()


def workbook_of(sheet):
    return as_workbook(sheet.headings, sheet.rows(), sheet.choices)


def table(kind, provider, *, first=(), more=()):
    """Return a table as CSV, with other cells in its first line, and with lines added."""
    sheet = sheet_of(kind, provider)
    lines = [dict(zip(sheet.headings, line, strict=True)) for line in sheet.rows()]
    if first:
        lines[0] |= dict(first)
    lines += [dict.fromkeys(sheet.headings, "") | one for one in more]
    return as_csv(sheet.headings, [line.values() for line in lines]).encode()


def plan(kind, provider, **changes):
    return plan_of(sheet_of(kind, provider), table(kind, provider, **changes))


def apply(kind, provider, **changes):
    """Carry a changed table out; returns what can be taken back."""
    found = plan(kind, provider, **changes)
    assert found.problems == ()
    return apply_rows(by=UserFactory(), provider=provider, kind=kind, plan=found)


def address(provider, kind, ending="/"):
    return f"/voor-aanbieders/aanbieder/{provider.pk}/tabel/{kind}{ending}"


def upload(client, provider, kind, content):
    file = SimpleUploadedFile("tabel.csv", content)
    return client.post(address(provider, kind), {"bestand": file})


def save(client, provider, kind, content):
    """Look at a table and press save; returns the page after that."""
    page = upload(client, provider, kind, content).content.decode()
    sent = {
        name: attribute(element(page, "input", name=name), "value")
        for name in ("inhoud", "kenmerk")
    }
    return client.post(address(provider, kind), sent, follow=True).content.decode()
