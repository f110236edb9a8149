"""The month on one screen, and the same lines behind the link of a mail: pages and keys counted."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from providers.models import GroupRun, Offer
from tests.e2e.members import log_in
from tests.e2e.test_accessibility import check
from tests.factories import (
    PASSWORD,
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)

MONTH = "/voor-aanbieders/bijwerken/"
WAITS = 20


@pytest.fixture
def provider(transactional_db):
    provider = ProviderFactory(name="De Brug", confirmed_on=days_ago(0))
    for number in range(WAITS):
        offer = OfferFactory(provider=provider, title=f"Hulp {number:02}", confirmed_on=days_ago(0))
        WaitTimeFactory(offer=offer, measured_on=days_ago(29))
    return provider


@pytest.fixture
def run(provider):
    programme = GroupProgrammeFactory(offer=OfferFactory(provider=provider, title="Samen sterk"))
    return GroupRunFactory(
        programme=programme, places=10, places_left=4, places_confirmed_on=days_ago(1)
    )


@pytest.fixture
def month(page, live_server, provider):
    """The screen of the month, for a member of this provider."""
    user = UserFactory(password=PASSWORD)
    MembershipFactory(user=user, provider=provider)
    log_in(page, live_server.url, user.email, PASSWORD)
    page.goto(live_server.url + MONTH)
    return page


def stale():
    return Offer.objects.filter(wait_measured_on__lt=days_ago(0)).count()


def press(page, *keys):
    """Press these, after the Enter that goes to the first row; returns how many it were."""
    for key in ("Enter", *keys):
        page.keyboard.press(key)
    return len(keys) + 1


def test_twenty_waits_take_one_page_and_two_keys_more(month):
    keys = press(month, *["Enter"] * WAITS, "Enter")
    expect(month.get_by_role("heading", name="Zo staat het er nu")).to_be_visible()
    assert (stale(), keys) == (0, WAITS + 2)


def test_a_number_that_is_typed_goes_before_the_tick(month):
    press(month, "7", "Enter", "Enter")
    expect(month.locator("[data-month-count]")).to_have_text(f"2 van {WAITS} gekozen")
    month.get_by_role("button", name="Bewaar alles").click()
    expect(month.get_by_role("main")).to_contain_text("ongeveer 7 weken")
    assert stale() == WAITS - 2


def test_places_go_up_and_down_from_what_stands_there(run, month):
    row = month.locator("[data-month-row]", has_text="Samen sterk, plekken").or_(
        month.locator("[data-month-row]", has=month.get_by_text("Plekken, start"))
    )
    row.get_by_role("button", name="Eén minder").click(click_count=2)
    row.get_by_role("button", name="Eén meer").click()
    month.get_by_role("button", name="Bewaar alles").click()
    expect(month.get_by_role("main")).to_contain_text("nog 3 plekken")
    assert GroupRun.objects.get().places_left == 3


def test_undo_is_one_click(month):
    press(month, "Enter")
    month.get_by_role("button", name="Bewaar alles").click()
    month.get_by_role("button", name="Maak ongedaan").click()
    expect(month.get_by_role("status").first).to_contain_text("Het staat er weer zoals het was")
    assert stale() == WAITS


@pytest.mark.parametrize("width", [1440, 375, 320])
def test_axe_finds_nothing_in_any_state(run, month, width):
    month.set_viewport_size({"width": width, "height": 900})
    check(month)
    month.locator('[value="stop"]').first.check()
    check(month)
    month.locator("[data-month-number] input").first.evaluate("it => it.value = 'x'")
    month.get_by_role("button", name="Bewaar alles").click()
    expect(month.get_by_role("alert")).to_be_visible()
    check(month)
    month.locator("[data-month-number] input").first.fill("3")
    month.get_by_role("button", name="Bewaar alles").click()
    expect(month.get_by_role("heading", name="Zo staat het er nu")).to_be_visible()
    check(month)
    assert month.evaluate("document.documentElement.scrollWidth") <= width


# --- the link of a mail --------------------------------------------------------------------------


@pytest.fixture
def link(transactional_db, live_server, settings):
    """The address in a mail that was really sent, about ten waits."""
    settings.SITE_URL = live_server.url
    provider = ProviderFactory(name="De Brug", confirmed_on=days_ago(100))
    for number in range(10):
        offer = OfferFactory(provider=provider, title=f"Hulp {number}", confirmed_on=days_ago(80))
        WaitTimeFactory(offer=offer, measured_on=days_ago(29))
    MembershipFactory(provider=provider)
    call_command("send_reminders", verbosity=0)
    (found,) = re.findall(r"(http\S+/klopt-nog/[^/\s]+/)\s", mail.outbox[-1].body)
    return found


@pytest.fixture
def pages(page):
    """The pages that were asked for by hand, without what an answer leads to by itself."""
    asked = []

    def note(request):
        if request.is_navigation_request() and request.redirected_from is None:
            asked.append(request.method)

    page.on("request", note)
    return asked


def test_from_the_mail_everything_is_confirmed_with_one_click(page, link, pages):
    page.goto(link)
    page.get_by_role("button", name="Ja, dit klopt allemaal").click()
    expect(page.get_by_role("main")).to_contain_text("U hoeft nu niets te doen")
    assert stale() == 0
    assert pages == ["GET", "POST"]


def test_from_the_mail_one_wait_is_changed_with_two_fields_and_one_click(page, link, pages):
    page.goto(link)
    row = page.locator("[data-month-row]").first
    fields = 0
    for field in (row.locator('[value="anders"]'), row.locator("[data-month-number] input")):
        field.click()
        fields += 1
    page.keyboard.type("9")
    page.get_by_role("button", name="Ja, dit klopt allemaal").click()
    expect(page.get_by_role("main")).to_contain_text("U hoeft nu niets te doen")
    assert Offer.objects.filter(wait_weeks=9).count() == 1
    assert (fields, pages) == (2, ["GET", "POST"])


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script_a_number_is_enough(page, link):
    page.goto(link)
    page.locator("[data-month-number] input").first.fill("9")
    page.get_by_role("button", name="Ja, dit klopt allemaal").click()
    expect(page.get_by_role("main")).to_contain_text("U hoeft nu niets te doen")
    assert (Offer.objects.filter(wait_weeks=9).count(), stale()) == (1, 0)
