"""Whoever finds an open session cannot take the account that goes with it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from providers.models import AuditEvent
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW = "nieuw@voorbeeld.example"
NEW_PASSWORD = "fietspomp regenjas koekje dak"


@pytest.fixture
def owner(log_in):
    return log_in(UserFactory(email="eigenaar@voorbeeld.example", password=PASSWORD))


@pytest.fixture
def give_password(client):
    """Return a function that gives the password again, as the site asks for it."""

    def _give(password=PASSWORD):
        return client.post(reverse("account_reauthenticate"), {"password": password})

    return _give


def ask(client, email=NEW, action="action_add"):
    return client.post(reverse("account_email"), {"email": email, action: ""})


def links_to(address):
    """The paths of the links in mails to this address."""
    bodies = [message.body for message in mail.outbox if message.to == [address]]
    return re.findall(r"https?://[^/\s]+(/account/confirm-email/\S+)", "\n".join(bodies))


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
def test_nothing_changes_without_the_password(client, owner, action):
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    EmailAddress.objects.create(user=owner, email="wens@voorbeeld.example")
    ask(client, "wens@voorbeeld.example" if action != "action_add" else NEW, action)
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"
    assert not EmailAddress.objects.filter(email=NEW).exists()
    assert mail.outbox == []


def test_the_password_is_asked_first(client, owner):
    answer = ask(client)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_wrong_password_changes_nothing(client, owner, give_password):
    ask(client)
    give_password("dit is het niet")
    assert not EmailAddress.objects.filter(email=NEW).exists()


@pytest.fixture
def asked(client, owner, give_password):
    give_password()
    ask(client)


def test_the_new_address_counts_only_after_its_link(client, owner, asked):
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"
    (link,) = links_to(NEW)
    assert client.get(link).status_code == 200
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example", "following a link changes nothing"
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == NEW


@pytest.mark.parametrize("action", ["action_primary", "action_send"])
def test_no_other_way_makes_it_count(client, owner, asked, action):
    ask(client, NEW, action)
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"


def test_the_present_address_cannot_be_taken_away(client, owner, asked):
    ask(client, owner.email, "action_remove")
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"


def test_a_wish_can_be_taken_back(client, owner, asked):
    (link,) = links_to(NEW)
    ask(client, NEW, "action_remove")
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"


def test_a_new_wish_ends_the_one_before(client, owner, asked):
    (first,) = links_to(NEW)
    ask(client, "derde@voorbeeld.example")
    client.post(first)
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"
    client.post(*links_to("derde@voorbeeld.example"))
    owner.refresh_from_db()
    assert owner.email == "derde@voorbeeld.example"


@pytest.mark.parametrize("path", ["account_login", "account_reset_password"])
def test_a_wished_address_opens_nothing(client, owner, asked, path):
    client.logout()
    mail.outbox.clear()
    client.post(reverse(path), {"login": NEW, "email": NEW, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert mail.outbox == []


def test_the_old_address_hears_of_it_twice(client, owner, asked):
    told = [message.subject for message in mail.outbox if message.to == [owner.email]]
    assert told == ["Er is een ander e-mailadres gevraagd voor uw account bij Socialekaart"]
    client.post(*links_to(NEW))
    told = [message.subject for message in mail.outbox if message.to == [owner.email]]
    assert told[1:] == ["Het e-mailadres van uw account bij Socialekaart is veranderd"]


def test_it_is_audited(client, owner, asked):
    client.post(*links_to(NEW))
    assert actions() == ["account.email_asked", "account.email_changed"]
    event = AuditEvent.objects.latest("id")
    assert (event.by, event.changes) == (owner, {"email": ["eigenaar@voorbeeld.example", NEW]})


def test_a_new_password_ends_a_wish(client, owner, asked):
    (link,) = links_to(NEW)
    new = NEW_PASSWORD
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), typed)
    client.post(link)
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"


# --- an address that somebody else has -----------------------------------------------------------


def page_after(client, email):
    """What the page says after asking for an address, without that address and the tokens."""
    answer = client.post(reverse("account_email"), {"email": email, "action_add": ""}, follow=True)
    text = answer.content.decode().replace(email, "ADRES")
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_page_does_not_tell_who_has_an_account(client, owner, give_password):
    UserFactory(email="bekend@voorbeeld.example")
    give_password()
    page_after(client, "eerst@voorbeeld.example")
    assert page_after(client, "bekend@voorbeeld.example") == page_after(client, NEW)


def test_who_has_it_hears_of_it_and_gets_no_link(client, owner, give_password):
    UserFactory(email="bekend@voorbeeld.example")
    give_password()
    ask(client, "bekend@voorbeeld.example")
    assert links_to("bekend@voorbeeld.example") == []
    (message,) = [m for m in mail.outbox if m.to == ["bekend@voorbeeld.example"]]
    assert message.subject == "Dit e-mailadres heeft al een account bij Socialekaart"


def test_an_address_that_was_given_out_in_the_meantime_stays_with_its_account(client, owner, asked):
    UserFactory(email=NEW)
    answer = client.post(*links_to(NEW), follow=True)
    assert answer.status_code == 200
    owner.refresh_from_db()
    assert owner.email == "eigenaar@voorbeeld.example"


# --- addresses of accounts that an editor made ---------------------------------------------------


def reset_by_mail(client, email, password=NEW_PASSWORD):
    client.post(reverse("account_reset_password"), {"email": email})
    (path,) = re.findall(r"https?://[^/\s]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    form = client.get(path, follow=True)
    typed = {"password1": password, "password2": password}
    return client.post(form.redirect_chain[-1][0], typed)


def test_the_first_link_confirms_the_address(client, db):
    user = User.objects.create_user("nieuw@debrug.example")
    reset_by_mail(client, user.email)
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (user.email, True, True)
    assert actions() == ["account.password_reset"]


def test_a_second_step_can_be_switched_on_then(client, give_password):
    user = User.objects.create_user("nieuw@debrug.example")
    reset_by_mail(client, user.email)
    password = NEW_PASSWORD
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    give_password(password)
    assert "Scan deze code" in client.get(reverse("mfa_activate_totp")).content.decode()


def test_an_address_that_an_editor_changes_is_not_confirmed(client, db):
    user = User.objects.create_user("nieuw@debrug.example")
    reset_by_mail(client, user.email)
    user.refresh_from_db()
    user.email = "anders@debrug.example"
    user.save()
    assert not EmailAddress.objects.filter(user=user).exists()
    client.post(reverse("account_login"), {"login": "nieuw@debrug.example", "password": "x"})
    assert "_auth_user_id" not in client.session


# --- mails ---------------------------------------------------------------------------------------


@pytest.fixture
def on_the_internet(settings):
    settings.SITE_URL = "https://kaart.example/"
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.parametrize(
    "wrong", [r"localhost|testserver|example\.com", r"(?i)\b(je|jij|jouw)\b"], ids=["host", "je"]
)
def test_a_mail_about_a_password_greets_from_the_site_and_politely(client, owner, wrong):
    client.logout()
    client.post(reverse("account_reset_password"), {"email": owner.email})
    (message,) = mail.outbox
    assert not re.search(wrong, message.subject + re.sub(r"http\S+", "", message.body))


def test_mails_name_the_site_and_its_own_address(on_the_internet, client, owner, give_password):
    give_password()
    client.post(
        reverse("account_email"),
        {"email": NEW, "action_add": ""},
        headers={"host": "kwaad.example:8123"},
    )
    client.logout()
    client.post(
        reverse("account_reset_password"),
        {"email": owner.email},
        headers={"host": "kwaad.example:8123"},
    )
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        whole = message.subject + message.body
        assert "Socialekaart" in whole
        assert "https://kaart.example/" in whole
        assert not re.search(
            r"kwaad|8123|localhost|testserver|example\.com|\b(je|jij|jouw)\b", whole
        )
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
