"""A colleague is invited and at work in three clicks, counted in a real browser."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from providers.enums import Role
from tests.e2e.keyboard import tab_to
from tests.e2e.members import log_in
from tests.e2e.test_accessibility import check
from tests.factories import PASSWORD, MembershipFactory, OfferFactory, UserFactory

NEW_PASSWORD = "fietspomp regenjas koekje dak"


@pytest.fixture
def colleagues(page, transactional_db, live_server, settings):
    """The list of who takes part, opened by the manager."""
    settings.SITE_URL = live_server.url
    offer = OfferFactory(title="Samen koken", provider__name="De Boei")
    user = UserFactory(email="noor@voorbeeld.example", name="Noor")
    MembershipFactory(user=user, provider=offer.provider, role=Role.MANAGER)
    log_in(page, live_server.url, user.email, PASSWORD)
    page.goto(f"{live_server.url}/meedoen/{offer.provider_id}/collegas/")
    return page


def link_in_mail():
    return re.search(r"http\S+/meedoen/uitnodiging/\S+", mail.outbox[-1].body).group()


def test_three_clicks_from_asking_to_work(browser, colleagues):
    clicks = 0
    colleagues.get_by_label("E-mailadres").fill("sam@voorbeeld.example")
    colleagues.get_by_role("button", name="Verstuur de uitnodiging").click()
    clicks += 1
    expect(colleagues.get_by_role("status")).to_contain_text("is verstuurd")
    theirs = browser.new_page()
    theirs.goto(link_in_mail())
    clicks += 1  # on the link in the mail
    theirs.get_by_label("Uw naam").fill("Sam")
    theirs.locator("input[name=password1]").fill(NEW_PASSWORD)
    theirs.get_by_label("Wachtwoord nog een keer").fill(NEW_PASSWORD)
    theirs.get_by_role("button", name="Doe mee").click()
    clicks += 1
    expect(theirs.get_by_role("heading", name="Samen koken")).to_be_visible()
    expect(theirs.get_by_role("link", name="Aanpassen")).to_be_visible()
    theirs.close()
    assert clicks == 3


def invite_by_keyboard(page):
    tab_to(page, page.get_by_label("E-mailadres"))
    page.keyboard.type("sam@voorbeeld.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("de link werkt tot en met")


def test_invite_with_the_keyboard(colleagues):
    invite_by_keyboard(colleagues)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_invite_without_a_script(colleagues):
    invite_by_keyboard(colleagues)


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing(colleagues, width):
    colleagues.set_viewport_size({"width": width, "height": 900})
    check(colleagues)
    colleagues.get_by_role("button", name="Verstuur de uitnodiging").click()
    check(colleagues)
    colleagues.goto(colleagues.url.replace("collegas/", "weggaan/"))
    check(colleagues)
