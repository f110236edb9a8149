"""A provider who answers every mail keeps every fact within its clock, by one mail a month."""

import datetime as dt
import random

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from providers.enums import DatedFact, OfferStatus, Role
from providers.models import GroupRun, Offer
from providers.rules.freshness import Clocks
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.selfservice.month.test_settling import press
from tests.selfservice.test_reminders import link_in

pytestmark = pytest.mark.django_db

YEAR = 365
SLOW = settings.REMINDER_ANSWER_DAYS


@pytest.fixture
def member(provider, offer):
    """Somebody with three offers whose waits were given on different days."""
    provider.confirmed_on = days_ago(40)
    provider.save()
    second = OfferFactory(provider=provider, title="Koken met je buren")
    third = OfferFactory(provider=provider, title="Praten over later")
    for row, days in ((offer, 0), (second, 9), (third, 19)):
        Offer.objects.filter(pk=row.pk).update(confirmed_on=days_ago(days))
        WaitTimeFactory(offer=row, measured_on=days_ago(days))
    return MembershipFactory(provider=provider, role=Role.EDITOR).user


@pytest.fixture
def open_run(provider):
    """A run that starts after the year, with places."""
    group = OfferFactory(provider=provider, title="Samen sterk", confirmed_on=days_ago(0))
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=group),
        starts_on=days_ago(-YEAR - 30),
        enrol_by=None,
        places=10,
        places_left=4,
        places_confirmed_on=days_ago(0),
    )


def past_their_clock(provider, today):
    """The facts that no longer count on this day, in words."""
    clocks = Clocks(today)
    provider.refresh_from_db()
    offers = Offer.objects.filter(provider=provider, status=OfferStatus.PUBLISHED)
    dated = [(DatedFact.CONTACT, provider.confirmed_on)]
    for offer in offers.select_related("programme"):
        dated.append((DatedFact.OFFER, offer.confirmed_on))
        if not hasattr(offer, "programme"):
            dated.append((DatedFact.WAIT, offer.wait_measured_on))
    runs = GroupRun.objects.filter(programme__offer__in=offers)
    dated += [(DatedFact.PLACES, run.places_confirmed_on) for run in runs]
    return [(today, fact) for fact, on in dated if not clocks.state(fact, on).counts]


def a_year(client, provider, days_to_answer):
    """Play a year: who gets a mail answers it after so many days. Returns mails and lapses."""
    start, lapses, due = timezone.now(), [], {}
    mail.outbox = []
    for day in range(1, YEAR + 1):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            mails = len(mail.outbox)
            call_command("send_reminders", verbosity=0)
            if len(mail.outbox) > mails:
                due[day + days_to_answer()] = link_in(mail.outbox[-1])
            if day in due:
                press(client, due.pop(day))
            lapses += past_their_clock(provider, timezone.localdate())
    return len(mail.outbox), lapses


def test_who_takes_two_days_gets_twelve_mails_and_nothing_lapses(client, member, provider):
    mails, lapses = a_year(client, provider, lambda: SLOW)
    assert lapses == []
    assert mails <= 12


def test_with_open_places_it_takes_twenty_six_mails(client, member, provider, open_run):
    mails, lapses = a_year(client, provider, lambda: SLOW)
    assert lapses == []
    assert mails <= 26


def test_nothing_lapses_however_soon_the_answers_come(client, member, provider):
    mails, lapses = a_year(client, provider, lambda: random.randint(0, SLOW))
    assert lapses == []
    # Who answers sooner is asked sooner: at most once in 28 days.
    assert mails <= YEAR // (settings.FRESHNESS_DAYS["wait"] - SLOW)
