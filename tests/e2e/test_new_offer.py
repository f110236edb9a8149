"""A new offer from nothing to published: counted, as a practised hand does it."""

import re

import pytest
from playwright.sync_api import expect

from providers.enums import OfferStatus, Role
from providers.models import Offer
from tests.e2e.members import log_in
from tests.factories import (
    PASSWORD,
    HelpQuestionFactory,
    MembershipFactory,
    ProviderFactory,
    UserFactory,
)

MOST_FIELDS = 25
MOST_CLICKS = 10


class Hand:
    """Somebody who fills in and presses, and counts both."""

    def __init__(self, page):
        self.page, self.fields, self.clicks, self.typed = page, 0, 0, []

    def write(self, label, text):
        self.fields += 1
        self.typed.append(text)
        self.page.get_by_label(label, exact=True).first.fill(text)

    def choose(self, label, value):
        self.fields += 1
        self.page.get_by_label(label).first.select_option(value)

    def tick(self, label):
        self.fields += 1
        self.page.get_by_label(label, exact=True).first.check()

    def press(self, role, start, end=""):
        """Press what is named so; a link may say for whom behind it."""
        self.clicks += 1
        name = re.compile(f"^{re.escape(start)}{end}")
        self.page.get_by_role(role, name=name).first.click()


@pytest.fixture
def hand(page, live_server, transactional_db, region, settings):
    settings.REGION_CODE = region.leiden.region_id
    HelpQuestionFactory(code="somberheid", label="Somber")
    provider = ProviderFactory(name="Buurthuis De Brug")
    user = UserFactory(email="noor@voorbeeld.example")
    MembershipFactory(user=user, provider=provider, role=Role.EDITOR)
    log_in(page, live_server.url, "noor@voorbeeld.example", PASSWORD)
    page.goto(f"{live_server.url}/voor-aanbieders/")
    return Hand(page)


def make_an_offer(hand):
    """Make a group for *somber* in the whole region, from the portal to published."""
    hand.press("link", "Nieuw aanbod")
    hand.write("Titel (verplicht)", "Samen koken")
    hand.write("In het kort", "Elke dinsdag koken en eten we samen.")
    hand.choose("Hoe licht of zwaar is de hulp?", "1")
    hand.choose("Soort hulp", "basis")
    hand.write("Hoe werkt het", "We doen samen boodschappen. Iedereen kookt mee.")
    hand.press("button", "Bewaar en ga verder")
    hand.choose("Belangrijkste hulpvraag", "somberheid")
    hand.write("Leeftijd vanaf", "12")
    hand.write("Leeftijd tot en met", "17")
    hand.press("button", "Bewaar en ga verder")
    hand.tick("In een groep")
    hand.press("button", "Bewaar en voeg een locatie toe")
    hand.write("Straat en huisnummer (verplicht)", "Waterstraat 12")
    hand.write("Postcode (verplicht)", "2311 CS")
    hand.write("Plaats (verplicht)", "Leiden")
    hand.tick("Ja")
    hand.write("Wanneer is het open?", "Dinsdag van 17.00 tot 20.00 uur")
    hand.press("button", "Bewaar deze locatie")
    hand.press("button", "Bewaar en ga verder")
    hand.tick("Zonder verwijzing")
    hand.choose("Contract", "vrij")
    hand.press("button", "Zet dit in de hele regio")
    hand.press("link", "Hoe het begint")
    hand.write("Hoe begint het", "Bel of kom langs.")
    hand.write("Kosten", "Gratis")
    hand.press("button", "Bewaar", end="$")
    hand.press("button", "Publiceer")


def test_from_nothing_to_published(hand):
    make_an_offer(hand)

    expect(hand.page.get_by_role("status")).to_contain_text("is gepubliceerd")
    offer = Offer.objects.get()
    assert offer.status == OfferStatus.PUBLISHED
    assert offer.service_areas.count() == 3
    assert hand.fields <= MOST_FIELDS, f"{hand.fields} fields, {hand.clicks} clicks"
    assert hand.clicks <= MOST_CLICKS, f"{hand.fields} fields, {hand.clicks} clicks"
    assert len(hand.typed) == len(set(hand.typed)), "nothing is typed twice"
