"""A referrer tells what help is missing, with the keyboard only, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from providers.enums import MissingReason
from providers.models import MissingHelpSignal
from tests.e2e.keyboard import follow_first_error, press, tab_to, write
from tests.factories import HelpQuestionFactory

ADDRESS = "/meld-ontbrekend-aanbod/"
SEARCH = "?hulpvraag=somberheid&ook=angst&leeftijd=14&plaats=leiden"


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def site(request, live_server, region):
    """The address of a site with two help questions, and whether the browser runs scripts."""
    HelpQuestionFactory(code="somberheid", label="Somber")
    HelpQuestionFactory(code="angst", label="Angstig")
    return live_server.url, request.param == "with JavaScript"


@pytest.fixture
def form(site, browser, browser_context_args):
    """The form, empty."""
    address, script = site
    context = browser.new_context(**browser_context_args, java_script_enabled=script)
    page = context.new_page()
    page.goto(address + ADDRESS)
    yield page
    context.close()


def send(page):
    press(page, page.get_by_role("button", name="Meld dit"))


def thanked(page):
    expect(page.locator("h1")).to_have_text("Dank voor uw melding")
    tab_to(page, page.get_by_role("link", name="Zoek verder"))


def told():
    names = ("help_question", "municipality__name", "age_band", "reason")
    return list(MissingHelpSignal.objects.order_by("pk").values_list(*names))


def test_what_is_missing_is_told(form):
    write(form, form.get_by_label("Hulpvraag"), "Somber")
    write(form, form.get_by_label("Hoe oud ongeveer?"), "12")
    write(form, form.get_by_label("In welke gemeente?"), "Leiderdorp")
    press(form, form.get_by_label("Er is niets", exact=True), "Space")
    form.keyboard.press("ArrowDown")
    expect(form.get_by_label("Wat er is, is te ver weg")).to_be_checked()
    send(form)
    thanked(form)
    assert told() == [("somberheid", "Leiderdorp", "12-15", MissingReason.TOO_FAR)]


def test_an_empty_form_leads_to_what_has_to_be_chosen(form, site):
    _address, script = site
    send(form)
    expect(form.locator(".sk-errors li")).to_have_count(3)
    question = form.get_by_label("Hulpvraag")
    if script:
        follow_first_error(form, question)
    else:
        press(form, form.locator(".sk-errors a").first)
    expect(question).to_be_focused()
    write(form, question, "Angstig")
    write(form, form.get_by_label("In welke gemeente?"), "Leiden")
    press(form, form.get_by_label("Er is niets", exact=True), "Space")
    send(form)
    thanked(form)
    assert told() == [("angst", "Leiden", "", MissingReason.NOTHING)]


def test_a_search_comes_along(form, site):
    form.goto(f"{site[0]}{ADDRESS}{SEARCH}")
    press(form, form.get_by_label("Angstig"), "Space")
    expect(form.get_by_label("Angstig")).not_to_be_checked()
    expect(form.get_by_label("In welke gemeente?")).to_have_value("GM0546")
    press(form, form.get_by_label("Er is niets", exact=True), "Space")
    send(form)
    thanked(form)
    assert told() == [("somberheid", "Leiden", "12-15", MissingReason.NOTHING)]


def test_the_way_back_keeps_the_search(form, site):
    form.goto(f"{site[0]}{ADDRESS}{SEARCH}")
    press(form, form.get_by_role("link", name="Terug naar zoeken"))
    expect(form).to_have_url(f"{site[0]}/{SEARCH}")
