"""Organisations come in by themselves; nothing is public before the desk."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.limits import limits
from providers.enums import DeskState, Role
from providers.models import Claim, Invitation, Membership, Provider
from providers.services.joining import claims
from tests.factories import (
    ClaimFactory,
    MembershipFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
    YouthRegionFactory,
)

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Fietsclub Zuid",
    "about": "Samen fietsen op zaterdag.",
    "municipality": "GM0546",
    "person": "Sam",
    "email": "sam@fietsclub.example",
}


@pytest.fixture
def boei(region):
    return OfferFactory(
        provider__name="De Boei",
        provider__website="https://www.deboei.example/jeugd",
        provider__email="info@boei-welzijn.example",
        municipalities=[region.leiden],
    ).provider


@pytest.fixture
def claim(client, boei, django_capture_on_commit_callbacks):
    def _claim(email, provider=boei):
        with django_capture_on_commit_callbacks(execute=True):
            data = {"person": "Sam", "email": email}
            return client.post(reverse("joining:claim", args=[provider.pk]), data, follow=True)

    return _claim


@pytest.fixture
def at_desk(log_in, region):
    return MembershipFactory(
        user=log_in(), provider=None, region=region.leiden.region, role=Role.EDITOR
    ).user


def decide(client, claim, decision, reason="", capture=None):
    address = reverse("desk:decide_claim", args=["JZ18", claim.pk])
    with capture(execute=True):
        return client.post(address, {"besluit": decision, "reden": reason}, follow=True)


# --- a mailbox at the domain on record passes at once ---


@pytest.mark.parametrize("email", ["sam@deboei.example", "SAM@Boei-Welzijn.example"])
def test_a_mailbox_of_the_organisation_gets_its_link_at_once(claim, boei, email):
    claim(email)
    assert [letter.to for letter in mail.outbox] == [[email.lower()]]
    assert (Invitation.objects.get().provider, Invitation.objects.get().role) == (boei, "beheerder")
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["sam@gmail.com", "sam@example", "sam@evil-deboei.example", "sam@deboei.example.evil.example"],
)
def test_any_other_mailbox_waits_for_the_desk(claim, email):
    claim(email)
    assert mail.outbox == []
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("domain", ["gmail.com", "facebook.com", "wordpress.com"])
def test_a_domain_of_everybody_is_no_proof(claim, region, domain):
    provider = OfferFactory(
        provider__email=f"club@{domain}",
        provider__website=f"https://{domain}/club",
        municipalities=[region.leiden],
    ).provider
    claim(f"sam@{domain}", provider)
    assert not Invitation.objects.exists()
    assert Claim.objects.get().provider == provider


def test_where_somebody_manages_already_the_desk_decides(claim, boei):
    MembershipFactory(provider=boei, role=Role.MANAGER)
    claim("sam@deboei.example")
    assert not Invitation.objects.exists()
    assert Claim.objects.exists()


def test_the_page_says_the_same_to_everybody(claim, boei):
    UserFactory(email="lid@elders.example")
    MembershipFactory(provider=boei, user__email="baas@deboei.example", role=Role.MANAGER)
    emails = ["lid@elders.example", "niet@elders.example", "baas@deboei.example"]
    pages = {claim(email).content for email in emails}
    assert len(pages) == 1


def test_nothing_changes_on_the_map(claim, boei, client):
    before = Provider.objects.values().get(pk=boei.pk)
    claim("sam@gmail.com")
    assert Provider.objects.values().get(pk=boei.pk) == before
    assert not Membership.objects.exists()


def test_the_page_of_a_provider_leads_there(client, boei):
    text = client.get(boei.get_absolute_url()).content.decode()
    assert reverse("joining:claim", args=[boei.pk]) in text


def test_what_nobody_sees_cannot_be_claimed(client):
    hidden = ProviderFactory()
    assert client.get(reverse("joining:claim", args=[hidden.pk])).status_code == 404


# --- floods ---


def test_the_same_claim_waits_once(claim):
    for _time in range(2):
        claim("sam@gmail.com")
    assert Claim.objects.count() == 1


def test_one_organisation_has_no_queue_of_its_own(claim):
    for number in range(claims.MOST_WAITING + 2):
        claim(f"sam{number}@gmail.com")
    assert Claim.objects.count() == claims.MOST_WAITING


def test_one_network_asks_ten_times_an_hour(client, claim):
    limits.clear()
    statuses = [claim(f"sam{number}@gmail.com").status_code for number in range(11)]
    assert (statuses[:10], statuses[10]) == ([200] * 10, 429)


# --- a new organisation ---


def test_a_new_organisation_waits_for_the_desk_of_its_municipality(client, region):
    client.post("/meedoen/nieuw/", NEW)
    row = Claim.objects.get()
    assert (row.name, row.region_id, row.state) == ("Fietsclub Zuid", "JZ18", DeskState.OPEN)
    assert not Provider.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Vul de naam van de organisatie in."),
        ("municipality", "GM9999", "Kies uit de lijst."),
        ("kvk_number", "12", "Een KvK-nummer heeft acht cijfers."),
        ("email", "sam", "Vul een e-mailadres in"),
        ("website", "geen adres", "Vul een adres in"),
    ],
)
def test_a_mistake_stands_beside_its_field(client, region, field, value, words):
    answer = client.post("/meedoen/nieuw/", {**NEW, field: value})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Claim.objects.exists()


# --- the desk ---


def test_approving_a_new_organisation_makes_it_and_mails_who_asked(
    client, at_desk, region, django_capture_on_commit_callbacks
):
    client.post("/meedoen/nieuw/", NEW)
    decide(client, Claim.objects.get(), "goed", capture=django_capture_on_commit_callbacks)
    provider = Provider.objects.get()
    assert (provider.name, provider.desk_id) == ("Fietsclub Zuid", "JZ18")
    assert mail.outbox[0].to == ["sam@fietsclub.example"]
    assert client.get(provider.get_absolute_url()).status_code == 404


def test_approving_a_claim_lets_who_asked_manage(
    client, at_desk, boei, region, django_capture_on_commit_callbacks
):
    row = ClaimFactory(provider=boei, region=region.leiden.region)
    decide(client, row, "goed", capture=django_capture_on_commit_callbacks)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.provider, invitation.role) == (
        row.email,
        boei,
        "beheerder",
    )


@pytest.mark.parametrize(
    ("decision", "state"), [("vraag", DeskState.ASKED), ("nee", DeskState.REFUSED)]
)
def test_a_question_and_a_refusal_arrive_with_their_words(
    client, at_desk, boei, region, django_capture_on_commit_callbacks, decision, state
):
    row = ClaimFactory(provider=boei, region=region.leiden.region)
    words = "Wat doet u bij De Boei?"
    decide(client, row, decision, words, capture=django_capture_on_commit_callbacks)
    row.refresh_from_db()
    (letter,) = mail.outbox
    assert (letter.to, words in letter.body, row.state) == ([row.email], True, state)
    assert not Invitation.objects.exists()


def test_a_refusal_without_a_reason_is_none(
    client, at_desk, boei, region, django_capture_on_commit_callbacks
):
    row = ClaimFactory(provider=boei, region=region.leiden.region)
    answer = decide(client, row, "nee", capture=django_capture_on_commit_callbacks)
    assert "Schrijf erbij waarom" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == DeskState.OPEN


def test_who_was_asked_can_still_be_approved(
    client, at_desk, boei, region, django_capture_on_commit_callbacks
):
    row = ClaimFactory(provider=boei, region=region.leiden.region, state=DeskState.ASKED)
    decide(client, row, "goed", capture=django_capture_on_commit_callbacks)
    assert Invitation.objects.exists()


def test_where_the_invitation_cannot_go_now_nothing_is_decided(
    client, at_desk, boei, region, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("providers.services.joining.invitations.MOST_A_DAY", 0)
    row = ClaimFactory(provider=boei, region=region.leiden.region)
    answer = decide(client, row, "goed", capture=django_capture_on_commit_callbacks)
    row.refresh_from_db()
    assert (row.state, mail.outbox) == (DeskState.OPEN, [])
    assert "Morgen kunt u verder" in answer.content.decode()


def test_the_second_of_two_who_decide_hears_it(
    client, at_desk, boei, region, django_capture_on_commit_callbacks
):
    row = ClaimFactory(provider=boei, region=region.leiden.region)
    decide(client, row, "goed", capture=django_capture_on_commit_callbacks)
    again = decide(client, row, "nee", "Toch niet", capture=django_capture_on_commit_callbacks)
    assert "Een collega was u voor" in again.content.decode()


def test_a_claim_of_another_desk_does_not_exist(
    client, at_desk, boei, django_capture_on_commit_callbacks
):
    row = ClaimFactory(provider=boei, region=YouthRegionFactory(code="JZ99"))
    answer = decide(client, row, "goed", capture=django_capture_on_commit_callbacks)
    assert answer.status_code == 404
    assert row.email not in client.get("/regio/JZ18/aanvragen/").content.decode()


def test_names_of_who_asked_do_not_stay(region):
    waiting = ClaimFactory(decided_at="2020-01-01T00:00Z", state=DeskState.ASKED)
    ClaimFactory(decided_at="2020-01-01T00:00Z", state=DeskState.REFUSED)
    assert claims.remove_old_claims(on=timezone.now()) == 1
    assert Claim.objects.get() == waiting
