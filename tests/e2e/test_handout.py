"""Isa's fifth step: keep what fits, and one button makes a page for her and her parents.

The page is printed for real: Chromium makes a PDF of it, and another program counts its pages.
"""

import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from providers.models import Offer
from search.shortlist.shortlist import LONGEST_LIST, list_query
from tests.e2e.keyboard import tab_to

SEARCH = (
    "/?hulpvraag=somberheid&hulpvraag=schoolverzuim&hulpvraag=geldzorgen&leeftijd=14&plaats=leiden"
)


SHEET_TITLES = ".sk-handout:not(.sk-fplan) h2[id^='hulp-']"


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request, browser, browser_context_args, demo_site):
    script = request.param == "with JavaScript"
    context = browser.new_context(**browser_context_args, java_script_enabled=script)
    yield context.new_page()
    context.close()


def printed(page):
    """Return the page as it comes out of a printer, read back by another program."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def is_a4(sheet):
    width, height = sheet.mediabox.width, sheet.mediabox.height
    return abs(float(width) - 595.3) < 1 and abs(float(height) - 841.9) < 1


def keep_by_keyboard(page, numbers):
    """Keep the cards with these places in the list: tab to each button and press it."""
    for number in numbers:
        button = page.locator("#lijst .sk-keep").nth(number)
        tab_to(page, button)
        page.keyboard.press("Enter")
        expect(page.locator("#lijst .sk-keep").nth(number)).to_have_attribute(
            "aria-pressed", "true"
        )


def test_from_search_to_three_sheets_of_paper_by_keyboard(page, demo_site):
    page.goto(demo_site + SEARCH)
    keep_by_keyboard(page, (0, 1, 2))
    expect(page.locator("#naar-keuzelijst b")).to_have_text("3")
    page.wait_for_load_state("load")
    page.locator("#naar-keuzelijst").press("Enter")
    expect(page.locator(".sk-compare tbody tr")).to_have_count(3)
    # The municipality of the search came along.
    expect(page.locator("#gemeente option:checked")).to_have_text("Leiden")
    page.get_by_role("link", name="Pagina voor het gezin").press("Enter")
    # The plan, and a sheet for each.
    expect(page.locator(".sk-handout")).to_have_count(4)
    sheets = printed(page).pages
    assert len(sheets) == 4
    assert all(map(is_a4, sheets))


def test_one_button_from_the_results(page, demo_site):
    page.goto(demo_site + SEARCH)
    steps = page.locator(".sk-plan__title").all_inner_texts()
    page.get_by_role("link", name="Pagina voor het gezin").click()
    expect(page.locator(".sk-handout").first).to_be_visible()
    sheets = page.locator(SHEET_TITLES).all_inner_texts()
    # How it may begin, in that order.
    assert sheets == steps
    assert len(set(sheets)) == len(sheets) > 1
    assert len(printed(page).pages) == 1 + len(sheets)


def test_the_focus_stays_on_the_button(page, demo_site):
    page.goto(demo_site + SEARCH)
    button = page.locator("#lijst .sk-keep").nth(1)
    name = button.get_attribute("id")
    keep_by_keyboard(page, (1,))
    if page.evaluate("() => Boolean(window.htmx)"):
        assert page.evaluate("() => document.activeElement.id") == name


def test_nothing_but_codes_of_ours_and_the_age_searched_for_is_in_its_address(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.get_by_role("link", name="Pagina voor het gezin").click()
    page.wait_for_url("**/gezin/**")
    codes = r"(aanbod=\d+&)+gemeente=GM\d{4}(&hulpvraag=[a-z-]+){3}&leeftijd=14"
    assert re.fullmatch(codes, urlsplit(page.url).query)


def test_the_paper_holds_the_facts_and_no_furniture(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.get_by_role("link", name="Pagina voor het gezin").click()
    title = page.locator(SHEET_TITLES).first.inner_text()
    plan, sheet, *_rest = [" ".join(one.extract_text().split()) for one in printed(page).pages]
    for words in (title, "Bel vandaag", "Dit loopt alvast", "113", "verzonnen (demo)"):
        assert words in plan
    for words in (title, "Voor wie?", "Wat kost het?", "Wie bel je?"):
        assert words in sheet
    text = f"{plan} {sheet}"
    for words in ("Voor aanbieders", "Inloggen", "Druk af"):
        assert words not in text


def test_of_an_offer_the_paper_holds_what_a_family_or_a_file_needs(page, demo_site):
    """Of help with a long wait: its page has other help beside it, and a chart."""
    page.goto(demo_site + SEARCH)
    page.locator(".sk-late:has(.sk-pill--long) > summary").first.click()
    page.locator("#lijst .sk-card:has(.sk-pill--long) .sk-card__title a").first.click()
    page.wait_for_url("**/aanbod/**")
    expect(page.get_by_role("heading", name="Wat kan intussen?")).to_be_visible()
    others = page.locator(".sk-offer__beside .sk-card__title").all_inner_texts()
    sheets = printed(page).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert len(sheets) <= 2
    for words in ("Wanneer kan het starten?", "Hoe werkt het?", "Zo begint het", "Telefoon:"):
        assert words in text
    for words in (*others, "Kan het lichter?", "Klopt het?", "Zo meten we wachttijden", "Katwijk"):
        assert words not in text


def test_a_report_by_keyboard_is_thanked_for(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.locator("#lijst .sk-card__title a").first.click()
    tab_to(page, page.locator(".sk-report summary").first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".sk-report details button").first)
    page.keyboard.press("Enter")
    expect(page.locator("#berichten")).to_contain_text("Dank u.")


@pytest.mark.parametrize("page", ["with JavaScript"], indirect=True)
@pytest.mark.parametrize("place", ["leiden", ""], ids=["in a municipality", "anywhere"])
def test_every_offer_of_the_demo_fits_on_one_sheet(page, demo_site, django_db_blocker, place):
    with django_db_blocker.unblock():
        offers = list(Offer.objects.visible().order_by("pk").values_list("pk", flat=True))
    assert offers
    too_long = []
    for start in range(0, len(offers), LONGEST_LIST):
        some = offers[start : start + LONGEST_LIST]
        page.goto(f"{demo_site}/gezin/?{list_query(some, place)}")
        if len(printed(page).pages) != 1 + len(some):
            too_long.append(some)
    assert too_long == []
