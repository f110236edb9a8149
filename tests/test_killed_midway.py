"""Killed by -9 in an import, a merge, the undo of either, or while mails go out.

tests/crash_steps.py and crash_mails.py kill before a statement, at a commit, at a mail.
"""

import datetime as dt
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import timezone

from importing.models import ImportRow, ImportRun, ListSource
from providers.enums import HelpKind
from providers.models import (
    AuditEvent,
    FormerProvider,
    Location,
    Membership,
    Offer,
    OfferIndex,
    Provider,
)
from providers.services.desk.merging import merge_providers
from providers.services.policy.wait_requests import open_request
from tests.factories import (
    LocationFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    days_ago,
)
from tests.importing.lists.files import as_csv, messy_rows, preview, take_in
from tests.test_killed import where_others_can_write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROWS, POINTS = 25, 12
# Seconds for all kills together; only a program that hangs takes that long.
PATIENCE = 900


@pytest.fixture
def killed(tmp_path):
    """Return a function that runs one of the programs that kill, until what it does is done."""

    def run(first, step, *numbers, program="crash_steps"):
        address, read_back = where_others_can_write(tmp_path)
        ran = subprocess.run(
            [sys.executable, "-m", f"tests.{program}", str(first), step, *map(str, numbers)],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "socialekaart.settings"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        read_back()
        return [json.loads(line) for line in ran.stdout.splitlines()]

    return run


def check_nothing_half(attempts, points):
    """Fail unless all but the last left the database as it was, and what was said is there."""
    *before, last = attempts
    assert len(before) > points // 2
    assert [one for one in before if not one["unchanged"] or one["acknowledged"]] == []
    assert not last["unchanged"]


def test_an_import_is_there_as_a_whole_or_not_at_all(killed, region):
    would_be = preview(as_csv(messy_rows(ROWS))).plan.counts
    check_nothing_half(killed(POINTS, "take_in", ROWS), POINTS)
    run = ImportRun.objects.get()
    assert (Provider.objects.count(), Location.objects.count(), Offer.objects.count()) == (
        would_be["aanbieders"],
        would_be["locaties"],
        would_be["aanbod"],
    )
    assert OfferIndex.objects.count() == Offer.objects.count()
    assert (ListSource.objects.count(), ImportRow.objects.filter(run=run).count()) == (1, ROWS)


def test_an_import_is_undone_as_a_whole_or_not_at_all(killed, region):
    run = take_in(as_csv(messy_rows(ROWS)))
    offers = Offer.objects.count()
    check_nothing_half(killed(POINTS, "undo_import", run.pk), POINTS)
    run.refresh_from_db()
    assert run.undone_at is not None
    left = [model.objects.count() for model in (Provider, Location, Offer, OfferIndex)]
    assert left == [0, 0, 0, 0]
    assert AuditEvent.objects.filter(action="offer.taken_back").count() == offers


@pytest.fixture
def double(region):
    offer = OfferFactory(provider__name="Stichting De Boei", municipalities=[region.leiden])
    LocationFactory(provider=offer.provider)
    MembershipFactory(provider=offer.provider)
    return offer.provider


def of(provider):
    return [
        rows.filter(provider=provider).count()
        for rows in (Offer.objects, Location.objects, provider.memberships)
    ]


def test_two_providers_are_merged_or_two(killed, double):
    keep, number = ProviderFactory(name="De Boei"), double.pk
    check_nothing_half(killed(POINTS, "merge", keep.pk, number), POINTS)
    assert not Provider.objects.filter(pk=number).exists()
    assert FormerProvider.objects.get(pk=number).now == keep
    assert of(keep) == [1, 1, 1]


def test_a_merge_is_undone_as_a_whole_or_not_at_all(killed, double):
    keep, number = ProviderFactory(name="De Boei"), double.pk
    merge_providers(by=UserFactory(), keep=keep, double=double)
    event = AuditEvent.objects.get(action="provider.merged")
    check_nothing_half(killed(POINTS, "undo_merge", event.pk), POINTS)
    assert not FormerProvider.objects.exists()
    assert (of(Provider.objects.get(pk=number)), of(keep)) == ([1, 1, 1], [0, 0, 0])


# --- mails ---------------------------------------------------------------------------------------

MAILED = 8


def check_mails(killed, tmp_path, step, *numbers):
    """Fail when somebody got a mail twice, or when one kill cost more than the mail it met."""
    box = tmp_path / "box"
    box.touch()
    (kills,) = killed(box, step, *numbers, program="crash_mails")
    mails = box.read_text().split()
    assert len(set(mails)) == len(mails)
    assert MAILED - len(mails) <= kills


def test_a_kill_costs_a_request_one_provider_at_most_and_nobody_is_asked_twice(
    killed, tmp_path, region
):
    for _n in range(MAILED):
        offer = OfferFactory(municipalities=[region.leiden], help_kind=HelpKind.MENTAL_HEALTH)
        MembershipFactory(provider=offer.provider)
    answer_by = timezone.localdate() + dt.timedelta(days=9)
    opened = {"region": region.leiden.region, "year": 2026, "quarter": 4, "answer_by": answer_by}
    request = open_request(by=UserFactory(), **opened)
    check_mails(killed, tmp_path, "ask_waits", request.pk)
    today = timezone.localdate()
    assert set(request.asked.values_list("mailed_on", "mails")) == {(today, 1)}


def test_a_kill_costs_one_mail_of_the_quarter_at_most_and_nobody_gets_it_twice(
    killed, tmp_path, region
):
    MembershipFactory.create_batch(
        MAILED, provider=None, municipality=region.leiden, quarter_mail=True
    )
    check_mails(killed, tmp_path, "quarter")
    assert not Membership.objects.filter(quarter_mailed="").exists()


def test_a_kill_costs_one_reminder_at_most_and_nobody_is_reminded_twice(killed, tmp_path, region):
    for _n in range(MAILED):
        offer = OfferFactory(municipalities=[region.leiden], confirmed_on=days_ago(200))
        MembershipFactory(provider=offer.provider)
    check_mails(killed, tmp_path, "remind")
    assert set(Membership.objects.values_list("reminded_on", flat=True)) == {timezone.localdate()}
