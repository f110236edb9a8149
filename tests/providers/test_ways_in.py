"""Apps, passkeys and links with an organisation, in the admin: to take away, on record."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Permission
from django.urls import reverse

from providers.models import AuditEvent
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"
KINDS = ["mfa_authenticator", "socialaccount_socialaccount"]
EVENTS = {
    "mfa_authenticator": ("account.second_step_taken_away", {"type": "totp"}),
    "socialaccount_socialaccount": ("account.organisation_unlinked", {"provider": "organisatie"}),
}


@pytest.fixture
def member():
    return UserFactory()


@pytest.fixture
def rows(member):
    data = {"secret": SECRET}
    Authenticator.objects.create(user=member, type="recovery_codes", data={"seed": SECRET})
    return {
        "mfa_authenticator": Authenticator.objects.create(user=member, type="totp", data=data),
        "socialaccount_socialaccount": SocialAccount.objects.create(
            user=member, provider="organisatie", uid=SECRET
        ),
    }


def page(kind, name, row):
    return reverse(f"admin:{kind}_{name}", args=[row.pk])


@pytest.mark.parametrize("kind", KINDS)
def test_an_administrator_takes_one_away_on_record(client, log_in, member, rows, kind):
    by = log_in(UserFactory(is_staff=True, is_superuser=True))
    client.post(page(kind, "delete", rows[kind]), {"post": "yes"})
    assert not type(rows[kind]).objects.exists()
    action, changes = EVENTS[kind]
    event = AuditEvent.objects.get(action=action)
    assert (event.by, event.subject_id, event.changes) == (by, str(member.pk), changes)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_changes_one_or_reads_what_is_secret(client, log_in, rows, kind):
    log_in(UserFactory(is_staff=True, is_superuser=True))
    address = page(kind, "change", rows[kind])
    assert SECRET not in client.get(address).content.decode()
    assert client.post(address, {"user": 1}).status_code == 403
    assert client.get(reverse(f"admin:{kind}_add")).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_takes_none_away_of_who_may_do_more(client, log_in, member, rows, kind):
    editor = UserFactory(is_staff=True)
    app, model = kind.split("_")
    names = [f"{do}_{model}" for do in ("view", "delete")]
    about = Permission.objects.filter(content_type__app_label=app, codename__in=names)
    editor.user_permissions.set(about)
    member.is_superuser = True
    member.save()
    log_in(editor)
    answer = client.post(page(kind, "delete", rows[kind]), {"post": "yes"})
    assert answer.status_code == 403
    assert type(rows[kind]).objects.filter(pk=rows[kind].pk).exists()
