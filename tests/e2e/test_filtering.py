"""Filtering with a thumb and with the keyboard: nobody loses their place."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import press, tab_to

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"
PHONE = {"width": 375, "height": 667}
# How far a control may move on the screen when the list below it changes, in pixels.
STILL = 2
FILTERED = re.compile("vorm=groep")


@pytest.fixture
def search(page, demo_site):
    page.goto(demo_site + SEARCH)
    expect(page.locator("#kaart-vlak")).to_be_attached()
    return page


@pytest.fixture
def phone(page, demo_site):
    page.set_viewport_size(PHONE)
    page.goto(demo_site + SEARCH)
    return page


def top_of(locator):
    return locator.bounding_box()["y"]


def settled(page):
    expect(page.locator("#melding")).not_to_be_empty()


def open_filter(page, name):
    page.locator("#filters > details > summary").click()
    page.locator("#filters details summary", has_text=name).last.click()


def test_on_a_phone_a_filter_leaves_the_page_where_it_is(phone):
    open_filter(phone, "Groep of individueel")
    choice = phone.get_by_label("In een groep")
    choice.scroll_into_view_if_needed()
    before = top_of(choice)
    choice.check()
    phone.wait_for_url(FILTERED)
    settled(phone)
    assert abs(top_of(choice) - before) <= STILL


def test_on_a_phone_the_filter_stays_open_for_a_second_choice(phone):
    open_filter(phone, "Hoe licht of zwaar")
    phone.locator("#f-trede-1").check()
    phone.wait_for_url(re.compile("trede=1"))
    settled(phone)
    expect(phone.locator("#f-trede-0")).to_be_visible()


def test_a_term_chosen_leaves_its_filter_open(search):
    search.locator("#filters summary", has_text="Start").click()
    search.get_by_label("Binnen 2 weken").check()
    search.wait_for_url(re.compile("start=2"))
    settled(search)
    expect(search.locator("#f-start-2")).to_be_visible()


def test_the_focus_stays_on_the_choice_just_made(search):
    press(search, search.locator("#filters summary", has_text="Groep of individueel"))
    press(search, search.locator("#f-vorm-groep"), "Space")
    search.wait_for_url(FILTERED)
    settled(search)
    expect(search.locator("#f-vorm-groep")).to_be_focused()


def test_after_another_order_the_focus_is_on_the_order(search):
    tab_to(search, search.get_by_label("Volgorde"))
    search.keyboard.press("ArrowDown")
    search.wait_for_url(re.compile("volgorde="))
    settled(search)
    expect(search.get_by_label("Volgorde")).to_be_focused()


def test_the_first_link_skips_to_the_results(search):
    search.keyboard.press("Tab")
    expect(search.locator(":focus")).to_have_text("Naar de resultaten")
    search.keyboard.press("Enter")
    search.keyboard.press("Tab")
    expect(search.locator("#lijst .sk-card__title a").first).to_be_focused()


def test_the_second_link_still_skips_to_the_question(search):
    search.keyboard.press("Tab")
    search.keyboard.press("Tab")
    expect(search.locator(":focus")).to_have_text("Naar de inhoud")


def test_who_comes_back_from_an_offer_goes_on_at_its_card(search):
    """The way back leads to the card: the next Tab is in it, and not at the top of the page."""
    card = search.locator("#lijst .sk-card").nth(3)
    title = card.locator(".sk-card__title a")
    number, words = card.get_attribute("id"), title.inner_text()
    title.focus()
    search.keyboard.press("Enter")
    press(search, search.locator(".sk-crumb a"))
    expect(search).to_have_url(re.compile(f"#{number}$"))
    expect(search.locator(f"#{number}")).to_be_in_viewport()
    search.keyboard.press("Tab")
    expect(search.locator(":focus")).to_have_text(words)
