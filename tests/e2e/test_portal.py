"""A provider keeps everything true with the keyboard only, also where a form is refused."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from providers.enums import Role
from providers.models import GroupProgramme
from tests.e2e.keyboard import follow_first_error, press, tab_to, write
from tests.e2e.members import log_in
from tests.factories import (
    PASSWORD,
    GroupProgrammeFactory,
    GroupRunFactory,
    InterestFactory,
    LocationFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)

SAVE = "Opslaan"


@pytest.fixture
def run(transactional_db, region):
    """A group that starts in nine days, of an offer whose wait was measured long ago."""
    provider = ProviderFactory(name="Buurthuis De Brug")
    MembershipFactory(
        user=UserFactory(email="noor@voorbeeld.example"), provider=provider, role=Role.EDITOR
    )
    place = LocationFactory(provider=provider, municipality=region.leiden)
    offer = OfferFactory(
        provider=provider,
        title="Samen sterk",
        municipalities=[region.leiden, region.katwijk],
        locations=[place],
        group=True,
    )
    WaitTimeFactory(offer=offer, measured_on=days_ago(31))
    programme = GroupProgrammeFactory(offer=offer)
    return GroupRunFactory(programme=programme, starts_on=days_ago(-9), places=10, places_left=4)


@pytest.fixture
def portal(page, live_server, run):
    """The portal of a provider who has just logged in."""
    log_in(page, live_server.url, "noor@voorbeeld.example", PASSWORD)
    page.goto(f"{live_server.url}/voor-aanbieders/")
    return page


@pytest.fixture
def group(portal):
    """The page of the group."""
    press(portal, link(portal, "Groep en starts"))
    heading(portal, "Groep van Samen sterk")
    return portal


def link(page, name):
    """Return the first link whose name begins so."""
    return page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first


def button(page, name):
    """Return the first button whose name begins so."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first


def heading(page, words):
    expect(page.locator("h1")).to_have_text(words)


def said(page, words):
    """What was done is said, in a place that screen readers read out."""
    expect(page.get_by_role("status")).to_contain_text(words)


# --- everything, or one offer, is still right ---------------------------------------------------


def test_everything_is_still_right(portal):
    press(portal, link(portal, "Klopt alles nog?"))
    heading(portal, "Klopt alles nog van Buurthuis De Brug?")
    press(portal, button(portal, "Ja, dit klopt allemaal"))
    said(portal, "De contactgegevens en 1 aanbod zijn bevestigd")
    heading(portal, "Uw aanbod")


def test_the_way_back_confirms_nothing(portal):
    press(portal, link(portal, "Klopt alles nog?"))
    press(portal, link(portal, "Terug zonder bevestigen"))
    heading(portal, "Uw aanbod")
    expect(portal.get_by_role("status")).to_be_empty()


def test_one_offer_is_still_right(portal):
    press(portal, button(portal, "Klopt nog"))
    said(portal, "'Samen sterk' is bevestigd")


# --- the wait -----------------------------------------------------------------------------------


@pytest.fixture
def wait(portal):
    """The form for the wait, of help that is no group: a group starts when its run does."""
    GroupProgramme.objects.all().delete()
    portal.reload()
    press(portal, link(portal, "Wachttijd doorgeven"))
    heading(portal, "Wachttijd van Samen sterk")
    return portal


def test_a_wait_without_weeks_is_refused_and_then_saved(wait):
    press(wait, button(wait, SAVE))
    follow_first_error(wait, wait.get_by_label("Weken tot de hulp begint"))
    wait.keyboard.type("4,5")
    press(wait, button(wait, SAVE))
    said(wait, "De wachttijd van 'Samen sterk' is opgeslagen")
    expect(wait.locator(".sk-own-offer")).to_contain_text("gemeten vandaag")


def test_an_intake_by_itself_asks_what_comes_after_it(wait):
    press(wait, wait.locator("main summary").first)
    write(wait, wait.get_by_label("Weken tot de intake"), "0")
    press(wait, button(wait, SAVE))
    follow_first_error(wait, wait.get_by_label("Meteen na de intake"))
    wait.keyboard.press("Space")
    press(wait, button(wait, SAVE))
    expect(wait.locator(".sk-own-offer")).to_contain_text("Direct")


def test_an_intake_stop_hides_the_weeks(wait):
    weeks, until = (
        wait.get_by_label("Weken tot de hulp begint"),
        wait.get_by_label("Aanmeldstop tot"),
    )
    expect(until).to_be_hidden()
    press(wait, wait.get_by_label("Bekend", exact=True), "ArrowDown")
    expect(weeks).to_be_hidden()
    expect(until).to_be_visible()


def test_an_intake_stop_is_chosen_with_the_arrows(wait):
    press(wait, wait.get_by_label("Bekend", exact=True), "ArrowDown")
    expect(wait.get_by_label("Aanmeldstop", exact=True)).to_be_checked()
    press(wait, button(wait, SAVE))
    said(wait, "De wachttijd van 'Samen sterk' is opgeslagen")
    expect(wait.locator(".sk-own-offer")).to_contain_text("Aanmeldstop")


def test_a_wait_for_one_municipality(wait):
    where = wait.get_by_label("Voor welke gemeente?")
    expect(where).to_be_hidden()
    press(wait, wait.locator("main summary").last)
    write(wait, where, "Katwijk")
    write(wait, wait.get_by_label("Weken tot de hulp begint"), "6")
    press(wait, button(wait, SAVE))
    said(wait, "De wachttijd van 'Samen sterk' is opgeslagen")
    press(wait, link(wait, "Wachttijd doorgeven"))
    expect(wait.locator(".sk-page__head")).to_contain_text("Alleen in Katwijk")


