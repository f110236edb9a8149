"""Reminders by mail, and the link in them that confirms without a log-in."""

import re
import socket

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.enums import OfferStatus, Role
from providers.models import AuditEvent, Confirmation
from providers.rules.clocks import forget_region_clocks
from selfservice.links import SALT, token_for
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
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
    (path,) = re.findall(r"https?://[^/\s]+(/voor-aanbieders/klopt-nog/\S+)", message.body)
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
    MembershipFactory(provider=provider, role=Role.MANAGER)
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
    gone = MembershipFactory(provider=provider, user__email="weg@debrug.example", role=Role.MANAGER)
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


@pytest.mark.parametrize(("days", "said"), [(27, "0 mails verstuurd"), (28, "1 mail verstuurd")])
def test_the_next_mail_comes_in_time_for_the_clock_of_a_wait(send, member, days, said):
    member.memberships.update(reminded_on=days_ago(days))
    assert send() == said


def test_a_new_provider_is_not_held_up_by_the_mail_about_another(send, member):
    send()
    MembershipFactory(user=member, provider=OfferFactory(title="Koken").provider)
    assert send() == "1 mail verstuurd"
    assert "Samen hardlopen" not in mail.outbox[-1].body


# --- the link ------------------------------------------------------------------------------------


@pytest.fixture
def link(member, provider):
    return f"/voor-aanbieders/klopt-nog/{token_for(member, provider)}/"


def test_the_link_confirms_with_one_button_and_no_log_in(client, link, member, provider, offer):
    response = client.post(link, {"aanbod": [offer.pk]}, follow=True)
    assert "zijn vandaag bevestigd" in response.content.decode()
    offer.refresh_from_db()
    provider.refresh_from_db()
    assert offer.confirmed_on == provider.confirmed_on == timezone.localdate()
    assert set(Confirmation.objects.values_list("by", "via")) == {(member.pk, "link")}


@pytest.fixture
def run(offer):
    return GroupRunFactory(
        programme=GroupProgrammeFactory(offer=offer),
        places_left=4,
        places_confirmed_on=days_ago(20),
    )


def test_it_does_not_say_that_all_is_done_while_facts_are_open(client, link, offer, run):
    page = client.post(link, {"aanbod": [offer.pk]}, follow=True).content.decode()
    assert "op wat onder 'Nog door te geven' staat na" in page
    assert "U hoeft nu niets te doen" not in page


def test_it_says_that_all_is_done_when_it_is(client, link, offer):
    WaitTimeFactory(offer=offer, measured_on=days_ago(0))
    page = client.post(link, {"aanbod": [offer.pk]}, follow=True).content.decode()
    assert "U hoeft nu niets te doen" in page
    assert "Nog door te geven" not in page


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.ARCHIVED])
def test_nothing_is_open_in_what_nobody_sees(client, link, offer, status):
    offer.status = status
    offer.save()
    assert "Nog door te geven" not in client.get(link).content.decode()


def test_following_the_link_changes_nothing(client, link, offer):
    page = client.get(link)
    assert "Samen hardlopen" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Confirmation.objects.exists()


def test_the_link_opens_nothing_else(client, link, offer):
    client.get(link)
    response = client.get(f"/voor-aanbieders/aanbod/{offer.pk}/")
    assert response.status_code == 302


def test_the_link_confirms_no_offer_of_another(client, link):
    other = OfferFactory()
    client.post(link, {"aanbod": [other.pk]})
    other.refresh_from_db()
    assert other.confirmed_on is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_link_says_so_and_changes_nothing(client, link, offer, method):
    with time_machine.travel(timezone.now() + timezone.timedelta(days=36), tick=False):
        response = getattr(client, method)(link)
    assert response.status_code == 410
    assert "Deze link werkt niet meer" in response.content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", [{"role": Role.VIEWER}, None], ids=["may only read", "left"])
def test_who_may_no_longer_write_hears_what_to_do(client, link, member, method, change):
    rows = member.memberships
    rows.update(**change) if change else rows.all().delete()
    answer = getattr(client, method)(link)
    assert answer.status_code == 410
    assert "Vraag een collega of de beheerder" in answer.content.decode()
    assert not Confirmation.objects.exists()


def change_password(member):
    member.set_password("vier losse woorden naast elkaar")


def change_address(member):
    member.email = "anna@elders.example"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("change", [change_password, change_address])
def test_the_link_ends_with_the_password_or_the_address(
    client, link, member, offer, method, change
):
    change(member)
    member.save()
    response = getattr(client, method)(link, {"aanbod": [offer.pk]})
    assert response.status_code == 410
    assert "Deze link werkt niet meer" in response.content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_left_and_came_back_gets_a_new_link(client, link, member, provider, method):
    member.memberships.all().delete()
    # Not the number that the database may give out again.
    MembershipFactory(pk=10**6, user=member, provider=provider, role=Role.EDITOR)
    assert getattr(client, method)(link).status_code == 410
    new = f"/voor-aanbieders/klopt-nog/{token_for(member, provider)}/"
    assert getattr(client, method)(new).status_code in {200, 302}


def test_a_link_of_an_earlier_version_says_so(client, member, provider):
    token = signing.dumps([member.pk, provider.pk], salt=SALT)
    assert client.get(f"/voor-aanbieders/klopt-nog/{token}/").status_code == 410


def test_who_can_no_longer_log_in_gets_nothing(client, link, member):
    member.is_active = False
    member.save()
    assert client.post(link).status_code == 410
    assert not Confirmation.objects.exists()


def test_a_broken_link_leads_to_the_pages_for_providers(client, link):
    answer = client.get(link.replace("/klopt-nog/", "/klopt-nog/x"))
    assert answer.status_code == 404
    assert "Kopieer hem helemaal uit de mail" in answer.content.decode()
    assert f'href="{reverse("selfservice:portal")}"' in answer.content.decode()


def test_a_link_cannot_be_turned_to_another_provider(client, link, member):
    stranger = ProviderFactory()
    token = token_for(member, stranger)
    assert client.post(f"/voor-aanbieders/klopt-nog/{token}/").status_code == 410
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete"])
def test_the_link_knows_no_other_methods(client, link, method):
    assert getattr(client, method)(link).status_code == 405


def test_a_button_on_another_site_confirms_nothing(link, offer):
    response = Client(enforce_csrf_checks=True).post(link, {"aanbod": [offer.pk]})
    assert response.status_code == 403
    assert not Confirmation.objects.exists()
