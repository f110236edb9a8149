"""A passkey opens the account it was made for, on this site, and nothing else."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from accounts.log_ins.models import LogIn, Way
from providers.enums import Role
from providers.models import AuditEvent
from tests.accounts.passkeys.soft_key import SoftKey, question_of
from tests.factories import PASSWORD, MembershipFactory, MunicipalityFactory, UserFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db

ADD = "mfa_add_webauthn"


@pytest.fixture
def member():
    return UserFactory(password=PASSWORD)


def logged_in(user):
    """Return a browser in which this person logged in and gave their password once more."""
    client = StrictClient()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def add(client, key, *, passwordless=True, name="laptop"):
    question = question_of(client.get(reverse(ADD)), "creation_options")
    data = {"name": name, "credential": json.dumps(key.made(question))}
    return client.post(reverse(ADD), data | ({"passwordless": "on"} if passwordless else {}))


def with_password(user):
    client = StrictClient()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client, answer


def asked_for(client):
    """Return what the site asks a browser in which nobody is known."""
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    return answer.json()["request_options"]


def by_passkey(key, client=None, **sent):
    client = client or StrictClient()
    credential = json.dumps(key.signed(asked_for(client)))
    return client, client.post(reverse("mfa_login_webauthn"), {"credential": credential} | sent)


def who(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def key(member):
    """Return a passkey of the member, also for use without a password."""
    key = SoftKey()
    add(logged_in(member), key)
    return key


# --- adding --------------------------------------------------------------------------------------


def test_the_first_one_comes_with_recovery_codes_a_mail_and_an_audit_row(member, mailoutbox):
    answer = add(logged_in(member), SoftKey())
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert {row.type for row in Authenticator.objects.all()} == {"webauthn", "recovery_codes"}
    assert "toegangssleutel toegevoegd" in mailoutbox[0].subject
    assert mailoutbox[0].to == [member.email]
    found = AuditEvent.objects.filter(action="account.second_step_on", by=member)
    assert {"type": "webauthn"} in found.values_list("changes", flat=True)


def test_nobody_adds_one_without_giving_their_password_once_more(client, member):
    client.force_login(member)
    assert client.get(reverse(ADD)).url.startswith(reverse("account_reauthenticate"))


def test_one_that_knows_no_finger_cannot_take_the_place_of_a_password(member):
    answer = add(logged_in(member), SoftKey(verifies=False))
    assert "Dit lukte niet met deze toegangssleutel" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_it_is_listed_renamed_and_taken_away(key, member):
    client = logged_in(member)
    number = Authenticator.objects.get(type="webauthn").pk
    client.post(reverse("mfa_edit_webauthn", args=[number]), {"name": "telefoon"})
    assert "telefoon" in client.get(reverse("mfa_list_webauthn")).content.decode()
    client.post(reverse("mfa_remove_webauthn", args=[number]))
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_the_one_of_somebody_else_does_not_exist(key, name):
    stranger = UserFactory(password=PASSWORD)
    number = Authenticator.objects.get(type="webauthn").pk
    answer = logged_in(stranger).post(reverse(name, args=[number]), {"name": "van mij"})
    assert answer.status_code == 404
    assert str(Authenticator.objects.get(pk=number)) == "laptop"


# --- as a second step ----------------------------------------------------------------------------


def test_after_the_password_it_is_asked_for(member):
    key = SoftKey(verifies=False)
    add(logged_in(member), key, passwordless=False)
    client, answer = with_password(member)
    assert (answer.url, who(client)) == (reverse("mfa_authenticate"), None)
    question = question_of(client.get(answer.url), "request_options")
    client.post(answer.url, {"credential": json.dumps(key.signed(question))})
    assert who(client) == str(member.pk)
    seen = LogIn.objects.latest("pk")
    assert (seen.way, seen.in_two_steps) == (Way.PASSWORD, True)


def test_beside_an_app_either_will_do(member, key):
    TOTP.activate(member, generate_totp_secret())
    client, _answer = with_password(member)
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert "Gebruik uw toegangssleutel" in page
    assert "Open de app op uw telefoon" in page


def test_who_has_only_an_app_is_not_asked_for_a_passkey(member):
    TOTP.activate(member, generate_totp_secret())
    client, _answer = with_password(member)
    assert "toegangssleutel" not in client.get(reverse("mfa_authenticate")).content.decode()


def test_a_recovery_code_lets_in_who_lost_it(member, key):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client, _answer = with_password(member)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert who(client) == str(member.pk)


def test_the_one_of_a_colleague_is_refused(member, key):
    other = SoftKey.of(UserFactory())
    client, answer = with_password(member)
    question = question_of(client.get(answer.url), "request_options")
    refused = client.post(answer.url, {"credential": json.dumps(other.signed(question))})
    assert "Dit lukte niet met deze toegangssleutel" in refused.content.decode()
    assert who(client) is None


def test_who_must_have_a_second_step_has_one_in_a_passkey(member, settings):
    settings.MFA_REQUIRED = True
    leiden = MunicipalityFactory(name="Leiden", slug="leiden")
    MembershipFactory(user=member, provider=None, municipality=leiden, role=Role.EDITOR)
    client = logged_in(member)
    assert client.get("/voor-gemeenten/leiden/").url == reverse("mfa_index")
    add(client, SoftKey())
    assert client.get("/voor-gemeenten/leiden/").status_code == 200


# --- in place of a password ----------------------------------------------------------------------


def test_it_lets_in_without_a_password_and_is_on_the_list_of_log_ins(member, key):
    client, answer = by_passkey(key)
    assert (answer.status_code, who(client)) == (302, str(member.pk))
    seen = LogIn.objects.latest("pk")
    assert (seen.way, seen.in_two_steps) == (Way.PASSKEY, False)
    page = client.get(reverse("account_log_ins")).content.decode()
    assert "met een toegangssleutel" in page


def test_it_leads_to_the_page_that_was_asked_for(key):
    _client, answer = by_passkey(key, next="/account/ingelogd/")
    assert answer.url == "/account/ingelogd/"


def test_a_closed_account_stays_closed(member, key):
    member.is_active = False
    member.save()
    client, answer = by_passkey(key)
    assert (answer.url, who(client)) == (reverse("account_inactive"), None)


def refused(client, answer):
    return answer.url == reverse("account_login") and who(client) is None


@pytest.mark.parametrize(
    "about",
    [
        {"origin": "https://socialekaart.evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
        {"number": b"another"},
        {"holder": b"zzz"},
        {"holder": b"\xff"},
    ],
    ids=["of another site", "for another site", "no finger", "unknown", "nobody", "no number"],
)
def test_what_is_not_right_lets_nobody_in(key, about):
    for name, value in about.items():
        setattr(key, name, value)
    assert refused(*by_passkey(key))


def test_without_finger_the_question_of_a_second_step_lets_nobody_in(member, key):
    colleague = UserFactory()
    stolen = SoftKey.of(colleague)
    stolen.verifies = False
    client, answer = with_password(member)
    question = question_of(client.get(answer.url), "request_options")
    client.post(reverse("account_logout"))
    credential = json.dumps(stolen.signed(question))
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert refused(client, answer)


def test_another_key_with_its_number_lets_nobody_in(key):
    thief = SoftKey()
    thief.number, thief.holder = key.number, key.holder
    assert refused(*by_passkey(thief))


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(key):
    client = StrictClient()
    credential = json.dumps(key.signed(asked_for(client)))
    other = StrictClient()
    asked_for(other)
    for browser in (other, StrictClient()):
        answer = browser.post(reverse("mfa_login_webauthn"), {"credential": credential})
        assert refused(browser, answer)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    client.post(reverse("account_logout"))
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert refused(client, answer)


MALFORMED = [
    "",
    "x",
    "[]",
    "{}",
    '"x"',
    "1",
    "null",
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "MQ"}}',
    '{"id": 1, "rawId": [], "type": "x", "response": "x"}',
    json.dumps(
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "eA",
                "signature": "eA",
                "userHandle": "eA",
                "attestationObject": "oA",
            },
        }
    ),
]


@pytest.mark.parametrize("credential", MALFORMED)
def test_an_answer_that_no_browser_makes_is_refused_in_words(member, credential):
    client = StrictClient()
    asked_for(client)
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert "Dit lukte niet met deze toegangssleutel" in answer.content.decode()
    client = logged_in(member)
    client.get(reverse(ADD))
    answer = client.post(reverse(ADD), {"credential": credential})
    assert "Dit lukte niet met deze toegangssleutel" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_log_in_page_offers_it_by_scripts_that_are_files(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "Inloggen met een toegangssleutel" in page
    assert 'src="/static/mfa/js/webauthn.js"' in page
