"""axe with every rule it has, none switched off, on every page and state, wide and narrow."""

import datetime as dt
import re

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe, AxeResults
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e import members
from tests.e2e.markers import NUMBERED, markers_follow
from tests.e2e.members import PROVIDER, log_in

SEARCH = "/?hulpvraag=somberheid&leeftijd=14&plaats=leiden"
FOUR = f"{SEARCH}&hulpvraag=druk-en-afgeleid&hulpvraag=geldzorgen&hulpvraag=schoolverzuim"
# A pin with the number of one offer.
ALONE = f"{NUMBERED}:not(.sk-marker--several)"
# Also the rules axe itself keeps for later: experimental ones and the strictest level.
# Only what is wrong is described: naming all that is right takes most of the time.
EVERY_RULE = """{
  rules: Object.fromEntries(axe.getRules().map(r => [r.ruleId, {enabled: true}])),
  resultTypes: ["violations"],
}"""
# With the numbers of the fixture `demo_offers`, and one that there is not.
SHARED = "aanbod={first}&aanbod={second}&aanbod={third}&aanbod=999999&gemeente=leiden"
PAGES = {
    "start": "/",
    "results": SEARCH,
    "one part": f"{SEARCH}&deel=4-specialistisch",
    "one list": f"{SEARCH}&volgorde=licht&pagina=2",
    "no results": "/?hulpvraag=somberheid&leeftijd=0&start=0&trede=6&plaats=katwijk",
    "what is left out": f"{SEARCH}&start=2",
    "few results": "/?hulpvraag=zelfbeschadiging&leeftijd=11&plaats=katwijk&trede=3",
    "danger": f"{SEARCH}&signaal=suicide",
    "help in haste": f"{SEARCH}&signaal=acute",
    "a danger and haste": "/?hulpvraag=gedachten-aan-de-dood&plaats=leiden&signaal=acute",
    "a mistake in the address": "/?leeftijd=99&plaats=Atlantis",
    "groups": "/groepen/",
    "no groups": "/groepen/?leeftijd=27&plaats=Atlantis",
    "groups with all filters": "/groepen/?plaats=leiden&dag=dinsdag&dagdeel=avond&vol=ja",
    "groups of a month": "/groepen/?weergave=kalender&plaats=leiden",
    "open groups": "/groepen/?toon=altijd",
    "empty shortlist": "/keuzelijst/",
    "shared shortlist": f"/keuzelijst/?{SHARED}",
    "shared shortlist with a danger": f"/keuzelijst/?{SHARED}&signaal=suicide&leeftijd=14",
    "page for the family": f"/gezin/?{SHARED}",
    "page for the family with a danger": f"/gezin/?{SHARED}&signaal=suicide&leeftijd=14",
    "page for the family in Arabic": f"/gezin/?{SHARED}&voor=ouders&taal=ar",
    "empty page for the family": "/gezin/",
    "municipalities to choose": "/?hulpvraag=somberheid&ook=angst&gemeente=GM0546",
    "missing help": "/meld-ontbrekend-aanbod/?hulpvraag=somberheid&leeftijd=14&plaats=leiden",
    "thanks for missing help": "/meld-ontbrekend-aanbod/bedankt/",
    "local team": "/lokaal-team/",
    "local team of a postcode": "/lokaal-team/?plaats=2312",
    "about waits": "/over-wachttijden/",
    "waits per region": "/wachttijden/",
    "waits of a region": "/wachttijden/JZ18/",
    "waits of a kind": "/wachttijden/JZ18/ggz/",
    "about data": "/over-de-gegevens/",
    "accessibility": "/toegankelijkheid/",
    "privacy": "/privacy/",
    "cookies": "/cookies/",
    "contact": "/contact/",
    "municipalities": "/voor-gemeenten/",
    "API": "/api/v1/docs",
    "components": "/componenten/",
    "log in": "/account/login/",
    "forgotten password": "/account/password/reset/",
    "not found": "/bestaat-niet/",
}
MEMBER_PAGES = {
    **members.PAGES,
    # The demo made it up: the end of the last month.
    "coverage of an earlier day": (
        members.MUNICIPALITY,
        f"{members.LEIDEN}stand/{timezone.localdate().replace(day=1) - dt.timedelta(days=1)}/",
    ),
    "two steps": (PROVIDER, "/account/2fa/"),
    "passkeys": (PROVIDER, "/account/2fa/webauthn/"),
    "change password": (PROVIDER, "/account/password/change/"),
    "when logged in": (PROVIDER, "/account/ingelogd/"),
}
# What a form of a member refuses: its page, and a field with what is wrong in it.
REFUSED = {
    "wait": ("tell a wait", "Weken tot de hulp begint", "veel"),
    "places": ("tell places", "Plekken vrij", "999"),
    "group": ("edit a group", "Nodig om te starten", "999"),
    "new start": ("new start", "Plekken", "0"),
    "start": ("edit a start", "Plekken vrij", "999"),
    "offer": ("what it is", "Titel", ""),
}
# Pages of members with more on request.
FOLDED = ("tell a wait", "for whom", "what people ask for", "waits", "groups to form")


