"""The answer on a phone: cards first, a pill for the question, a sheet of filters, three views."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import tab_to

SEARCH = (
    "/?hulpvraag=somberheid&hulpvraag=schoolverzuim&hulpvraag=geldzorgen&leeftijd=14&plaats=leiden"
)
DANGER = f"{SEARCH}&signaal=suicide"
SMALL = {"width": 375, "height": 667}
# The widest phone at 200%, and the narrowest screen.
SIZES = [(320, 640), (375, 667), (720, 450)]
# The whole of a card, between the top of the screen and the bar at its foot.
WHOLE = """all => all.filter(card => {
  const foot = document.querySelector(".sk-views").getBoundingClientRect().top;
  const box = card.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= foot;
}).length"""
# How much of the end of the page the bar lies over.
COVERED = """() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const last = document.querySelector(".sk-foot").getBoundingClientRect().bottom;
  return last - document.querySelector(".sk-views").getBoundingClientRect().top;
}"""


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def either(request, browser, browser_context_args, demo_site):
    """The answer on a phone, in a browser with or without JavaScript."""
    script = request.param == "with JavaScript"
    options = {**browser_context_args, "viewport": SMALL, "java_script_enabled": script}
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(demo_site + SEARCH)
    yield page
    context.close()


@pytest.fixture
def phone(page, demo_site):
    page.set_viewport_size(SMALL)
    page.goto(demo_site + SEARCH)
    return page


def question(page):
    return page.get_by_label("Waar is hulp bij nodig?")


def test_three_whole_cards_stand_on_the_first_screen(phone):
    assert phone.locator("#lijst .sk-row").evaluate_all(WHOLE) >= 3


def test_every_card_with_a_number_calls_with_one_tap(phone):
    calls = phone.locator("#lijst .sk-row .sk-call:visible")
    assert calls.count() >= 10
    for call in calls.all():
        assert re.fullmatch(r"tel:\+31\d{9}", call.get_attribute("href"))


def test_the_question_opens_and_closes(either):
    expect(question(either)).not_to_be_visible()
    either.locator(".sk-asked").click()
    expect(question(either)).to_be_in_viewport()
    expect(question(either)).to_be_focused()
    either.get_by_role("link", name="Sluit").click()
    expect(question(either)).not_to_be_visible()


def test_the_pill_says_what_was_understood(either):
    expect(either.locator(".sk-asked")).to_contain_text("Somber of neerslachtig")
    expect(either.locator(".sk-asked")).to_contain_text("14 jaar · Leiden")


def test_what_was_understood_can_be_taken_away_beside_the_question(either):
    either.locator(".sk-asked").click()
    either.locator(".sk-chip", has_text="14 jaar").click()
    expect(either.locator(".sk-asked")).not_to_contain_text("14 jaar")


def test_a_refused_question_is_shown_with_what_is_wrong(either):
    either.locator(".sk-asked").click()
    question(either).fill("somber, bel 06 12345678")
    either.get_by_role("button", name="Zoek hulp").click()
    expect(either.locator(".sk-field--error")).to_contain_text("telefoonnummer")
    expect(question(either)).to_be_visible()


def test_a_quick_filter_narrows_and_is_taken_off_again(either):
    before = either.locator("#telling").text_content()
    either.locator(".sk-quick__link", has_text="In een groep").click()
    chosen = either.locator(".sk-quick__link--on", has_text="In een groep")
    expect(chosen).to_have_attribute("aria-current", "true")
    assert either.locator("#telling").text_content() != before
    chosen.click()
    expect(either.locator(".sk-quick__link--on")).to_have_count(0)
    assert either.locator("#telling").text_content() == before


def test_the_number_on_a_quick_filter_is_what_it_gives(either):
    chip = either.locator(".sk-quick__link", has_text="Zonder verwijzing")
    number = chip.locator("b").inner_text()
    chip.click()
    expect(either.locator(".sk-quick__link--on")).to_have_count(1)
    assert either.locator("#telling b").first.text_content() == number


def test_the_sheet_of_filters_counts_along(phone):
    phone.locator("#filters > details > summary").click()
    shown = phone.locator("#sluit-filters")
    before = shown.inner_text()
    phone.locator("#filters details summary", has_text="Groep of individueel").click()
    phone.get_by_label("In een groep").check()
    phone.wait_for_url(re.compile("vorm=groep"))
    expect(shown).not_to_have_text(before)
    number = phone.locator("#telling b").first.text_content()
    expect(shown).to_have_text(re.compile(rf"Toon {number} resulta"))
    shown.click()
    expect(phone.locator(".sk-filters__row")).not_to_be_visible()
    expect(phone.locator("#filters > details > summary")).to_be_focused()


def test_escape_closes_the_sheet(phone):
    phone.locator("#filters > details > summary").press("Enter")
    expect(phone.locator(".sk-filters__row")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator(".sk-filters__row")).not_to_be_visible()


def test_without_script_the_sheet_has_a_button(browser, browser_context_args, demo_site):
    options = {**browser_context_args, "viewport": SMALL, "java_script_enabled": False}
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(demo_site + SEARCH)
    page.locator("#filters > details > summary").click()
    page.locator("#filters details summary", has_text="Groep of individueel").click()
    page.get_by_label("In een groep").check()
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page).to_have_url(re.compile("vorm=groep"))
    context.close()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_bar_at_the_foot_covers_nothing(page, demo_site, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(demo_site + SEARCH)
    assert page.evaluate(COVERED) < 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_bar_leads_to_the_list_the_map_and_the_page_for_the_family(either):
    views = either.locator(".sk-views")
    views.get_by_role("link", name="Kaart").click()
    expect(either.locator("#kaart")).to_be_visible()
    views.get_by_role("link", name="Lijst").click()
    expect(either.locator("#kaart")).not_to_be_visible()
    steps = either.locator(".sk-plan__step").count()
    views.get_by_role("link", name=f"Gezin ({steps})").click()
    expect(either).to_have_url(re.compile("/gezin/"))


def test_with_danger_nothing_is_proposed_for_the_family(phone, demo_site):
    phone.goto(demo_site + DANGER)
    expect(phone.locator(".sk-views").get_by_role("link", name="Gezin")).to_have_count(0)
    expect(phone.locator(".sk-views").get_by_role("link", name="Keuzelijst")).to_be_visible()


def test_the_keyboard_reaches_the_first_telephone(phone):
    tab_to(phone, phone.locator("#lijst .sk-call").first)
