"""Groups with the keyboard only: filter, look at the month, say that one has somebody."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import tab_to
from tests.e2e.test_accessibility import check
from tests.factories import GroupProgrammeFactory, GroupRunFactory, OfferFactory, days_ago


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
    expect(page.locator(".sk-card")).to_contain_text(
        "3 van 6 aangemeld, minder dan 5 belangstellend"
    )
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
