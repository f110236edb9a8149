"""One screen to decide by: how much of a result stands on it, and how far its telephone is."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = (
    "/?hulpvraag=somberheid&hulpvraag=schoolverzuim&hulpvraag=geldzorgen&leeftijd=14&plaats=leiden"
)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 667}
NUMBER = re.compile(r"\d{3} \d{3} \d{2} \d{2}|\d{4} \d{3} \d{3}|\d{3} \d{3} \d{4}|06 \d+")
ON_SCREEN = "all => all.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
HEIGHTS = "all => all.map(row => row.getBoundingClientRect().height)"


@pytest.fixture
def desk(page, demo_site):
    page.set_viewport_size(DESK)
    page.goto(demo_site + SEARCH)
    return page


@pytest.fixture
def phone(page, demo_site):
    page.set_viewport_size(PHONE)
    page.goto(demo_site + SEARCH)
    return page


@pytest.fixture
def plain(browser, browser_context_args, demo_site):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_site + SEARCH)
    yield page
    context.close()


def rows(page):
    return page.locator("#lijst .sk-row")


def test_seven_results_stand_on_one_screen(desk):
    assert rows(desk).evaluate_all(ON_SCREEN) >= 7


def test_a_row_is_low_on_a_desk(desk):
    heights = sorted(rows(desk).evaluate_all(HEIGHTS))
    assert heights[len(heights) // 2] <= 60


@pytest.mark.parametrize("more", ["", "&signaal=suicide"], ids=["calm", "danger"])
def test_no_row_is_high_on_a_phone(phone, demo_site, more):
    phone.goto(demo_site + SEARCH + more)
    assert max(rows(phone).evaluate_all(HEIGHTS)) <= 160


def test_on_a_desk_the_telephone_needs_no_click(desk):
    expect(rows(desk).first.locator(".sk-call__number")).to_be_visible()
    assert NUMBER.search(rows(desk).first.inner_text())


def test_on_a_phone_one_tap_calls(phone):
    call = rows(phone).first.get_by_role("link", name="Bel")
    expect(call).to_be_visible()
    assert call.get_attribute("href").startswith("tel:+31")


def test_a_row_opens_in_its_place_without_script(plain):
    first = rows(plain).first
    expect(first.locator(".sk-row__panel")).not_to_be_visible()
    first.locator(".sk-row__more > summary").click()
    expect(first.locator(".sk-row__panel")).to_be_visible()
    expect(first.locator(".sk-row__panel")).to_contain_text("Zo begint het:")
    expect(first.locator(".sk-why")).to_contain_text("past bij")


def test_the_way_in_and_the_cost_stand_in_the_row_or_beside_the_heading(desk):
    for part in desk.locator("#lijst .sk-part").all():
        shared = part.locator(".sk-section__shared").all_inner_texts()
        for row in part.locator(".sk-row").all():
            words = " · ".join([*shared, *row.locator(".sk-row__way").all_text_contents()])
            assert re.search("verwijzing|huisarts|team|toegang", words)
            assert re.search("gratis|euro|kosten|betaal|eigen", words)


@pytest.mark.parametrize("width", [320, 375, 768, 1024, 1440])
def test_nothing_sticks_out(page, demo_site, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(demo_site + SEARCH)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_a_row_keeps_its_telephone_and_loses_its_buttons(desk):
    desk.emulate_media(media="print")
    first = rows(desk).first
    expect(first.locator(".sk-call__number")).to_be_visible()
    expect(first.locator(".sk-keep")).not_to_be_visible()
    expect(first.locator(".sk-row__more > summary")).not_to_be_visible()


def test_the_list_prints_on_two_pages(desk):
    sheet = desk.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) <= 2
