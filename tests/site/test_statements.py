"""What the site says of itself."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import timezone

from socialekaart.site.cookies import COOKIES
from tests.factories import OfferFactory

pytestmark = pytest.mark.django_db

STATEMENTS = ("accessibility", "privacy", "cookies", "contact")


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_page_leads_to_each_statement(client, name):
    assert f'href="{reverse(f"site:{name}")}"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["accessibility", "privacy", "contact"])
def test_a_statement_names_who_answers_for_the_site(client, settings, name):
    settings.OWNER_NAME = "Jeugdregio Zeekant"
    assert "Jeugdregio Zeekant" in client.get(reverse(f"site:{name}")).content.decode()


def test_a_telephone_number_shows_only_when_there_is_one(client, settings):
    without = client.get(reverse("site:contact")).content.decode()
    settings.CONTACT_PHONE = "071 516 16 16"
    assert "071 516 16 16" not in without
    assert "071 516 16 16" in client.get(reverse("site:contact")).content.decode()


def test_the_register_is_linked_once_the_site_stands_in_it(client, settings):
    settings.ACCESSIBILITY_URL = "https://register.example/1"
    assert (
        "https://register.example/1" in client.get(reverse("site:accessibility")).content.decode()
    )


def test_every_cookie_that_is_given_stands_on_the_page(client, log_in):
    offer = OfferFactory()
    client.get(offer.get_absolute_url())
    client.post(reverse("search:toggle_kept"), {"aanbod": offer.pk})
    log_in()
    assert set(client.cookies) <= {cookie.name for cookie in COOKIES}


def test_cookies_of_the_framework_go_by_their_own_name():
    names = {cookie.name for cookie in COOKIES}
    assert {django_settings.CSRF_COOKIE_NAME, django_settings.SESSION_COOKIE_NAME} <= names


def test_where_to_report_a_leak(client, settings):
    settings.SECURITY_EMAIL = "lek@zeekant.example"
    settings.SITE_URL = "https://zeekant.example/"
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:lek@zeekant.example"
    assert fields["Canonical"] == "https://zeekant.example/.well-known/security.txt"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert timezone.now() < expires < timezone.now() + dt.timedelta(days=365)