# --- the group ----------------------------------------------------------------------------------


def test_more_places_left_than_there_are_is_refused_and_then_saved(portal):
    press(portal, link(portal, "Plekken bijwerken"))
    left = portal.get_by_label("Plekken vrij")
    write(portal, left, "11")
    press(portal, button(portal, SAVE))
    follow_first_error(portal, left)
    write(portal, left, "3")
    press(portal, button(portal, SAVE))
    said(portal, "De vrije plekken van 'Samen sterk' zijn opgeslagen")
    expect(portal.locator(".sk-own-offer")).to_contain_text("nog 3 van 10 plekken")


def test_a_group_that_is_too_small_for_itself_is_refused_and_then_saved(group):
    press(group, link(group, "Wijzig de groep"))
    least = group.get_by_label("Nodig om te starten")
    write(group, group.get_by_label("Soort groep"), "Training")
    write(group, least, "12")
    press(group, group.get_by_label("Instromen kan altijd"), "Space")
    press(group, button(group, SAVE))
    follow_first_error(group, least)
    write(group, least, "6")
    press(group, button(group, SAVE))
    said(group, "De groep van 'Samen sterk' is opgeslagen")
    expect(group.locator(".sk-own-group dl")).to_contain_text("6 mensen")
    expect(group.locator(".sk-own-group dl")).to_contain_text("kan altijd")


def test_a_start_without_a_day_is_refused_and_then_added(group):
    press(group, link(group, "Voeg een start toe"))
    press(group, button(group, SAVE))
    follow_first_error(group, group.get_by_label("Eerste keer"))
    # The first of January is typed the same in every order of day and month.
    year = timezone.localdate().year + 1
    group.keyboard.type(f"0101{year}")
    press(group, button(group, SAVE))
    said(group, "De start van 'Samen sterk' is toegevoegd")
    expect(group.locator(".sk-own-run")).to_have_count(2)
    expect(group.locator(".sk-own-run").last).to_contain_text(f"1 januari {year}")


def test_a_start_is_changed_after_a_mistake(group):
    press(group, link(group, "Wijzig"))
    left = group.get_by_label("Plekken vrij")
    write(group, left, "999")
    press(group, button(group, SAVE))
    follow_first_error(group, left)
    write(group, left, "2")
    press(group, button(group, SAVE))
    said(group, "De start van 'Samen sterk' is gewijzigd")
    expect(group.locator(".sk-own-run")).to_contain_text("Nog 2 plekken")


def test_a_start_is_called_off_and_goes_on_after_all(group):
    press(group, link(group, "Zeg af"))
    expect(group.locator("h1")).to_contain_text("niet door?")
    press(group, button(group, "Ja, zeg af"))
    said(group, "De start van 'Samen sterk' is afgezegd")
    press(group, link(group, "Gaat toch door"))
    press(group, button(group, "Ja, gaat door"))
    said(group, "De start van 'Samen sterk' gaat toch door")


def test_a_group_that_nobody_described_yet_is_described(portal, run):
    GroupProgramme.objects.all().delete()
    press(portal, link(portal, "Groep en starts"))
    press(portal, link(portal, "Beschrijf de groep"))
    write(portal, portal.get_by_label("Soort groep"), "Training")
    press(portal, button(portal, SAVE))
    said(portal, "De groep van 'Samen sterk' is opgeslagen")
    tab_to(portal, link(portal, "Voeg een start toe"))


# --- what people ask for ------------------------------------------------------------------------


def test_one_tap_makes_a_draft_of_what_people_ask_for(portal, run, region):
    InterestFactory(programme=run.programme, count=8, municipality=region.leiden)
    press(portal, link(portal, "Waar is vraag naar een groep?"))
    write(portal, portal.get_by_label("Gemeente"), "Katwijk")
    press(portal, button(portal, "Toon"))
    expect(portal).to_have_url(re.compile("gemeente=katwijk"))
    expect(portal.get_by_label("Gemeente")).to_have_value("katwijk")
    write(portal, portal.get_by_label("Gemeente"), "Leiden")
    press(portal, button(portal, "Toon"))
    expect(portal).to_have_url(re.compile("gemeente=leiden"))
    press(portal, button(portal, "Maak hier een groep van"))
    said(portal, "Er is een concept gemaakt")
    press(portal, link(portal, "Wat het is"))
    write(portal, portal.get_by_label("Titel"), "Samen sterker")
    press(portal, button(portal, "Bewaar en ga verder"))
    said(portal, "'Samen sterker' is bewaard")


def test_a_stop_asks_for_no_weeks(portal, live_server, run):
    portal.goto(f"{live_server.url}/voor-aanbieders/aanbod/{run.programme.offer_id}/wachttijd/")
    weeks = portal.locator("[name=start_weeks]")
    weeks.fill("60")
    portal.get_by_label("Aanmeldstop", exact=True).check()
    expect(weeks).to_be_hidden()
    portal.get_by_role("button", name=SAVE).click()
    expect(portal.get_by_role("main")).to_contain_text("is opgeslagen")


def test_still_right_stays_at_the_offer_it_is_about(portal, live_server, run):
    for number in range(8):
        OfferFactory(provider=run.programme.offer.provider, title=f"Hulp {number}")
    portal.goto(f"{live_server.url}/voor-aanbieders/")
    title = portal.locator(".sk-own-offer h3").last.inner_text()
    portal.locator(".sk-own-offer").last.get_by_role("button", name="Klopt nog").click()
    expect(portal.get_by_role("status").first).to_contain_text(title)
    expect(portal.get_by_role("heading", name=title)).to_be_in_viewport()
