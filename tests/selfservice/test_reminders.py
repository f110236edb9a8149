"""Reminders by mail: who is asked, when and about what, and what the mail server says."""

import datetime as dt
import re
import socket

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from providers.enums import OfferStatus, Role
from providers.models import AuditEvent
from providers.rules.clocks import forget_region_clocks
from providers.services.groups import update_places
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    RegionClockFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(provider, offer):
    user = UserFactory(email="anna@debrug.example")
    MembershipFactory(user=user, provider=provider, role=Role.EDITOR)
    return user


@pytest.fixture
def run(offer):
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer),
        places_left=4,
        places_confirmed_on=days_ago(20),
    )


@pytest.fixture
def send(capsys):
    """Return a function that runs the command and gives what it said."""

    def _send(*args):
        call_command("send_reminders", *args)
        return capsys.readouterr().out.strip()

    return _send


def all_fresh(provider, offer, *, measured_on=None):
    provider.confirmed_on = offer.confirmed_on = days_ago(0)
    provider.save()
    offer.save()
    WaitTimeFactory(offer=offer, measured_on=measured_on or days_ago(0))


def link_in(message):
    (path,) = re.findall(r"https?://[^/\s]+(/voor-aanbieders/klopt-nog/[^/\s]+/)\s", message.body)
    return path


# --- who is mailed, and about what ---------------------------------------------------------------


def test_the_mail_says_what_needs_a_look_and_has_the_link(send, member):
    assert send() == "1 mail verstuurd"
    (message,) = mail.outbox
    assert message.to == ["anna@debrug.example"]
    assert "- Samen hardlopen: wachttijd, klopt alles nog?" in message.body
    assert "- uw contactgegevens" in message.body
    assert link_in(message)


def test_who_has_everything_up_to_date_gets_no_mail(send, member, provider, offer):
    all_fresh(provider, offer)
    assert send() == "0 mails verstuurd"


def test_the_clock_of_a_region_asks_sooner(send, member, provider, offer, region):
    all_fresh(provider, offer, measured_on=days_ago(11))
    assert send("--dry-run") == "0 mails zouden weggaan"
    RegionClockFactory(region=region.leiden.region, days=10)
    forget_region_clocks()
    assert send("--dry-run") == "1 mail zou weggaan"


def test_a_draft_asks_for_nothing(send, member, provider, offer):
    offer.status = OfferStatus.DRAFT
    offer.save()
    assert send() == "0 mails verstuurd"


@pytest.mark.parametrize(
    "change",
    [{"role": Role.VIEWER}, {"user__is_active": False}],
    ids=["may only read", "can no longer log in"],
)
def test_who_cannot_answer_gets_no_mail(send, offer, provider, change):
    MembershipFactory(provider=provider, **change)
    assert send() == "0 mails verstuurd"


def test_colleagues_get_a_mail_of_their_own(send, member, provider):
    MembershipFactory(provider=provider, role=Role.EDITOR)
    assert send() == "2 mails verstuurd"
    assert [len(message.to) for message in mail.outbox] == [1, 1]


def test_one_mail_speaks_of_all_my_providers(send, member):
    other = OfferFactory(title="Koken met je buren", provider__name="Buurthuis De Kade")
    MembershipFactory(user=member, provider=other.provider)
    assert send() == "1 mail verstuurd"
    body = mail.outbox[0].body
    assert body.index("Buurthuis De Brug") < body.index("Buurthuis De Kade")


def test_a_long_list_is_cut_and_counted(send, member, provider):
    OfferFactory.create_batch(12, provider=provider)
    send()
    # 13 offers and the contact details.
    assert "- en nog 4" in mail.outbox[0].body


def test_a_dry_run_sends_and_keeps_nothing(send, member):
    assert send("--dry-run") == "1 mail zou weggaan"
    assert mail.outbox == []
    assert member.memberships.get().reminded_on is None


# --- what the mail server says -------------------------------------------------------------------


class Server:
    """A mail server that refuses the recipients it is told to."""

    def __init__(self):
        self.refused = set()
        self.accepted = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "everybody" in self.refused or address in self.refused:
            return "550 5.7.1 Relaying denied"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.accepted += [(to, envelope.content.decode()) for to in envelope.rcpt_tos]
        return "250 Queued"


