"""Logging in by an organisation, against a real provider on this machine."""

import datetime as dt
import re
from dataclasses import replace

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.oidc.link import VALID_FOR, asked_link
from providers.models import AuditEvent
from socialekaart.running.log_in import RATE_LIMITS
from socialekaart.running.organisation import PROVIDER_ID, Organisation
from tests.accounts.oidc.provider import Provider, new_key
from tests.factories import MembershipFactory, UserFactory
from tests.strict_client import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    found = Provider()
    yield found
    found.close()


@pytest.fixture
def provider(server, settings):
    """Return the provider, as the only one that this site takes log-ins of."""
    server.person = {"sub": "123", "email": "fatima@leiden.example", "email_verified": True}
    server.signing, server.audience, server.lifetime = server.published, "socialekaart", 300
    settings.ORGANISATION = server.organisation
    settings.SOCIALACCOUNT_PROVIDERS = server.organisation.providers()
    return server


@pytest.fixture
def member():
    """Return a member of a provider with a confirmed address."""
    user = UserFactory(email="fatima@leiden.example", last_login=timezone.now())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    MembershipFactory(user=user)
    return user


def go(client, provider, **sent):
    """Go all the way: to the provider, agree there, and back."""
    away = client.post(reverse("openid_connect_login"), sent)
    assert away.status_code == 302
    return client.get(provider.agree(away.url))


def who(client):
    return client.session.get("_auth_user_id")


def test_the_log_in_page_offers_it(client, provider):
    page = client.get(reverse("account_login")).content.decode()
    assert "Inloggen via Gemeente Leiden" in page


def test_a_member_comes_in_and_nothing_of_the_token_is_stored(client, provider, member):
    provider.person |= {"name": "Fatima", "roles": ["admin"], "groups": ["beheer"]}
    answer = go(client, provider)
    assert (answer.status_code, answer.url) == (302, reverse("selfservice:portal"))
    assert who(client) == str(member.pk)
    number = provider.organisation.number_of("123")
    (linked,) = SocialAccount.objects.all()
    assert (linked.user, linked.uid, linked.extra_data) == (member, number, {})
    assert not SocialToken.objects.exists()
    member.refresh_from_db()
    assert (member.is_staff, member.groups.count()) == (False, 0)


def test_from_then_on_the_number_counts_and_not_the_address(client, provider, member):
    go(client, provider)
    provider.person["email"] = "fatima.jansen@leiden.example"
    other = StrictClient()
    go(other, provider)
    assert who(other) == str(member.pk)


