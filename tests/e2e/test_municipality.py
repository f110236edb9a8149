"""Somebody of a municipality reads and takes along what there is, with the keyboard only."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import press, tab_to
from tests.e2e.members import MUNICIPALITY, log_in


@pytest.fixture
def leiden(page, demo_site):
    """The page of a municipality, from the list of one's own."""
    log_in(page, demo_site, MUNICIPALITY)
    page.goto(f"{demo_site}/voor-gemeenten/")
    press(page, page.get_by_role("link", name=re.compile("^Leiden")))
    expect(page.locator("h1")).to_have_text("Wat er is in Leiden")
    return page


def taken_along(page, name):
    """Download with the keyboard; return the rows of the file."""
    link = page.get_by_role("link", name=name)
    tab_to(page, link)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_supply_is_taken_along(leiden):
    rows = taken_along(leiden, "Download deze tabel (CSV)")
    themes = leiden.locator("#per-thema ~ .sk-table-wrap tbody tr")
    assert len(rows) - 1 == themes.count()


def test_what_referrers_miss_is_taken_along(leiden):
    rows = taken_along(leiden, "Download deze meldingen (CSV)")
    missed = leiden.locator("#gemist ~ .sk-table-wrap tbody tr")
    assert len(rows) - 1 == missed.count()


def test_the_waits_of_this_quarter_and_of_earlier_ones(leiden):
    press(leiden, leiden.get_by_role("link", name="Wachttijden per soort hulp"))
    expect(leiden.locator("h1")).to_have_text("Wachttijden in Leiden")
    tables = leiden.locator(".sk-table")
    earlier = leiden.locator("details", has_text="Eerdere kwartalen").locator(".sk-table").first
    expect(tables.first).to_be_visible()
    expect(earlier).to_be_hidden()
    press(leiden, leiden.get_by_text("Eerdere kwartalen"))
    expect(earlier).to_be_visible()
    # A table may be wider than a phone: the arrows move it, so it takes the focus.
    tab_to(leiden, leiden.locator("details[open] .sk-table-wrap").first)
    tab_to(leiden, leiden.get_by_role("link", name="Zo meten we wachttijden"))


def test_the_waits_are_taken_along(leiden):
    press(leiden, leiden.get_by_role("link", name="Wachttijden per soort hulp"))
    rows = taken_along(leiden, "Download deze tabellen (CSV)")
    lines = leiden.locator(".sk-table tbody tr").count()
    # Said twice on the page: what is drawn, and the total over the kinds and over the steps.
    drawn = leiden.locator("figure .sk-table tbody tr").count()
    totals = leiden.locator("section > details > .sk-table-wrap .sk-table__own").count()
    assert len(rows) - 1 == lines - drawn - totals


def test_the_groups_that_are_needed(leiden):
    press(leiden, leiden.get_by_role("link", name="Welke groepen nodig zijn"))
    expect(leiden.locator("h1")).to_have_text("Groepen die nodig zijn: Leiden en omgeving")
    waiting = leiden.get_by_role("table", name=re.compile("^Wie wacht"))
    expect(waiting).to_be_hidden()
    press(leiden, leiden.locator("main summary"))
    expect(waiting).to_be_visible()
    # Making a group of it is for providers.
    expect(leiden.get_by_role("button", name=re.compile("Maak hier"))).to_have_count(0)
    press(leiden, leiden.locator(".sk-crumb a"))
    expect(leiden.locator("h1")).to_have_text("Wat er is in Leiden")
