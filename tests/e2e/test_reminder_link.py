"""The link in a reminder: with the keyboard, without a script, wide and narrow."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from tests.e2e.keyboard import tab_to
from tests.e2e.test_accessibility import check
from tests.factories import MembershipFactory, OfferFactory, days_ago


@pytest.fixture
def link(transactional_db, live_server, settings):
    """The address in a mail that was really sent."""
    settings.SITE_URL = live_server.url
    offer = OfferFactory(title="Samen koken", confirmed_on=days_ago(100))
    MembershipFactory(provider=offer.provider)
    call_command("send_reminders", verbosity=0)
    (found,) = re.findall(r"(http\S+/klopt-nog/[^/\s]+/)\s", mail.outbox[-1].body)
    return found


def confirm(page, link):
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Samen koken")
    tab_to(page, page.get_by_role("button", name="Ja, dit klopt allemaal"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("zijn vandaag bevestigd")


def test_confirm_with_the_keyboard(page, link):
    confirm(page, link)
    expect(page.get_by_role("status")).to_contain_text("zijn bevestigd")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_confirm_without_a_script(page, link):
    confirm(page, link)


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing_before_and_after(page, link, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    check(page)
    confirm(page, link)
    check(page)
