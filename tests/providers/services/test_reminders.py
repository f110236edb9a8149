"""Reminders: remembered when they went out, and only then."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from providers.emails import Reminder
from providers.enums import MailEvery
from providers.models import AuditEvent
from providers.services.reminders import Outcome, choose_mails, remind
from tests.factories import MembershipFactory, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    return MembershipFactory(reminded_on=days_ago(40))


@pytest.fixture
def send(membership):
    """Return a function that reminds the member of this provider."""
    link = "https://kaart.example/x"
    about = Reminder(membership.provider, ("Samen koken: wachttijd",), link, days_between=28)

    def _send():
        return remind(by=None, person=membership.user, reminders=[about])

    return _send


def refuse(message):
    raise OSError


def refuse_the_address(message):
    raise SMTPRecipientsRefused({})


def events():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_a_reminder_is_remembered(send, membership):
    assert send() is Outcome.ACCEPTED
    membership.refresh_from_db()
    assert (len(mail.outbox), membership.reminded_on) == (1, timezone.localdate())
    assert events() == ["provider.reminded"]


def test_a_reminder_that_could_not_go_out_is_tried_again(send, membership, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(EmailMessage, "send", refuse)
        assert send() is Outcome.REFUSED
    membership.refresh_from_db()
    assert (mail.outbox, membership.reminded_on) == ([], days_ago(40))
    assert events() == ["provider.reminded", "provider.reminder_failed"]
    assert send() is Outcome.ACCEPTED
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_was_not_reminded(send, membership, monkeypatch):
    # A server that relays for nobody refuses every address in the same way.
    monkeypatch.setattr(EmailMessage, "send", refuse_the_address)
    assert send() is Outcome.REFUSED
    membership.refresh_from_db()
    assert membership.reminded_on == days_ago(40)
    assert events() == ["provider.reminded", "provider.reminder_failed"]


def test_a_second_reminder_is_not_due(send):
    send()
    assert send() is Outcome.NOTHING_DUE
    assert len(mail.outbox) == 1


def test_a_run_that_starts_while_another_sends_sends_nothing(send, monkeypatch):
    deliver, seen = EmailMessage.send, []

    def deliver_slowly(message):
        seen.append(send())
        return deliver(message)

    monkeypatch.setattr(EmailMessage, "send", deliver_slowly)
    assert send() is Outcome.ACCEPTED
    assert (seen, len(mail.outbox)) == ([Outcome.NOTHING_DUE], 1)


@pytest.mark.parametrize("was_delivered", [False, True])
def test_who_is_killed_while_sending_sends_no_second_one(send, monkeypatch, was_delivered):
    deliver = EmailMessage.send

    def is_killed(message):
        if was_delivered:
            deliver(message)
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(EmailMessage, "send", is_killed)
        with pytest.raises(KeyboardInterrupt):
            send()
    # Nobody can know whether the server took it: better one too few than one too many.
    assert send() is Outcome.NOTHING_DUE
    assert len(mail.outbox) == was_delivered


def test_who_wants_no_mail_is_not_claimed(send, membership):
    choose_mails(by=membership.user, membership=membership, every=MailEvery.NEVER)
    assert send() is Outcome.NOTHING_DUE
    assert not mail.outbox
