"""A year passes and nobody confirms anything: everything is grey, nothing is lost."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from providers.enums import GroupKind, Role, WaitStatus
from providers.models import Offer
from tests.factories import (
    PASSWORD,
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    WaitTimeFactory,
)

YEAR = dt.timedelta(days=365)
EVERYTHING = "/?hulpvraag=somberheid&volgorde=licht"
SOON = f"{EVERYTHING}&start=6"
OLD = re.compile("stale|unknown")


@pytest.fixture
def a_year_later():
    """Server and test live in one process, and so in one time."""
    with time_machine.travel(dt.datetime.now(dt.UTC) + YEAR, tick=True):
        yield


def found(page, address):
    """Return how many offers a search says to have found."""
    page.goto(address)
    number = re.search(r"\d+", page.locator("#telling").inner_text())
    return int(number.group()) if number else 0


def kinds(page, address):
    """Return the band of every card of a search, page after page."""
    bands, number = [], 1
    total = found(page, address)
    while len(bands) < total:
        page.goto(f"{address}&pagina={number}")
        cards = page.locator("#lijst .sk-card[data-kind]")
        bands += [card.get_attribute("data-kind") for card in cards.all()]
        number += 1
        assert number < 50
    return bands


# --- the whole demo: only looked at ------------------------------------------------------------


class TestDemo:
    """The demo region, of which everything was true a year ago."""

    def test_a_year_ago_much_could_start_soon(self, page, demo_site):
        assert found(page, demo_site + SOON) > 10

    def test_every_card_is_grey_and_none_is_lost(self, page, demo_site):
        before = found(page, demo_site + EVERYTHING)
        with time_machine.travel(dt.datetime.now(dt.UTC) + YEAR, tick=True):
            bands = kinds(page, demo_site + EVERYTHING)
        assert len(bands) == before
        assert set(bands) <= {"stale", "unknown"}

    def test_what_each_card_says_is_marked_as_old(self, page, demo_site, a_year_later):
        page.goto(demo_site + EVERYTHING)
        cards = page.locator("#lijst .sk-card[data-kind]")
        expect(cards.locator(".sk-card__end .sk-old")).to_have_count(cards.count())

    def test_nothing_starts_within_six_weeks(self, page, demo_site, a_year_later):
        assert found(page, demo_site + SOON) == 0

    def test_what_is_left_out_for_being_unknown_can_be_brought_back(
        self, page, demo_site, a_year_later
    ):
        assert found(page, f"{demo_site}{SOON}&onbekend=ja") == found(page, demo_site + EVERYTHING)


# --- one confirmation --------------------------------------------------------------------------


@pytest.fixture
def offers(live_server):
    """Offers of one provider: a short wait, a long wait, a stop, a group that starts, unknown."""
    provider = ProviderFactory(name="Buurthuis De Brug")
    user = UserFactory(email="noor@voorbeeld.example")
    MembershipFactory(user=user, provider=provider, role=Role.EDITOR)
    titles = ("Kort", "Lang", "Stop", "Groep", "Onbekend")
    rows = {
        title: OfferFactory(provider=provider, title=title, confirmed_on=timezone.localdate())
        for title in titles
    }
    WaitTimeFactory(offer=rows["Kort"], intake_weeks=1, treatment_weeks=1)
    WaitTimeFactory(offer=rows["Lang"], intake_weeks=10, treatment_weeks=10)
    WaitTimeFactory(offer=rows["Stop"], status=WaitStatus.STOP)
    programme = GroupProgrammeFactory(offer=rows["Groep"], kind=GroupKind.TRAINING)
    GroupRunFactory(programme=programme)
    return rows


def log_in(page, site):
    page.goto(f"{site}/account/login/")
    page.locator("input[name=login]").fill("noor@voorbeeld.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/account/login/" not in url)


def test_one_confirmation_revives_one_offer(page, live_server, offers, a_year_later):
    site = live_server.url
    assert found(page, site + SOON) == 0
    assert set(kinds(page, site + EVERYTHING)) <= {"stale", "unknown"}

    log_in(page, site)
    panel = page.locator(".sk-panel", has=page.get_by_role("link", name="Kort", exact=True))
    panel.get_by_role("button", name="Klopt nog").click()
    expect(page.get_by_text("'Kort' is bevestigd")).to_be_visible()
    panel.get_by_role("link", name="Wachttijd doorgeven").click()
    page.get_by_label("Weken tot de hulp begint").fill("3")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De wachttijd van 'Kort' is opgeslagen")).to_be_visible()

    bands = kinds(page, site + EVERYTHING)
    assert len(bands) == len(offers) == Offer.objects.count()
    assert sorted(band for band in bands if not OLD.fullmatch(band)) == ["soon"]
    assert found(page, site + SOON) == 1
    expect(page.locator("#lijst .sk-card__title")).to_have_text(["Kort"])
    expect(page.locator("#lijst .sk-card .sk-old")).to_have_count(0)