@pytest.fixture
def server(settings):
    """A real mail server on this machine."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    # Port 0 lets the system choose one, which the controller cannot know by itself.
    with socket.create_server(("127.0.0.1", 0)) as probe:
        controller.port = probe.getsockname()[1]
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


def test_a_server_that_refuses_everything_is_said_so(send, server, member, capsys):
    server.refused.add("everybody")
    with pytest.raises(
        CommandError, match=r"1 mail is niet door de mailserver aangenomen"
    ) as error:
        send()
    assert error.value.returncode == 1
    assert capsys.readouterr().out.strip() == "0 mails verstuurd"
    assert member.memberships.get().reminded_on is None
    server.refused.clear()
    assert send() == "1 mail verstuurd"


def test_one_address_that_is_refused_holds_up_nobody(send, server, member, provider, capsys):
    gone = MembershipFactory(provider=provider, user__email="weg@debrug.example", role=Role.EDITOR)
    server.refused.add("weg@debrug.example")
    with pytest.raises(CommandError):
        send()
    assert capsys.readouterr().out.strip() == "1 mail verstuurd"
    assert [to for to, _content in server.accepted] == ["anna@debrug.example"]
    gone.refresh_from_db()
    assert gone.reminded_on is None
    assert member.memberships.get().reminded_on == timezone.localdate()


def test_no_server_at_all_is_said_so(send, member, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError):
        send()
    assert member.memberships.get().reminded_on is None


def test_a_mail_says_that_a_program_sent_it(send, server, member):
    send()
    ((_to, content),) = server.accepted
    assert "Auto-Submitted: auto-generated" in content


# --- how often -----------------------------------------------------------------------------------


def test_a_second_run_sends_nothing(send, member):
    send()
    assert send() == "0 mails verstuurd"
    assert AuditEvent.objects.filter(action="provider.reminded").count() == 1


@pytest.mark.parametrize(("days", "said"), [(30, "0 mails verstuurd"), (31, "1 mail verstuurd")])
def test_the_next_mail_comes_in_time_for_the_clock_of_a_wait(send, member, days, said):
    member.memberships.update(reminded_on=days_ago(days))
    assert send() == said


def test_a_new_provider_is_not_held_up_by_the_mail_about_another(send, member):
    send()
    MembershipFactory(user=member, provider=OfferFactory(title="Koken").provider)
    assert send() == "1 mail verstuurd"
    assert "Samen hardlopen" not in mail.outbox[-1].body


@pytest.mark.parametrize(("every", "days"), [(1, 31), (2, 62), (3, 93)])
def test_a_member_chooses_how_often_a_mail_comes(send, member, every, days):
    member.memberships.update(mail_every=every, reminded_on=days_ago(days - 1))
    assert send() == "0 mails verstuurd"
    member.memberships.update(reminded_on=days_ago(days))
    assert send() == "1 mail verstuurd"


def test_who_wants_no_mail_gets_none(send, member):
    member.memberships.update(mail_every=0)
    assert send() == "0 mails verstuurd"


@pytest.mark.parametrize("chosen", [{}, {"mail_every": 3}], ids=["nothing", "every 3 months"])
def test_open_places_are_asked_for_at_their_own_clock_whatever_was_chosen(
    send, member, provider, offer, run, chosen
):
    all_fresh(provider, offer)
    member.memberships.update(**chosen, reminded_on=days_ago(15))
    assert send() == "1 mail verstuurd"
    assert "vrije plekken" in mail.outbox[0].body


def test_places_of_who_answers_every_mail_on_its_day_always_count(
    send, member, provider, offer, run
):
    all_fresh(provider, offer)
    run.starts_on = days_ago(-60)
    run.save()
    update_places(by=member, run=run, places_left=4)
    for days in range(1, 32):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            if send() != "0 mails verstuurd":
                update_places(by=member, run=run, places_left=4)
            run.refresh_from_db()
            age = (timezone.localdate() - run.places_confirmed_on).days
            assert age <= settings.FRESHNESS_DAYS["places"]


@pytest.mark.parametrize("days", [5, 19])
def test_a_mail_names_the_wait_that_would_grey_before_the_next_one(send, member, offer, days):
    WaitTimeFactory(offer=offer, measured_on=days_ago(days))
    send()
    assert re.search(rf"^- {offer.title}:.*\bwachttijd\b", mail.outbox[0].body, re.MULTILINE)


# --- who is asked first --------------------------------------------------------------------------


@pytest.fixture
def manager(provider):
    return MembershipFactory(provider=provider, role=Role.MANAGER)


def mailed():
    return [message.to[0] for message in mail.outbox]


def test_a_manager_hears_it_when_an_editor_did_not_answer_in_time(send, member, manager):
    send()
    assert mailed() == ["anna@debrug.example"]
    member.memberships.update(reminded_on=days_ago(6))
    assert send() == "0 mails verstuurd"
    member.memberships.update(reminded_on=days_ago(7))
    assert send() == "1 mail verstuurd"
    assert mailed()[1:] == [manager.user.email]


def test_a_manager_hears_nothing_while_an_editor_answers(send, member, manager, provider, offer):
    all_fresh(provider, offer, measured_on=days_ago(25))
    member.memberships.update(reminded_on=days_ago(25))
    assert send() == "0 mails verstuurd"


@pytest.mark.parametrize(
    "change", [{"mail_every": 0}, {"user__is_active": False}, {"role": Role.VIEWER}]
)
def test_a_manager_is_asked_at_once_where_no_editor_can_be(send, provider, offer, manager, change):
    MembershipFactory(provider=provider, **change)
    send()
    assert mailed() == [manager.user.email]


def test_a_manager_is_asked_when_the_address_of_the_editor_is_refused(
    send, server, member, manager, capsys
):
    server.refused.add("anna@debrug.example")
    with pytest.raises(CommandError):
        send()
    assert [to for to, _content in server.accepted] == [manager.user.email]
