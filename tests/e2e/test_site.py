"""The site as a person meets it: a real browser, the whole demo region."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PAGES = ["/", "/groepen/", "/over-wachttijden/", "/over-de-gegevens/", "/voor-gemeenten/"]


def check_access(page):
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def search(page, demo_site, text):
    page.goto(demo_site)
    question = page.get_by_label("Waar is hulp bij nodig?")
    question.fill(text)
    question.press("Enter")
    page.wait_for_url(re.compile(r"\?"))


def test_isa_finds_help(page, demo_site):
    search(page, demo_site, "meisje 14 somber, gaat niet meer naar school, Leiden")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("[data-offer]").first).to_be_visible()
    check_access(page)
    page.locator("[data-offer] a").first.click()
    expect(page.locator("h1")).to_have_count(1)
    check_access(page)


def test_what_was_typed_stays_out_of_the_address(page, demo_site):
    search(page, demo_site, "meisje 14 heet Fleurtje, somber, Leiden")
    assert "leurtje" not in page.url


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible(page, demo_site, path):
    page.goto(demo_site + path)
    check_access(page)


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_narrow_phone(page, demo_site, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(demo_site + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


@pytest.fixture
def copy(page, demo_site, demo_group):
    """The button that copies the address of a shared list."""
    page.clock.install()
    page.goto(f"{demo_site}/keuzelijst/?aanbod={demo_group['offer']}")
    return page.locator("[data-copy]")


def test_a_copy_is_said_and_the_button_gets_its_words_back(page, context, copy, demo_group):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy.click()
    expect(copy).to_have_text("Gekopieerd")
    copy.click()
    address = f"/keuzelijst/?aanbod={demo_group['offer']}"
    assert address in page.evaluate("navigator.clipboard.readText()")
    page.clock.run_for(10_000)
    expect(copy).to_have_text("Kopieer")


def test_a_copy_that_is_not_allowed_is_said(page, context, copy):
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    copy.click()
    expect(copy).to_have_text("Kopiëren lukt hier niet")
