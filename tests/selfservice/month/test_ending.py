"""What ends within 60 days is named in the mail, in the portal and on the screen of the month."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from providers.models import ServiceArea
from providers.services.confirmations import confirm_offer
from tests.factories import WaitTimeFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(log_in_as, provider, offer):
    provider.confirmed_on = offer.confirmed_on = days_ago(70)
    provider.save()
    offer.save()
    WaitTimeFactory(offer=offer, measured_on=days_ago(29))
    return log_in_as("colleague")


def ends_in(days):
    ServiceArea.objects.update(ends_on=days_ago(-days))


PAGES = ["selfservice:portal", "selfservice:month"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("days", [0, 60])
def test_it_is_named_where_one_looks(client, member, page, days):
    ends_in(days)
    assert "oopt af in Leiden op " in client.get(reverse(page)).content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("days", [-1, 61])
def test_what_is_over_or_far_off_is_not(client, member, page, days):
    ends_in(days)
    assert "oopt af in Leiden" not in client.get(reverse(page)).content.decode()


def test_the_mail_names_it(member):
    ends_in(30)
    call_command("send_reminders", verbosity=0)
    assert "loopt af in Leiden op" in mail.outbox[0].body


def test_who_confirmed_since_it_was_near_hears_it_no_more(member, offer):
    ends_in(30)
    confirm_offer(by=member, offer=offer)
    call_command("send_reminders", verbosity=0)
    assert "wachttijd" in mail.outbox[0].body
    assert "loopt af" not in mail.outbox[0].body


def test_the_page_of_the_link_shows_what_ends(client, member, provider):
    ends_in(30)
    page = client.get(reverse("selfservice:confirm_provider", args=[provider.pk]))
    assert ", tot en met " in page.content.decode()
