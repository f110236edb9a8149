"""Everything works without JavaScript; the map is an extra."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from providers.models import GroupRun, WaitTime
from tests.e2e.members import log_in
from tests.factories import (
    PASSWORD,
    GroupProgrammeFactory,
    HelpQuestionFactory,
    MembershipFactory,
    OfferFactory,
    UserFactory,
)

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


# --- what people tell ----------------------------------------------------------------------------


@pytest.fixture
def group(transactional_db, region):
    """The group of an offer that somebody called Noor keeps true."""
    offer = OfferFactory(title="Samen sterk", municipalities=[region.leiden], group=True)
    MembershipFactory(user=UserFactory(email="noor@voorbeeld.example"), provider=offer.provider)
    return GroupProgrammeFactory(offer=offer, max_size=12)


def test_a_provider_confirms_tells_a_wait_and_announces_a_start(plain, live_server, group):
    log_in(plain, live_server.url, "noor@voorbeeld.example", PASSWORD)
    plain.goto(f"{live_server.url}/voor-aanbieders/")
    status = plain.get_by_role("status")

    plain.get_by_role("link", name="Klopt alles nog?").click()
    plain.get_by_role("button", name="Ja, dit klopt allemaal").click()
    expect(status).to_contain_text("1 aanbod zijn bevestigd")

    plain.get_by_role("link", name="Wachttijd doorgeven").click()
    plain.get_by_role("button", name="Opslaan").click()
    expect(plain.locator(".sk-errors")).to_contain_text("Weken tot de hulp begint")
    # A refused form hides nothing: the rarer fields are open too.
    expect(plain.get_by_label("Gemeten op")).to_be_visible()
    plain.get_by_label("Weken tot de hulp begint").fill("3")
    plain.get_by_role("button", name="Opslaan").click()
    expect(status).to_contain_text("De wachttijd van 'Samen sterk' is opgeslagen")
    assert WaitTime.objects.get().total_weeks == 3

    plain.get_by_role("link", name="Groep en starts").click()
    plain.get_by_role("link", name="Voeg een start toe").click()
    day = timezone.localdate() + dt.timedelta(days=20)
    plain.get_by_label("Eerste keer").fill(day.isoformat())
    plain.get_by_role("button", name="Opslaan").click()
    expect(status).to_contain_text("De start van 'Samen sterk' is toegevoegd")
    assert (GroupRun.objects.get().starts_on, GroupRun.objects.get().places) == (day, 12)


def test_missing_help_is_told(plain, live_server, region):
    HelpQuestionFactory(code="somberheid", label="Somber")
    plain.goto(f"{live_server.url}/meld-ontbrekend-aanbod/")
    plain.get_by_role("button", name="Meld dit").click()
    plain.get_by_role("link", name="Hulpvraag: Kies een hulpvraag.").click()
    plain.get_by_label("Hulpvraag").select_option("Somber")
    plain.get_by_label("In welke gemeente?").select_option("Leiden")
    plain.get_by_label("Er is geen groep").check()
    plain.get_by_role("button", name="Meld dit").click()
    expect(plain.locator("h1")).to_have_text("Dank voor uw melding")
