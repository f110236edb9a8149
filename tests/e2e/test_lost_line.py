"""A line that is lost while a long form is filled in: the text is offered back."""

import pytest
from playwright.sync_api import expect

from providers.enums import Role
from tests.e2e.members import log_in
from tests.factories import PASSWORD, MembershipFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.browser
TEXT = "We koken elke dinsdag met elkaar, in de keuken van het buurthuis."
KEPT = "() => sessionStorage.getItem('unsaved')"


@pytest.fixture
def form(page, live_server, transactional_db, region):
    offer = OfferFactory(municipalities=[region.leiden], description="")
    user = UserFactory(email="noor@voorbeeld.example")
    MembershipFactory(user=user, provider=offer.provider, role=Role.EDITOR)
    log_in(page, live_server.url, user.email, PASSWORD)
    address = f"{live_server.url}/voor-aanbieders/aanbod/{offer.pk}/wat/"
    page.goto(address)
    return address


def test_what_was_typed_when_the_line_was_lost_is_offered_back(page, form):
    how = page.get_by_label("Hoe werkt het")
    how.fill(TEXT)
    page.route(form, lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Opslaan").click()
    page.unroute(form)
    page.goto(form)
    expect(how).to_have_value("")
    page.get_by_role("button", name="Zet het terug").click()
    expect(how).to_have_value(TEXT)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator(".sk-message--success")).to_be_visible()
    # The script runs once the page is there as a whole.
    page.wait_for_load_state()
    assert page.evaluate(KEPT) is None