@pytest.fixture(params=[1440, 375], ids=["wide", "narrow"])
def page(request, page):
    page.set_viewport_size({"width": request.param, "height": 900})
    return page


def check(page):
    """Fail with axe's own report when any rule finds anything."""
    # A page that comes after a form is there before its styles are: sizes are wrong until then.
    page.wait_for_load_state("load")
    page.evaluate(Axe().axe_script)
    found = AxeResults(page.evaluate(f"axe.run({EVERY_RULE})"))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_for_everybody(page, demo_site, demo_offers, path):
    page.goto(demo_site + path.format(**demo_offers))
    check(page)


@pytest.mark.parametrize(("email", "path"), MEMBER_PAGES.values(), ids=MEMBER_PAGES)
def test_a_page_for_members(page, demo_site, demo_group, email, path):
    log_in(page, demo_site, email)
    address = demo_site + path.format(**demo_group)
    page.goto(address)
    expect(page).to_have_url(address)
    check(page)


def test_the_map_of_coverage_when_it_has_come(page, demo_site, demo_group):
    email, path = MEMBER_PAGES["coverage of the region"]
    log_in(page, demo_site, email)
    page.goto(demo_site + path.format(**demo_group))
    expect(page.locator(".sk-region-label").first).to_be_visible()
    check(page)


@pytest.mark.parametrize(("name", "label", "wrong"), REFUSED.values(), ids=REFUSED)
def test_a_refused_form_of_a_member(page, demo_site, demo_group, name, label, wrong):
    open_page_of_member(page, demo_site, demo_group, name)
    page.get_by_label(label).first.fill(wrong)
    page.get_by_role("button", name="Opslaan").first.click()
    expect(page.locator(".sk-errors")).to_be_visible()
    check(page)


@pytest.mark.parametrize("name", FOLDED)
def test_what_a_page_for_members_shows_on_request(page, demo_site, demo_group, name):
    open_page_of_member(page, demo_site, demo_group, name)
    folds = page.locator("main details > summary")
    for fold in folds.all():
        fold.click()
    expect(page.locator("main details[open]")).to_have_count(folds.count())
    check(page)


def open_page_of_member(page, demo_site, demo_group, name):
    email, path = members.PAGES[name]
    log_in(page, demo_site, email)
    page.goto(demo_site + path.format(**demo_group))


