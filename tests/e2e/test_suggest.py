"""Suggestions under the question: by keyboard, for a screen reader, by mouse."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import expect

SEARCH = "/?hulpvraag=schoolverzuim&leeftijd=14&plaats=leiden"
EVERY_RULE = "{rules: Object.fromEntries(axe.getRules().map(r => [r.ruleId, {enabled: true}]))}"


@pytest.fixture
def field(page, demo_site):
    """The question field of a search for school absence in Leiden."""
    page.goto(demo_site + SEARCH)
    return page.get_by_role("combobox", name="Waar is hulp bij nodig?")


def options(page):
    return page.get_by_role("listbox", name="Suggesties").get_by_role("option")


def suggest_for(field, text):
    field.fill(text)
    expect(field).to_have_attribute("aria-expanded", "true")


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_help_question_is_chosen_by_keyboard_and_the_rest_stays(page, field):
    suggest_for(field, "somb")
    field.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    page.wait_for_url(re.compile("somberheid"))
    assert asked(page) == {
        "hulpvraag": ["schoolverzuim", "somberheid"],
        "leeftijd": ["14"],
        "plaats": ["leiden"],
    }
    expect(page.locator(".sk-chip", has_text="Somber of neerslachtig")).to_be_visible()


def test_the_arrows_home_and_end_move_the_mark_and_the_focus_stays(page, field):
    suggest_for(field, "somb")
    count = options(page).count()
    for key, place in [
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", count - 1),
        ("ArrowDown", 0),
        ("ArrowUp", count - 1),
        ("Home", 0),
    ]:
        field.press(key)
        marked = options(page).nth(place)
        expect(marked).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", marked.get_attribute("id"))
        expect(field).to_be_focused()
    assert page.locator("[role=option][aria-selected=true]").count() == 1


def test_escape_closes_the_list_and_keeps_the_text(page, field):
    suggest_for(field, "somb")
    field.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("somb")
    field.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_enter_without_a_mark_asks_what_was_typed(page, field):
    suggest_for(field, "somb")
    field.fill("somber")
    field.press("Enter")
    page.wait_for_url(re.compile("somberheid"))
    assert "schoolverzuim" in asked(page)["hulpvraag"]


def test_the_words_before_it_are_still_read(page, field):
    suggest_for(field, "piekert veel, somb")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile("somberheid"))
    assert {"piekeren", "somberheid"} <= set(asked(page)["hulpvraag"])


def test_a_provider_opens_its_page(page, field):
    suggest_for(field, "Buurthuis")
    options(page).filter(has_text="aanbieder").first.click()
    page.wait_for_url(re.compile("/aanbieder/"))


def test_the_number_of_suggestions_is_said(page, field):
    suggest_for(field, "somb")
    said = page.locator(".sk-ask [role=status]")
    expect(said).to_have_text(f"{options(page).count()} suggesties. Kies met de pijltjes.")
    field.fill("xqzw")
    expect(said).to_have_text("Geen suggesties.")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_an_answer_that_comes_late_does_not_take_the_mark_away(page, field):
    suggest_for(field, "so")
    field.press("m")
    field.press("ArrowDown")
    page.wait_for_timeout(500)
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_one_letter_asks_nothing(page, field):
    asked_for = []
    page.on("request", lambda request: asked_for.append(request.url))
    field.press_sequentially("s")
    page.wait_for_timeout(400)
    assert not [url for url in asked_for if "suggesties" in url]


def test_what_is_typed_goes_by_post_and_stands_in_no_address(page, field):
    with page.expect_request("**/suggesties") as sent:
        field.press_sequentially("somb")
    assert sent.value.method == "POST"
    assert "somb" not in sent.value.url


def test_what_points_at_a_person_is_refused_at_once(page, field):
    field.press_sequentially("bel 0612345678")
    expect(page.locator(".sk-suggest__problem")).to_contain_text("Dit lijkt op een telefoonnummer")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_a_text_that_is_too_long_is_kept_whole_and_answered(page, field):
    field.focus()
    page.keyboard.insert_text("somber " * 40)
    expect(page.locator(".sk-suggest__problem")).to_contain_text("hoogstens 200 tekens")
    assert len(field.input_value()) == 280


def test_nothing_moves_when_the_list_opens(page, field):
    before = page.locator("#resultaat").bounding_box()
    suggest_for(field, "somb")
    assert page.locator("#resultaat").bounding_box() == before


def test_filters_chosen_since_are_kept(page, field):
    page.locator("#filters summary", has_text="Groep of individueel").click()
    page.locator("#f-vorm-groep").check()
    page.wait_for_url(re.compile("vorm=groep"))
    suggest_for(field, "somb")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(re.compile("somberheid"))
    assert asked(page)["vorm"] == ["groep"]


@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_in_an_open_list(page, field, width):
    page.set_viewport_size({"width": width, "height": 900})
    if not field.is_visible():
        # On a phone the question is a pill that opens the form.
        page.locator(".sk-asked").click()
    suggest_for(field, "somb")
    field.press("ArrowDown")
    page.evaluate(Axe().axe_script)
    found = AxeResults(page.evaluate(f"axe.run({EVERY_RULE})"))
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
