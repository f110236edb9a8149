"""The desk of a region in a real browser: a claim in two clicks, every page checked."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from providers.enums import Role
from providers.services.offers import update_offer
from tests.e2e.keyboard import press
from tests.e2e.members import log_in
from tests.e2e.test_accessibility import check
from tests.factories import (
    PASSWORD,
    ClaimFactory,
    CrisisNumberFactory,
    MembershipFactory,
    OfferFactory,
    RegionWordFactory,
    TipFactory,
    UserFactory,
)

DESK_PAGES = (
    "",
    "aanvragen/",
    "tips/",
    "wijzigingen/",
    "bellijst/",
    "actueel/",
    "afspraken/",
    "crisisnummers/",
    "crisisnummers/nieuw/",
    "woorden/",
    "geschiedenis/",
    "samenvoegen/",
    "uitnodigen/",
    "mensen/",
    "lijst/onvolledig/",
)


@pytest.fixture
def claim(transactional_db, region):
    offer = OfferFactory(
        provider__name="De Boei", provider__phone="", municipalities=[region.leiden]
    )
    member = MembershipFactory(provider=offer.provider).user
    update_offer(by=member, offer=offer, title="Samen eten")
    TipFactory(municipality=region.leiden, region=region.leiden.region)
    CrisisNumberFactory(region=region.leiden.region)
    RegionWordFactory(region=region.leiden.region)
    return ClaimFactory(provider=offer.provider, region=region.leiden.region)


@pytest.fixture
def desk(page, live_server, claim):
    """The start page of the desk, for somebody who just logged in."""
    user = UserFactory(email="rik@regio.example", name="Rik")
    MembershipFactory(user=user, provider=None, region=claim.region, role=Role.MANAGER)
    log_in(page, live_server.url, user.email, PASSWORD)
    page.goto(f"{live_server.url}/regio/")
    return page


def test_a_claim_is_handled_in_two_clicks(desk, claim):
    clicks = 0
    desk.get_by_role("link", name="Aanvragen van organisaties").click()
    clicks += 1
    desk.get_by_role("button", name="Keur goed").click()
    clicks += 1
    expect(desk.get_by_role("status")).to_contain_text("de uitnodiging is verstuurd")
    assert (clicks, mail.outbox[-1].to) == (2, [claim.email])


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_claim_is_refused_by_keyboard_without_a_script(desk, claim):
    press(desk, desk.get_by_role("link", name="Aanvragen van organisaties"))
    press(desk, desk.get_by_text("Vraag iets, of wijs af"))
    desk.keyboard.press("Tab")
    desk.keyboard.type("U werkt daar niet.")
    press(desk, desk.get_by_role("button", name="Wijs af"))
    expect(desk.get_by_role("status")).to_contain_text("de reden is gemaild")


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing_at_the_desk(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": 900})
    for path in DESK_PAGES:
        desk.goto(f"{live_server.url}/regio/JZ18/{path}")
        check(desk)


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_finds_nothing_on_the_ways_in(page, live_server, claim, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in (f"meedoen/{claim.provider_id}/", "meedoen/nieuw/", "meedoen/aangevraagd/", "tip/"):
        page.goto(f"{live_server.url}/{path}")
        check(page)
