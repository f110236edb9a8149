"""A passkey in a real browser, with an authenticator that Chromium plays."""

import pytest
from django.urls import reverse

from tests.e2e.members import log_in
from tests.e2e.test_accessibility import check
from tests.factories import PASSWORD, MembershipFactory, UserFactory


@pytest.fixture
def authenticator(page):
    """A fingerprint reader that always knows the finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.django_db(transaction=True)
def test_add_one_and_log_in_with_it(page, live_server, authenticator):
    user = UserFactory(password=PASSWORD)
    MembershipFactory(user=user)
    log_in(page, live_server.url, user.email, PASSWORD)
    page.goto(live_server.url + reverse("mfa_index"))
    page.get_by_role("link", name="Voeg een toegangssleutel toe").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    check(page)
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("heading", name="Herstelcodes").wait_for()
    # The same one a second time: said in words, on the page.
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_text("Deze toegangssleutel staat al bij uw account.").wait_for()
    # As a second step.
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    check(page)
    page.get_by_role("button", name="Gebruik uw toegangssleutel").click()
    page.wait_for_url("**/voor-aanbieders/**")
    # In place of a password.
    page.context.clear_cookies()
    page.goto(f"{live_server.url}{reverse('account_login')}?next=/account/ingelogd/")
    page.get_by_role("button", name="Inloggen met een toegangssleutel").click()
    page.get_by_text("met een toegangssleutel").first.wait_for()
