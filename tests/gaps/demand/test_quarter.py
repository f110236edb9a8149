"""The mail of each quarter: what it says, once, and an end with one button."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from gaps.demand.quarter import Quarter, mail_for, municipality_lines, provider_lines
from providers.enums import Role
from providers.models import Membership
from tests.factories import (
    DemandFactory,
    HelpQuestionFactory,
    MembershipFactory,
    MissingHelpSignalFactory,
    OfferFactory,
)
from tests.gap_factories import CoverageSnapshotFactory
from tests.strict_client import StrictClient

# What is claimed is committed before a mail leaves.
pytestmark = pytest.mark.django_db(transaction=True)

OCTOBER = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)
SUMMER = Quarter(dt.date(2026, 7, 1), dt.date(2026, 9, 30))
AUGUST = dt.date(2026, 8, 12)
PAGE = "/voor-gemeenten/kwartaalmail/"


@pytest.fixture
def somber(region):
    return HelpQuestionFactory(code="somberheid", label="Somber")


@pytest.fixture
def officer(region):
    return MembershipFactory(provider=None, municipality=region.leiden, quarter_mail=True)


def send():
    with time_machine.travel(OCTOBER, tick=False):
        call_command("send_quarter_mails")


def link():
    return re.search(r"https?://[^/\s]+(/\S+kwartaalmail/\S+)", mail.outbox[-1].body).group(1)


# --- which quarter, and what it says -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code", "days"),
    [
        (dt.date(2026, 10, 1), "2026-3", 92),
        (dt.date(2026, 12, 31), "2026-3", 92),
        (dt.date(2027, 1, 1), "2026-4", 92),
        (dt.date(2026, 4, 1), "2026-1", 90),
    ],
)
def test_it_is_about_the_quarter_that_ended(day, code, days):
    quarter = Quarter.before(day)
    assert (quarter.code, quarter.days) == (code, days)


def test_a_municipality_reads_what_was_asked(region, somber):
    DemandFactory(day=AUGUST, help_question="somberheid", searches=40, outcome="veel")
    DemandFactory(day=AUGUST, help_question="somberheid", searches=9)
    DemandFactory(day=dt.date(2026, 6, 30), help_question="somberheid", searches=99)
    MissingHelpSignalFactory.create_batch(
        6, municipality=region.leiden, help_question=somber, created_on=AUGUST
    )
    assert municipality_lines(region.leiden, SUMMER) == [
        "Somber: ongeveer 50 keer gezocht, 10 keer niets gevonden, 5 meldingen dat het ontbreekt"
    ]


def test_a_municipality_reads_which_cells_changed_the_worst_now_first(region, somber):
    HelpQuestionFactory(code="tics", label="Tics")
    for day, somberness, tics in (
        (dt.date(2026, 6, 30), "niets", "gedekt"),
        (SUMMER.last, "gedekt", "te-laat"),
    ):
        row = CoverageSnapshotFactory.build(municipality=region.leiden, taken_on=day)
        row.content["cells"] = [["somberheid", "12-15", somberness], ["tics", "8-11", tics]]
        row.save()
    assert municipality_lines(region.leiden, SUMMER) == [
        "Hulpvraag en leeftijd samen: 1 beter, 1 slechter.",
        "Tics, 8 tot en met 11 jaar: van “gedekt” naar “te laat”.",
        "Somber, 12 tot en met 15 jaar: van “niets” naar “gedekt”.",
    ]


def test_small_numbers_are_in_no_mail(region, somber):
    DemandFactory(day=AUGUST, help_question="somberheid", searches=40, outcome="veel")
    DemandFactory(day=AUGUST, help_question="somberheid", searches=3)
    DemandFactory(day=AUGUST, help_question="tics", searches=4)
    assert municipality_lines(region.leiden, SUMMER) == ["Somber: ongeveer 45 keer gezocht"]


def test_a_provider_reads_what_it_could_offer(region, somber):
    HelpQuestionFactory(code="angst", label="Angstig")
    offer = OfferFactory(municipalities=[region.leiden], help_questions=["somberheid"])
    for question in ("somberheid", "angst"):
        DemandFactory(day=AUGUST, help_question=question, searches=7, outcome="veel")
    DemandFactory(day=AUGUST, help_question="angst", municipality="GM0537", searches=50)
    assert sorted(provider_lines(offer.provider, SUMMER)) == [
        "Angstig: ongeveer 5 keer gezocht; u biedt dit nog niet aan",
        "Somber: ongeveer 5 keer gezocht; u biedt dit aan",
    ]


def test_who_only_reads_along_may_open_what_the_mail_leads_to(client, log_in):
    reader = MembershipFactory(user=log_in(), role=Role.VIEWER)
    link = urlsplit(mail_for(reader, SUMMER).link).path
    assert client.get(link).status_code == 200


# --- never twice ---------------------------------------------------------------------------------


def test_who_asked_for_it_gets_it_once(officer):
    send()
    send()
    assert [one.to for one in mail.outbox] == [[officer.user.email]]


def test_who_did_not_ask_gets_none(region):
    MembershipFactory(provider=None, municipality=region.leiden)
    send()
    assert mail.outbox == []


def test_who_left_gets_none(officer):
    officer.user.is_active = False
    officer.user.save()
    send()
    assert mail.outbox == []


def test_what_the_server_refuses_is_tried_again(officer, monkeypatch):
    def refuse(*_anything):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("providers.emails.tell_quarter", refuse)
        with pytest.raises(CommandError):
            send()
    send()
    assert len(mail.outbox) == 1


def test_a_claimed_mail_is_not_sent_by_another_run(officer, monkeypatch):
    """Killed after the claim: the mail may be lost, and never goes out twice."""

    class KilledError(BaseException):
        pass

    def killed(*_anything):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr("providers.emails.tell_quarter", killed)
        with pytest.raises(KilledError):
            send()
    send()
    assert mail.outbox == []


def test_a_dry_run_sends_nothing(officer, capsys):
    with time_machine.travel(OCTOBER, tick=False):
        call_command("send_quarter_mails", "--dry-run")
    assert "1 mails zouden weggaan" in capsys.readouterr().out
    assert mail.outbox == []


# --- an end to it --------------------------------------------------------------------------------


def test_one_button_ends_it(officer):
    send()
    client = StrictClient()
    assert "Stuur deze mail niet meer" in client.get(link()).content.decode()
    assert Membership.objects.get().quarter_mail
    assert "U krijgt deze mail niet meer." in client.post(link()).content.decode()
    assert not Membership.objects.get().quarter_mail


def test_a_mail_program_can_do_it_by_itself(officer):
    send()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].endswith(f"{link()}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = StrictClient(enforce_csrf_checks=True).post(link())
    assert answer.status_code == 200


@pytest.mark.parametrize("token", ["x", "MQ:1wX:abc"])
def test_a_link_of_nobody_ends_nothing(officer, token):
    assert StrictClient().post(f"{PAGE}{token}/").status_code == 404
    assert Membership.objects.get().quarter_mail


def test_a_member_chooses_for_themselves_only(client, log_in, officer, region):
    mine = MembershipFactory(provider=None, municipality=region.leiden)
    log_in(mine.user)
    client.post(PAGE, {"membership": mine.pk, "wanted": "ja"})
    assert client.post(PAGE, {"membership": officer.pk, "wanted": "nee"}).status_code == 404
    assert client.post(PAGE, {"membership": "Jan", "wanted": "ja"}).status_code == 404
    mine.refresh_from_db()
    officer.refresh_from_db()
    assert (mine.quarter_mail, officer.quarter_mail) == (True, True)