def test_whom_an_editor_made_an_account_for_comes_in_and_is_confirmed(client, provider):
    user = UserFactory(email="fatima@leiden.example", last_login=None)
    go(client, provider)
    assert who(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


class TestNobodyElse:
    def refused(self, client, provider, words="is hier geen account"):
        answer = go(client, provider)
        assert answer.status_code == 403
        assert words in answer.content.decode()
        assert who(client) is None
        assert not SocialAccount.objects.exists()

    def test_a_stranger(self, client, provider):
        self.refused(client, provider)
        assert not User.objects.exists()

    def test_an_address_that_was_never_confirmed_here(self, client, provider):
        UserFactory(email="fatima@leiden.example", last_login=timezone.now())
        self.refused(client, provider)

    def test_an_account_that_was_closed(self, client, provider, member):
        User.objects.update(is_active=False)
        self.refused(client, provider)

    @pytest.mark.parametrize("verified", [False, "true", 1])
    def test_an_address_the_provider_does_not_vouch_for(self, client, provider, member, verified):
        provider.person["email_verified"] = verified
        self.refused(client, provider)

    @pytest.mark.parametrize("verified", [True, None])
    def test_an_address_of_a_domain_that_is_not_the_organisations(
        self, client, provider, member, settings, verified
    ):
        provider.person["email_verified"] = verified
        settings.ORGANISATION = replace(provider.organisation, domains=("katwijk.example",))
        self.refused(client, provider)

    @pytest.mark.parametrize(
        ("about", "value"),
        [
            ("audience", lambda: "another"),
            ("lifetime", lambda: -60),
            # Made here and not while tests are collected: it takes time, in each process.
            ("signing", new_key),
        ],
        ids=["for another", "too old", "not signed"],
    )
    def test_a_token_for_another_too_old_or_not_signed(
        self, client, provider, member, about, value
    ):
        setattr(provider, about, value())
        self.refused(client, provider, "heeft u niet doorgelaten")

    def test_another_issuer(self, client, provider, member):
        provider.person["iss"] = "https://evil.example"
        self.refused(client, provider, "heeft u niet doorgelaten")

    def test_a_way_back_that_was_not_begun_here(self, client, provider, member):
        provider.agree(StrictClient().post(reverse("openid_connect_login")).url)
        answer = client.get(reverse("openid_connect_callback"), {"code": "the-code", "state": "x"})
        assert (answer.status_code, who(client)) == (403, None)


def test_where_the_provider_is_silent_the_domain_decides(client, provider, member):
    del provider.person["email_verified"]
    go(client, provider)
    assert who(client) == str(member.pk)


def test_the_first_time_is_mailed_and_on_record(client, provider, member, mailoutbox):
    go(client, provider)
    (mail,) = mailoutbox
    assert "gekoppeld aan Gemeente Leiden" in mail.subject
    assert mail.to == [member.email]
    assert AuditEvent.objects.filter(action="account.organisation_linked", by=member).exists()
    go(StrictClient(), provider)
    assert len(mailoutbox) == 1


def link_another(user):
    SocialAccount.objects.create(user=user, provider=PROVIDER_ID, uid="another")


def looks_before(happens):
    """Return `asked_link` after which something happens before the link is made."""

    def asked(request, token):
        found = asked_link(request, token)
        happens(found[0])
        return found

    return asked


class TestWithoutDomainsTheAccountIsAsked:
    """A provider that may call any address verified links nothing by itself."""

    @pytest.fixture(autouse=True)
    def no_domains(self, provider, settings):
        settings.ORGANISATION = replace(provider.organisation, domains=())

    def address_in(self, mailoutbox):
        return re.search(r"http://localhost:8000(\S+koppelen\S+)", mailoutbox[-1].body)[1]

    def test_the_mailed_link_links_and_then_they_come_in(
        self, client, provider, member, mailoutbox
    ):
        assert "Kijk in uw e-mail" in go(client, provider).content.decode()
        assert (who(client), mailoutbox[0].to) == (None, [member.email])
        address = self.address_in(mailoutbox)
        assert member.email in client.get(address).content.decode()
        assert not SocialAccount.objects.exists()
        client.post(address)
        assert "is gekoppeld aan" in mailoutbox[-1].subject
        go(client, provider)
        assert who(client) == str(member.pk)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_in_another_browser_it_links_nothing(
        self, client, provider, member, mailoutbox, method
    ):
        go(client, provider)
        answer = getattr(StrictClient(), method)(self.address_in(mailoutbox))
        assert answer.status_code == 403
        assert not SocialAccount.objects.exists()

    def test_it_works_once_and_for_half_an_hour(self, client, provider, member, mailoutbox):
        go(client, provider)
        address = self.address_in(mailoutbox)
        with time_machine.travel(timezone.now() + VALID_FOR + dt.timedelta(seconds=1)):
            assert client.post(address).status_code == 403
        assert client.post(address).status_code == 302
        assert client.post(address).status_code == 403

    def test_of_two_at_once_the_second_links_nothing(
        self, client, provider, member, mailoutbox, monkeypatch
    ):
        go(client, provider)
        monkeypatch.setattr("accounts.oidc.views.asked_link", looks_before(link_another))
        assert client.post(self.address_in(mailoutbox)).status_code == 403
        assert SocialAccount.objects.get().uid == "another"

    def test_another_token_opens_nothing(self, client, provider, member):
        go(client, provider)
        address = reverse("account_link_organisation", args=["een-ander"])
        assert client.post(address).status_code == 403

    def test_who_has_no_account_reads_the_same_and_gets_no_mail(self, client, provider, mailoutbox):
        assert "Kijk in uw e-mail" in go(client, provider).content.decode()
        assert mailoutbox == []

    @pytest.mark.parametrize("verified", [False, None])
    def test_an_address_nobody_vouches_for_is_promised_no_mail(
        self, client, provider, member, mailoutbox, verified
    ):
        provider.person["email_verified"] = verified
        answer = go(client, provider)
        assert answer.status_code == 403
        assert "zegt niet of uw e-mailadres klopt" in answer.content.decode()
        assert mailoutbox == []

    def test_nobody_is_flooded_with_mail(self, provider, member, mailoutbox, settings):
        action = "link_organisation"
        settings.ACCOUNT_RATE_LIMITS = {action: RATE_LIMITS[action]}
        with time_machine.travel(timezone.now()) as clock:
            for _time in range(4):
                go(StrictClient(), provider)
            assert len(mailoutbox) == 3
            for _time in range(10):
                clock.shift(dt.timedelta(minutes=11))
                go(StrictClient(), provider)
        assert len(mailoutbox) == 10


def test_nor_is_one_who_comes_at_the_same_moment(client, provider, member, monkeypatch):
    monkeypatch.setattr("accounts.oidc.adapter.is_linked", lambda user, _p: link_another(user))
    answer = go(client, provider)
    assert (answer.status_code, who(client)) == (403, None)
    assert SocialAccount.objects.get().uid == "another"


def test_a_second_person_with_the_same_address_is_no_second_owner(client, provider, member):
    go(client, provider)
    provider.person["sub"] = "456"
    other = StrictClient()
    assert go(other, provider).status_code == 403
    assert who(other) is None


def test_an_account_whose_address_was_put_right_is_for_who_has_the_new_one(client, provider):
    user = UserFactory(email="fatima@leiden.example", last_login=None)
    go(client, provider)
    user.refresh_from_db()
    user.email = "fatima.jansen@leiden.example"
    user.save()
    other = StrictClient()
    assert (go(other, provider).status_code, who(other)) == (403, None)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    provider.person |= {"sub": "456", "email": user.email}
    go(other, provider)
    assert who(other) == str(user.pk)


def test_nobody_links_another_person_from_within_a_log_in(client, provider, member):
    client.force_login(UserFactory())
    assert go(client, provider, process="connect").status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_has_closed_their_account_since_stays_out(client, provider, member):
    go(client, provider)
    User.objects.update(is_active=False)
    other = StrictClient()
    assert go(other, provider).url == reverse("account_inactive")
    assert who(other) is None


def test_who_has_a_second_step_is_asked_for_it(client, provider, member):
    TOTP.activate(member, generate_totp_secret())
    assert Authenticator.objects.count() == 1
    answer = go(client, provider)
    assert answer.url == reverse("mfa_authenticate")
    assert who(client) is None


def test_who_must_have_a_second_step_gets_nowhere_without(client, provider, member, settings):
    settings.MFA_REQUIRED = True
    User.objects.update(is_staff=True)
    go(client, provider)
    assert client.get(reverse("selfservice:portal")).url == reverse("mfa_index")


@pytest.mark.parametrize("name", ["openid_connect_login", "openid_connect_callback"])
def test_without_a_provider_there_is_no_such_page(client, name):
    assert client.post(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "method", "status"),
    [("openid_connect_login", "get", 405), ("openid_connect_callback", "post", 405)],
)
def test_a_link_elsewhere_begins_no_log_in(client, provider, name, method, status):
    assert getattr(client, method)(reverse(name)).status_code == status


