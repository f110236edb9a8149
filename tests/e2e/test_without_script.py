"""Everything a referrer needs works without JavaScript; the map is an extra."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"


@pytest.fixture
def plain(browser, browser_context_args):
    """A page in a browser without JavaScript."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def number(page, place):
    return int(re.search(r"\d+", page.locator(place).inner_text())[0])


def total(page):
    return number(page, "#telling")


def test_a_filter_is_applied_with_a_button(plain, demo_site):
    plain.goto(demo_site + SEARCH)
    before = total(plain)
    plain.locator("#filters summary", has_text="Groep of individueel").click()
    plain.get_by_label("In een groep").check()
    plain.get_by_role("button", name="Toon", exact=True).click()
    expect(plain).to_have_url(re.compile("vorm=groep"))
    assert 0 < total(plain) < before


def test_a_chip_is_taken_away(plain, demo_site):
    plain.goto(demo_site + SEARCH)
    before = total(plain)
    plain.locator(".sk-chip", has_text="14 jaar").click()
    expect(plain.locator(".sk-chip", has_text="14 jaar")).to_have_count(0)
    assert total(plain) > before


def test_another_order_is_applied_with_a_button(plain, demo_site):
    plain.goto(demo_site + SEARCH)
    plain.get_by_label("Volgorde").select_option("wachttijd")
    plain.locator("#filters summary", has_text="Groep of individueel").click()
    plain.get_by_role("button", name="Toon", exact=True).click()
    expect(plain.get_by_label("Volgorde")).to_have_value("wachttijd")


def test_a_long_list_is_paged(plain, demo_site):
    plain.goto(f"{demo_site}/?plaats=leiden&volgorde=licht")
    plain.get_by_role("link", name="Volgende").click()
    expect(plain.locator(".sk-pager__where")).to_contain_text("Pagina 2 van")
    expect(plain.locator("#lijst .sk-no").first).to_have_text("21")


def test_a_refused_question_says_why(plain, demo_site):
    plain.goto(demo_site)
    plain.get_by_label("Waar is hulp bij nodig?").fill("somber, bel 06 12345678")
    plain.get_by_role("button", name="Zoek hulp").click()
    expect(plain.locator(".sk-field--error")).to_contain_text("telefoonnummer")


def test_the_menu_opens_on_a_phone(plain, demo_site):
    plain.set_viewport_size({"width": 375, "height": 700})
    plain.goto(demo_site)
    plain.get_by_text("Menu", exact=True).click()
    plain.get_by_role("link", name="Groepen", exact=True).click()
    expect(plain.locator("h1")).to_have_text("Groepen die starten")


def test_the_groups_are_filtered(plain, demo_site):
    plain.goto(f"{demo_site}/groepen/")
    every = number(plain, ".sk-lead")
    plain.get_by_label("Leeftijd").fill("3")
    plain.get_by_role("button", name="Toon", exact=True).click()
    assert 0 < number(plain, ".sk-lead") < every
