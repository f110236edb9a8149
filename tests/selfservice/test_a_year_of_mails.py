"""A simulated year: who gets how many mails, and how long what they gave counted.

Six members here, one of each habit; with A_YEAR_OF=60 the year of docs/operators.md: half of them
answer within a week, a fifth never, the others now and then. Every day the command runs as in
production. On random days it is killed just before or just after the server took a mail, and
started again.
"""

import datetime as dt
import os
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice, pairwise

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from providers.enums import DatedFact
from providers.models import Offer
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

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

YEAR = 365
PEOPLE = int(os.environ.get("A_YEAR_OF", "6"))
KILLS = 24
MOST_MAILS, MOST_WITH_A_RUN = 12, 26


def at_once(dice):
    return 0


def within_a_week(dice):
    return dice.randint(0, 7)


def now_and_then(dice):
    return dice.choice([None, dice.randint(8, 25)])


def never(dice):
    return None


# Of ten people; the first six are one of each.
HABITS = (
    (at_once, False),
    (within_a_week, False),
    (within_a_week, True),
    (now_and_then, False),
    (never, False),
    (at_once, True),
    (within_a_week, False),
    (now_and_then, True),
    (never, True),
    (now_and_then, False),
)
ANSWERING = {at_once, within_a_week}


@dataclass
class Person:
    """A member with the offers of one provider."""

    email: str
    provider: int
    answers: object
    has_run: bool
    mailed: list[int] = field(default_factory=list)

    @property
    def is_answering(self):
        return self.answers in ANSWERING


class Killed(BaseException):
    """The sender was killed."""


class Sender:
    """Runs the command; now and then it is killed at a mail, and started again."""

    def __init__(self, dice, monkeypatch):
        self.dice = dice
        self.kill_at = None
        real = EmailBackend.send_messages

        def send(backend, messages):
            when, self.kill_at = self.kill_at, None
            if when == "before":
                raise Killed
            sent = real(backend, messages)
            if when == "after":
                raise Killed
            return sent

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    def run(self, *, is_killed):
        if is_killed:
            self.kill_at = self.dice.choice(["before", "after"])
        try:
            call_command("send_reminders", verbosity=0)
        except Killed:
            call_command("send_reminders", verbosity=0)


def person_of(number, dice):
    answers, has_run = HABITS[number % len(HABITS)]
    membership = MembershipFactory(provider__confirmed_on=days_ago(dice.randint(0, 170)))
    provider = membership.provider
    for _ in range(2):
        offer = OfferFactory(provider=provider, confirmed_on=days_ago(dice.randint(0, 80)))
        WaitTimeFactory(offer=offer, measured_on=days_ago(dice.randint(0, 29)))
    if has_run:
        group = OfferFactory(provider=provider, confirmed_on=days_ago(0))
        GroupRunFactory(
            programme=GroupProgrammeFactory(offer=group),
            starts_on=days_ago(-YEAR - 30),
            places=10,
            places_left=4,
            places_confirmed_on=days_ago(dice.randint(0, 13)),
        )
    return Person(membership.user.email, provider.pk, answers, has_run)


def counting(today):
    """How many waits of each provider count on this day, and of how many."""
    clocks, found = Clocks(today), defaultdict(list)
    rows = Offer.objects.filter(wait_measured_on__isnull=False)
    for provider, on in rows.values_list("provider", "wait_measured_on"):
        found[provider].append(clocks.state(DatedFact.WAIT, on).counts)
    return found


def play(client, people, sender, dice):
    """Play the year; returns per provider how many days each of its waits counted or not."""
    start, due, counted = timezone.now(), defaultdict(list), defaultdict(Counter)
    by_email = {person.email: person for person in people}
    kill_days = set(dice.sample(range(1, YEAR + 1), KILLS))
    mail.outbox = []
    for day in range(1, YEAR + 1):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            seen = len(mail.outbox)
            sender.run(is_killed=day in kill_days)
            for message in islice(mail.outbox, seen, None):
                person = by_email[message.to[0]]
                person.mailed.append(day)
                wait = person.answers(dice)
                if wait is not None:
                    due[day + wait].append(link_in(message))
            for link in due.pop(day, []):
                press(client, link)
            for provider, states in counting(timezone.localdate()).items():
                counted[provider].update(states)
    return counted


def share(people, counted):
    total = sum((counted[person.provider] for person in people), Counter())
    return total[True] / total.total()


@pytest.fixture
def year(client, monkeypatch):
    """The people after a year, and how long their waits counted."""
    dice = random.Random(2026)
    people = [person_of(number, dice) for number in range(PEOPLE)]
    counted = play(client, people, Sender(dice, monkeypatch), dice)
    for answers in {person.answers for person in people}:
        group = [person for person in people if person.answers is answers]
        mails = max(len(person.mailed) for person in group)
        line = f"{answers.__name__}: {share(group, counted):.1%} counts, at most {mails} mails"
        print(line)  # noqa: T201 - the figures of docs/operators.md, with -s
    return people, counted


def test_a_year(year):
    people, counted = year
    answering = [person for person in people if person.is_answering]
    assert share(answering, counted) >= 0.9
    today = timezone.localdate() + dt.timedelta(days=YEAR)
    at_the_end = counting(today)
    states = [state for person in answering for state in at_the_end[person.provider]]
    assert sum(states) / len(states) >= 0.9
    for person in people:
        assert len(person.mailed) <= (MOST_WITH_A_RUN if person.has_run else MOST_MAILS)
        fact = DatedFact.PLACES if person.has_run else DatedFact.WAIT
        gaps = [after - before for before, after in pairwise(person.mailed)]
        assert min(gaps, default=YEAR) > settings.FRESHNESS_DAYS[fact.value], "a double mail"