def test_one_network_cannot_flood_the_provider(client, provider, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    answers = [client.post(reverse("openid_connect_login")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]


def test_a_provider_that_is_down_is_said_so(client, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.post(reverse("openid_connect_login"))
    assert answer.status_code == 503
    assert "even niet te bereiken" in answer.content.decode()


class TestSettings:
    def read(self, monkeypatch, **given):
        for name in ("URL", "NAME", "CLIENT_ID", "CLIENT_SECRET", "DOMAINS"):
            monkeypatch.setenv(f"OIDC_{name}", given.get(name, ""))
        return Organisation.from_environment()

    def test_without_an_address_there_is_no_provider(self, monkeypatch):
        assert self.read(monkeypatch).providers() == {}

    def test_all_of_it_is_one_provider_and_one_more_place_for_forms(self, monkeypatch):
        found = self.read(
            monkeypatch,
            URL="https://login.example/tenant/v2.0/",
            CLIENT_ID="a",
            CLIENT_SECRET="b",
            DOMAINS="Leiden.example",
        )
        (app,) = found.providers()["openid_connect"]["APPS"]
        assert app["settings"]["server_url"] == "https://login.example/tenant/v2.0"
        assert (found.origins, found.domains) == (["https://login.example"], ("leiden.example",))

    @pytest.mark.parametrize(
        "given",
        [
            {"URL": "https://login.example", "CLIENT_ID": "a"},
            {"URL": "http://login.example", "CLIENT_ID": "a", "CLIENT_SECRET": "b"},
        ],
    )
    def test_what_lacks_or_could_be_overheard_starts_no_site(self, monkeypatch, given):
        with pytest.raises(ImproperlyConfigured, match="OIDC_URL"):
            self.read(monkeypatch, **given)
