"""The circle: help is missed, reported, answered and made, and who missed it sees so."""

import re

import pytest
from playwright.sync_api import expect

from providers.enums import Role
from tests.e2e.members import log_in
from tests.e2e.test_new_offer import Hand, make_an_offer
from tests.factories import (
    PASSWORD,
    HelpQuestionFactory,
    MembershipFactory,
    ProviderFactory,
    UserFactory,
)

SEARCH = "/?hulpvraag=somberheid&plaats=leiden&leeftijd=14"
CELL = "/voor-gemeenten/leiden/dekking/somberheid/12-15/"
SIGNALS = "/voor-gemeenten/leiden/meldingen/"


@pytest.fixture
def site(live_server, transactional_db, region, settings):
    """A region with one help question and no help; each referrer has a network of their own."""
    settings.REGION_CODE = region.leiden.region_id
    settings.BEHIND_PROXY = True
    HelpQuestionFactory(code="somberheid", label="Somber")
    return live_server.url


@pytest.fixture
def people(browser, site):
    """Open a browser for each person, at an address of their own."""
    contexts = []

    def person(number, email=""):
        header = {"X-Forwarded-For": f"203.0.113.{number}"}
        contexts.append(browser.new_context(base_url=site, extra_http_headers=header))
        page = contexts[-1].new_page()
        if email:
            log_in(page, site, email, PASSWORD)
        return page

    yield person
    for context in contexts:
        context.close()


def report_missing(page):
    """Search, find nothing, and say so; return the link to follow it by."""
    page.goto(SEARCH)
    expect(page.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    page.get_by_role("link", name="Meld dat dit ontbreekt").click()
    page.get_by_label("Er is geen groep").check()
    page.get_by_label("Vanuit welk werk meldt u dit?").select_option("huisarts")
    page.get_by_role("button", name="Meld dit").click()
    expect(page.locator("h1")).to_have_text("Dank voor uw melding")
    return page.locator("a[href*=volg]").get_attribute("href")


def answer(page, status, offer=""):
    """Answer the signals on the one question there is."""
    page.goto(SIGNALS)
    page.get_by_role("link", name=re.compile("^Antwoord")).click()
    page.get_by_label(status, exact=True).check()
    if offer:
        page.get_by_label("Welk aanbod kwam ervan?").select_option(offer)
    page.get_by_role("button", name="Zet dit antwoord online").click()
    expect(page.get_by_role("status")).to_contain_text("Uw antwoord staat nu")


@pytest.mark.slow
def test_from_missing_to_made(people, site, region):
    referrer = people(1)
    follow = report_missing(referrer)
    for number in range(2, 7):
        report_missing(people(number))

    officer_at = UserFactory(email="beleid@leiden.example")
    MembershipFactory(user=officer_at, provider=None, municipality=region.leiden)
    officer = people(20, officer_at.email)
    officer.goto(CELL)
    expect(officer.locator(".sk-lead")).to_contain_text("Leiden: niets.")
    officer.goto(SIGNALS)
    row = officer.get_by_role("row", name=re.compile("^Somber"))
    expect(row).to_contain_text("6 × Er is geen groep, 12 tot en met 15 jaar")
    officer.get_by_role("link", name="Noem de mailbox").click()
    officer.get_by_label("Naam van de mailbox").fill("Beleid jeugd, gemeente Leiden")
    officer.get_by_label("E-mailadres").fill("jeugd@leiden.example")
    officer.get_by_role("button", name="Bewaar").click()
    answer(officer, "In gesprek")

    referrer.goto(SEARCH)
    expect(referrer.get_by_role("main")).to_contain_text("De gemeente over Somber: In gesprek")
    expect(referrer.get_by_role("link", name="jeugd@leiden.example")).to_be_visible()
    referrer.goto(follow)
    expect(referrer.get_by_role("main")).to_contain_text("In gesprek")

    maker = UserFactory(email="noor@voorbeeld.example")
    MembershipFactory(
        user=maker, provider=ProviderFactory(name="Buurthuis De Brug"), role=Role.EDITOR
    )
    provider = people(30, maker.email)
    provider.goto("/voor-aanbieders/")
    make_an_offer(Hand(provider))
    expect(provider.get_by_role("status")).to_contain_text("is gepubliceerd")

    officer.goto(CELL)
    expect(officer.locator(".sk-lead")).to_contain_text("Leiden: kwetsbaar.")
    answer(officer, "Opgepakt", offer="Samen koken")
    row = officer.get_by_role("row", name=re.compile("^Somber"))
    expect(row).to_contain_text("Nieuw aanbod na 0 dagen")

    referrer.goto(SEARCH)
    told = referrer.locator(".sk-empty")
    expect(told).to_contain_text("De gemeente over Somber: Opgepakt")
    expect(told.get_by_role("link", name="Samen koken")).to_be_visible()
    referrer.goto(follow)
    referrer.get_by_role("link", name="Samen koken").click()
    expect(referrer.locator("h1")).to_contain_text("Samen koken")
