"""The link in a reminder, which confirms without a log-in and opens nothing else."""

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.enums import MailEvery, OfferStatus, Role
from providers.models import AuditEvent, Confirmation
from selfservice.links import SALT, token_for
from tests.factories import (
    GroupProgrammeFactory,
    GroupRunFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    WaitTimeFactory,
    days_ago,
)
from tests.selfservice.test_reminders import link_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(provider, offer):
    user = UserFactory(email="anna@debrug.example")
    MembershipFactory(user=user, provider=provider, role=Role.EDITOR)
    return user


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
    assert "U hoeft nu niets te doen" not in page
    assert "op wat onder 'Nog door te geven' staat na" in page


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


# --- how often a mail comes ----------------------------------------------------------------------


def test_the_mail_leads_to_a_choice_how_often_it_comes(client, link, member):
    page = client.get(f"{link}mail/").content.decode()
    assert "Een wachttijd telt 30 dagen. Daarna staat hij grijs op de kaart" in page
    assert member.memberships.get().mail_every == MailEvery.MONTH
    answer = client.post(f"{link}mail/", {"mail_every": "3"}, follow=True)
    assert "Opgeslagen: elke drie maanden een mail." in answer.content.decode()
    assert member.memberships.get().mail_every == MailEvery.QUARTER
    assert AuditEvent.objects.filter(action="membership.mails", by=member).count() == 1


def test_the_way_back_from_the_choice_needs_no_log_in(client, link):
    page = client.get(f"{link}mail/").content.decode()
    assert f'href="{link}">Terug zonder opslaan</a>' in page


def test_who_wants_no_mail_hears_what_to_do_instead(client, link, member):
    answer = client.post(f"{link}mail/", {"mail_every": "0"}, follow=True)
    assert "Kijk zelf elke maand" in answer.content.decode()


@pytest.mark.parametrize("typed", [{}, {"mail_every": "12"}])
def test_a_choice_that_is_none_is_refused(client, link, member, typed):
    answer = client.post(f"{link}mail/", typed)
    assert "sk-error" in answer.content.decode()
    assert member.memberships.get().mail_every == MailEvery.MONTH


# --- closed for a while --------------------------------------------------------------------------


def closed(offer, days=20):
    first, last = days_ago(0).isoformat(), days_ago(-days).isoformat()
    return {"offers": [offer.pk], "first": first, "last": last}


def test_the_link_closes_offers_for_a_while_and_asks_no_more(client, link, offer):
    assert "Tijdelijk dicht" in client.get(f"{link}dicht/").content.decode()
    offer.refresh_from_db()
    assert offer.closed_until is None
    page = client.post(f"{link}dicht/", closed(offer), follow=True).content.decode()
    assert "Het gaat vanzelf weer open." in page
    assert "Nog door te geven" not in page
    offer.refresh_from_db()
    assert (offer.closed_from, offer.closed_until) == (days_ago(0), days_ago(-20))


def test_the_link_closes_no_offer_of_another(client, link, offer):
    other = OfferFactory()
    page = client.post(f"{link}dicht/", closed(other)).content.decode()
    assert "sk-error" in page
    other.refresh_from_db()
    assert other.closed_until is None


def test_a_day_that_is_over_stands_beside_its_field(client, link, offer):
    page = client.post(f"{link}dicht/", closed(offer, days=-3)).content.decode()
    assert "sk-field--error" in page


# --- a new link ----------------------------------------------------------------------------------


def later(days):
    return time_machine.travel(timezone.now() + timezone.timedelta(days=days), tick=False)


def test_a_link_that_is_too_old_sends_a_new_one_to_the_address_on_record(client, link, offer):
    with later(36):
        page = client.get(link).content.decode()
        assert f'action="{link}nieuw/"' in page
        assert not mail.outbox
        client.post(f"{link}nieuw/")
        (message,) = mail.outbox
        assert message.to == ["anna@debrug.example"]
        assert client.get(link_in(message)).status_code == 200


def test_a_new_link_comes_once_a_day(client, link, offer):
    for _ in range(3):
        client.post(f"{link}nieuw/")
    assert len(mail.outbox) == 1


def test_the_answer_is_the_same_for_who_left(client, link, member):
    there = client.post(f"{link}nieuw/").content
    mail.outbox.clear()
    member.memberships.all().delete()
    assert client.post(f"{link}nieuw/").content == there
    assert not mail.outbox


# With names of their own: a signature holds the second in which it was made, and two workers that
# collect in different seconds would not have the same tests.
@pytest.mark.parametrize(
    "token",
    ["onzin", signing.dumps([1], salt=SALT), signing.dumps([1, 1, 1])],
    ids=["no token", "too short", "of another purpose"],
)
def test_a_link_that_is_not_ours_sends_nothing(client, offer, token):
    assert client.post(f"/voor-aanbieders/klopt-nog/{token}/nieuw/").status_code == 200
    assert not mail.outbox
