"""People log in by their address, whatever capitals anybody types."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-wachtwoord-1"


@pytest.fixture
def staff(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def add(client, email):
    fields = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    data = fields | {"usable_password": "true"}
    return client.post(reverse("admin:accounts_user_add"), data)


def test_an_account_made_in_the_admin_has_its_address_in_lower_case(client, staff):
    assert add(client, " Jan@Voorbeeld.Example ").status_code == 302
    assert User.objects.filter(email="jan@voorbeeld.example").exists()


def test_one_person_has_one_account(client, staff):
    UserFactory(email="jan@voorbeeld.example")
    assert add(client, "Jan@Voorbeeld.example").status_code == 200
    assert User.objects.filter(email__iexact="jan@voorbeeld.example").count() == 1


def test_capitals_do_not_matter_at_the_door(client):
    user = User.objects.create_user("jan@voorbeeld.example", PASSWORD)
    typed = {"login": "JAN@voorbeeld.example", "password": PASSWORD}
    assert client.post(reverse("account_login"), typed).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_new_password_can_be_asked_for_an_account_of_the_admin(client, staff):
    add(client, "Jan@Voorbeeld.example")
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "jan@voorbeeld.example"})
    (message,) = mail.outbox
    assert "password/reset/key/" in message.body


def test_an_address_without_an_account_gets_no_mail(client):
    answer = client.post(reverse("account_reset_password"), {"email": "wie@voorbeeld.example"})
    assert answer.status_code == 302, "and says the same as for one that has"
    assert mail.outbox == []


def test_nobody_makes_an_account_for_themselves(client):
    typed = {"email": "nieuw@voorbeeld.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), typed)
    assert not User.objects.exists()
