"""Groups with the keyboard only: filter, look at the month, say that one has somebody."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_accessibility import check, log_in
from tests.factories import GroupProgrammeFactory, GroupRunFactory, OfferFactory, days_ago


def tab_to(page, target, *, at_most=60):
    """Press Tab until this has the focus."""
    for _ in range(at_most):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {target}")


def test_filters_with_the_keyboard(page, demo_site):
    page.goto(f"{demo_site}/groepen/")
    tab_to(page, page.get_by_label("Postcode of plaats"))
    page.keyboard.type("Leiden")
    tab_to(page, page.locator("#id_binnen"))
    page.keyboard.type("binnen 6")
    more = page.locator(".sk-groups__filters summary")
    tab_to(page, more)
    page.keyboard.press("Enter")
    tuesday = page.get_by_label("dinsdag", exact=True)
    tab_to(page, tuesday)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Toon", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("plaats=Leiden.*binnen=6.*dag=dinsdag"))
    # What was chosen stays chosen, and in view.
    expect(tuesday).to_be_checked()
    expect(tuesday).to_be_visible()
    days = page.locator(".sk-results").first.locator(".sk-card__meta b").all_inner_texts()
    assert days
    assert all(day.startswith("Dinsdag") for day in days if " uur" in day)


def test_the_month_with_the_keyboard(page, demo_site):
    page.goto(f"{demo_site}/groepen/?plaats=Leiden")
    tab_to(page, page.get_by_role("link", name="Kalender"))
    page.keyboard.press("Enter")
    heading = page.locator("#maand")
    before = heading.inner_text()
    tab_to(page, page.locator("a[rel=next]"))
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(before)
    expect(page.get_by_label("Postcode of plaats")).to_have_value("Leiden")


def test_on_a_phone_the_month_is_a_list_of_days(page, demo_site):
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(f"{demo_site}/groepen/?weergave=kalender")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 375
    expect(page.locator(".sk-month thead")).to_be_hidden()
    for empty in page.locator(".sk-month__day--empty").all()[:3]:
        expect(empty).to_be_hidden()


@pytest.fixture
def run(transactional_db, region):
    offer = OfferFactory(title="Samen sterk", municipalities=[region.leiden], group=True)
    programme = GroupProgrammeFactory(offer=offer, min_size=5)
    return GroupRunFactory(programme=programme, starts_on=days_ago(-9), places=6, places_left=3)


def test_interest_with_the_keyboard_and_taking_it_back(page, live_server, run):
    page.goto(f"{live_server.url}/groepen/")
    tab_to(page, page.get_by_role("link", name=re.compile("Ik heb iemand")))
    page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Meld dit")
    tab_to(page, send)
    page.keyboard.press("Enter")
    # Refused: the summary has the focus, and its first line leads to the field.
    expect(page.locator(".sk-errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hoe oud ongeveer?")).to_be_focused()
    page.keyboard.type("8 tot")
    tab_to(page, page.get_by_label("Uit welke gemeente?"))
    page.keyboard.type("Leiden")
    tab_to(page, send)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Uw melding telt mee")
    page.goto(f"{live_server.url}/groepen/")
    expect(page.locator(".sk-card")).to_contain_text("3 van 6 aangemeld, 1 belangstellend")
    tab_to(page, page.get_by_role("button", name=re.compile("Haal weg")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("telt niet meer mee")
    expect(page.locator(".sk-card")).not_to_contain_text("belangstellend")


# --- every rule of axe, on the states that a plain address does not reach ------------------------


@pytest.fixture(params=[1440, 375], ids=["wide", "narrow"])
def sized(request, page):
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def test_the_form_for_interest_and_its_errors(sized, demo_site):
    sized.goto(f"{demo_site}/groepen/?plaats=Leiden")
    sized.locator(".sk-groups__tap").first.click()
    check(sized)
    sized.get_by_label("Uit welke gemeente?").select_option("")
    sized.get_by_role("button", name="Meld dit").click()
    expect(sized.locator(".sk-errors")).to_be_visible()
    check(sized)


@pytest.mark.parametrize("part", ["", "wijzig/", "nieuwe-start/"])
def test_the_pages_of_a_group_of_a_provider(sized, demo_site, part):
    log_in(sized, demo_site, "aanbieder@demo.example")
    sized.goto(f"{demo_site}/voor-aanbieders/")
    link = sized.locator("a[href$='/groep/']").first.get_attribute("href")
    sized.goto(demo_site + link + part)
    check(sized)


def test_the_form_of_a_start_with_errors_and_cancelling(sized, demo_site):
    log_in(sized, demo_site, "aanbieder@demo.example")
    sized.goto(f"{demo_site}/voor-aanbieders/")
    link = sized.locator("a[href*='/plekken/']").first.get_attribute("href")
    sized.goto(demo_site + link.replace("plekken/", "groep/"))
    sized.get_by_role("link", name=re.compile("^Zeg af")).first.click()
    check(sized)
    sized.go_back()
    sized.get_by_role("link", name=re.compile("^Wijzig ?:")).first.click()
    sized.get_by_label("Plekken vrij").fill("999")
    sized.get_by_role("button", name="Opslaan").click()
    expect(sized.locator(".sk-errors")).to_be_visible()
    check(sized)


def test_what_people_ask_for(sized, demo_site):
    log_in(sized, demo_site, "aanbieder@demo.example")
    sized.goto(f"{demo_site}/voor-aanbieders/")
    sized.locator("a[href*='/vraag/']").first.click()
    sized.locator("details.sk-more summary").click()
    check(sized)
