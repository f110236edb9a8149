"""What every mail of the catalogue has in common."""

import re

import pytest
from django.core import mail

from providers import emails
from tests.factories import MembershipFactory, OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(settings):
    settings.SITE_URL = "https://kaart.example/"
    return MembershipFactory()


def ask_whether_full(member):
    emails.ask_whether_full(OfferFactory(provider=member.provider))


def remind(member):
    link = "https://kaart.example/x"
    emails.remind(member.user, [emails.Reminder(member.provider, ("Koken: wachttijd",), link, 28)])


@pytest.mark.parametrize("send", [ask_whether_full, remind])
def test_a_mail_says_who_sends_it_and_where_to_go(member, send):
    send(member)
    (message,) = mail.outbox
    assert "Socialekaart" in message.body
    assert "https://kaart.example/voor-aanbieders/" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("send", [ask_whether_full, remind])
def test_a_mail_is_polite_and_names_no_other_machine(member, send):
    send(member)
    whole = mail.outbox[0].subject + mail.outbox[0].body
    assert not re.search(r"\b(je|jij|jouw)\b|localhost|testserver|example\.com|:8000", whole)