def test_an_offer(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.locator("#lijst .sk-card__title a").first.click()
    expect(page.locator("h1")).to_be_visible()
    check(page)


def test_an_offer_with_a_wait(page, demo_site):
    page.goto(f"{demo_site}{SEARCH}&deel=4-specialistisch&vorm=individueel")
    page.locator("#lijst .sk-card", has_text="gemeten").locator(".sk-card__title a").first.click()
    page.get_by_text("Cijfers als tabel").click()
    check(page)


def test_ones_own_shortlist(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.locator("#lijst .sk-keep").first.click()
    expect(page.locator("#naar-keuzelijst b")).to_have_text("1")
    check(page)
    page.goto(f"{demo_site}/keuzelijst/?gemeente=leiden")
    expect(page.locator(".sk-compare tbody tr")).to_have_count(1)
    check(page)


def test_an_offer_with_the_answers_to_report(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.locator("#lijst .sk-card__title a").first.click()
    page.locator(".sk-report summary").first.click()
    check(page)


def test_a_provider(page, demo_site):
    page.goto(demo_site + SEARCH)
    page.locator("#lijst .sk-card__title a").first.click()
    page.locator("aside h2 a").click()
    expect(page.locator("#aanbod")).to_be_visible()
    check(page)


def test_an_open_filter(page, demo_site):
    page.goto(demo_site + SEARCH)
    open_filters(page)
    page.locator("#filters summary", has_text="Doelgroep").click()
    check(page)


def open_filters(page):
    if page.viewport_size["width"] < 960:
        page.locator("#filters > details > summary").click()


def test_the_map_on_a_phone(page, demo_site):
    page.goto(f"{demo_site}{SEARCH}#kaart")
    expect(page.locator("#kaart-vlak[data-located]")).to_be_attached()
    check(page)


def test_a_pin_that_was_chosen(page, demo_site):
    """A popup on a desk, a card in the strip below the map on a phone."""
    page.goto(f"{demo_site}{SEARCH}#kaart")
    markers_follow(page)
    for shared in page.locator(".sk-marker--several").all():
        if page.locator(ALONE).count():
            break
        shared.dispatch_event("click")
    page.locator(ALONE).last.dispatch_event("click")
    expect(page.locator(".leaflet-popup .sk-preview, .sk-strip .sk-preview").first).to_be_visible()
    check(page)


def test_an_opened_row_an_opened_plan_and_folded_waits(page, demo_site):
    page.goto(demo_site + FOUR)
    page.locator("#lijst .sk-row__more > summary").first.click()
    page.locator(".sk-late > summary").first.click()
    if page.locator(".sk-plan__open").is_visible():
        page.locator(".sk-plan__open").click()
    expect(page.locator("#lijst .sk-row__panel").first).to_be_visible()
    expect(page.locator(".sk-plan__step").first).to_be_visible()
    check(page)


def test_the_question_that_the_pill_of_a_phone_opens(page, demo_site):
    page.goto(demo_site + SEARCH)
    if page.locator(".sk-asked").is_visible():
        page.locator(".sk-asked").click()
    expect(page.get_by_label("Waar is hulp bij nodig?")).to_be_visible()
    check(page)


def test_a_refused_question(page, demo_site):
    page.goto(demo_site)
    page.get_by_label("Waar is hulp bij nodig?").fill("bel 06 12345678")
    page.keyboard.press("Enter")
    expect(page.locator(".sk-field--error")).to_be_visible()
    check(page)


def test_a_refused_log_in(page, demo_site):
    page.goto(f"{demo_site}/account/login/")
    page.locator("input[name=login]").fill("niemand@demo.example")
    page.locator("input[name=password]").fill("fout wachtwoord")
    page.keyboard.press("Enter")
    expect(page.locator(".sk-errors")).to_be_visible()
    check(page)


def test_missing_help_that_is_refused(page, demo_site):
    page.goto(f"{demo_site}/meld-ontbrekend-aanbod/")
    page.get_by_role("button", name="Meld dit").click()
    expect(page.locator(".sk-errors")).to_be_visible()
    check(page)


def test_the_page_by_which_a_signal_is_followed(page, demo_site):
    page.goto(f"{demo_site}/meld-ontbrekend-aanbod/?hulpvraag=tics&leeftijd=5&plaats=leiden")
    page.get_by_label("Er is geen groep").check()
    page.get_by_role("button", name="Meld dit").click()
    page.locator("a[href*=volg]").click()
    expect(page).to_have_url(re.compile("/volg/"))
    check(page)


def test_missing_help_without_a_search(page, demo_site):
    page.goto(f"{demo_site}/meld-ontbrekend-aanbod/")
    check(page)


def test_the_results_a_year_later(page, demo_site):
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=365), tick=True):
        page.goto(demo_site + SEARCH)
        expect(page.locator(".sk-old").first).to_be_visible()
        check(page)


def test_the_way_back_to_a_form_after_a_log_in_that_ended(page, demo_site, demo_group):
    open_page_of_member(page, demo_site, demo_group, "what it is")
    page.locator("textarea[name=description]").fill("Elke dinsdag <lopen> wij.\nKom ook.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("U was uitgelogd")
    check(page)
    page.locator("input[name=login]").fill(PROVIDER)
    page.locator("input[name=password]").fill(members.PASSWORD)
    page.get_by_role("button", name="Inloggen en verder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wat u typte is er nog")
    check(page)
    page.get_by_role("button", name="Ga verder met wat u typte").click()
    expect(page.locator("textarea[name=description]")).to_have_value(
        "Elke dinsdag <lopen> wij.\nKom ook."
    )
    expect(page.get_by_text("Het is nog niet bewaard")).to_be_visible()
    check(page)
