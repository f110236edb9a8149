"""A referrer names help that is not on the map; the desk asks the project to come."""

import pytest
from django.core import mail

from providers.enums import DeskState, Role
from providers.models import Invitation, Provider, Tip
from tests.factories import HelpQuestionFactory, MembershipFactory, ProviderFactory, TipFactory

pytestmark = pytest.mark.django_db
TIP = {"name": "Fietsclub Zuid", "municipality": "GM0546"}


@pytest.fixture
def at_desk(log_in, region):
    return MembershipFactory(
        user=log_in(), provider=None, region=region.leiden.region, role=Role.EDITOR
    ).user


def test_a_tip_needs_no_log_in_and_waits_at_the_desk(client, region):
    question = HelpQuestionFactory(code="somberheid")
    answer = client.post("/tip/", {**TIP, "help_question": "somberheid"}, follow=True)
    assert "Dank voor uw tip" in answer.content.decode()
    tip = Tip.objects.get()
    assert (tip.region_id, tip.help_question, tip.state) == ("JZ18", question, DeskState.OPEN)
    assert not Provider.objects.exists()


@pytest.mark.parametrize(
    "name", ["Bel 06 12345678", "mail jan@voorbeeld.example", "voor Noor, geboren 03-03-2012"]
)
def test_what_points_at_one_person_is_refused_and_not_kept(client, region, name):
    answer = client.post("/tip/", {**TIP, "name": name})
    assert answer.status_code == 422
    assert not Tip.objects.exists()


def test_the_same_tip_waits_once(client, region):
    for name in ("Fietsclub Zuid", "fietsclub  zuid"):
        client.post("/tip/", {**TIP, "name": name})
    assert Tip.objects.count() == 1


def decide(client, tip, capture, **data):
    with capture(execute=True):
        return client.post(f"/regio/JZ18/tips/{tip.pk}/", data, follow=True)


def test_the_desk_mails_the_project_which_completes_it_itself(
    client, at_desk, region, django_capture_on_commit_callbacks
):
    tip = TipFactory(municipality=region.leiden, region=region.leiden.region)
    email = "info@fietsclub.example"
    decide(client, tip, django_capture_on_commit_callbacks, besluit="mail", email=email)
    provider = Provider.objects.get()
    assert (provider.name, Invitation.objects.get().provider) == ("Fietsclub Zuid", provider)
    assert mail.outbox[0].to == [email]
    assert client.get(provider.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("email", ["geen adres", "   "])
def test_without_an_address_the_tip_waits(
    client, at_desk, region, django_capture_on_commit_callbacks, email
):
    tip = TipFactory(municipality=region.leiden, region=region.leiden.region)
    decide(client, tip, django_capture_on_commit_callbacks, besluit="mail", email=email)
    tip.refresh_from_db()
    assert tip.state == DeskState.OPEN


def test_a_name_that_is_there_already_makes_no_second_one(
    client, at_desk, region, django_capture_on_commit_callbacks
):
    ProviderFactory(name="fietsclub zuid")
    tip = TipFactory(municipality=region.leiden, region=region.leiden.region)
    decide(client, tip, django_capture_on_commit_callbacks, besluit="mail", email="a@b.example")
    tip.refresh_from_db()
    assert (tip.state, Provider.objects.count()) == (DeskState.OPEN, 1)


def test_the_desk_leaves_a_tip_at_that(client, at_desk, region, django_capture_on_commit_callbacks):
    tip = TipFactory(municipality=region.leiden, region=region.leiden.region)
    decide(client, tip, django_capture_on_commit_callbacks, besluit="klaar")
    assert not Tip.objects.waiting().exists()
    assert mail.outbox == []


def test_where_little_is_found_the_page_asks_for_a_tip(client, region):
    HelpQuestionFactory(code="somberheid", label="Somber")
    text = client.get("/?hulpvraag=somberheid").content.decode()
    assert "Kent u iets dat hier niet staat?" in text
