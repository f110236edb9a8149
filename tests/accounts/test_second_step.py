"""Staff, and who writes for a municipality, work with a second step."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from providers.enums import Role
from tests.factories import MembershipFactory, MunicipalityFactory, ProviderFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGES = {
    "admin": "/beheer/",
    "a list of the admin": "/beheer/providers/offer/",
    "municipality": "/voor-gemeenten/leiden/",
    "portal": "/voor-aanbieders/",
}
METHODS = ["get", "post", "put", "delete"]


@pytest.fixture(autouse=True)
def required(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def leiden():
    return MunicipalityFactory(name="Leiden", slug="leiden")


def make(who, leiden):
    if who in {"staff", "superuser"}:
        return UserFactory(is_staff=True, is_superuser=who == "superuser")
    user = UserFactory()
    about = {"provider": None, "municipality": leiden}
    if who.startswith("provider"):
        about = {"provider": ProviderFactory()}
    role = Role.VIEWER if who.endswith("viewer") else Role[who.split()[-1].upper()]
    MembershipFactory(user=user, role=role, **about)
    return user


MUST = ["staff", "superuser", "municipality editor", "municipality manager"]
NEED_NOT = ["municipality viewer", "provider editor", "provider manager", "provider viewer"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", MUST)
def test_without_one_they_are_led_to_the_set_up(client, log_in, leiden, who, method, page):
    log_in(make(who, leiden))
    answer = getattr(client, method)(PAGES[page])
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("who", MUST)
def test_the_set_up_says_why_and_is_open(client, log_in, leiden, who):
    user = make(who, leiden)
    user.set_password("fietspomp regenjas koekje dak")
    user.save()
    log_in(user)
    again = client.get("/voor-aanbieders/", follow=True)
    assert "inloggen in twee stappen nodig" in again.content.decode()
    password = {"password": "fietspomp regenjas koekje dak"}
    client.post(reverse("account_reauthenticate"), password)
    assert "Scan deze code" in client.get(reverse("mfa_activate_totp")).content.decode()


@pytest.mark.parametrize("page", ["municipality", "portal"])
@pytest.mark.parametrize("who", NEED_NOT)
def test_others_work_as_before(client, log_in, leiden, who, page):
    log_in(make(who, leiden))
    answer = client.get(PAGES[page])
    assert answer.status_code in {200, 403, 404}


@pytest.mark.parametrize("who", MUST)
def test_with_one_they_work(client, log_in, leiden, who):
    user = log_in(make(who, leiden))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = "admin" if user.is_staff else "municipality"
    assert client.get(PAGES[page]).status_code == 200


@pytest.mark.parametrize("who", MUST)
def test_the_setting_switches_it_off(client, log_in, leiden, settings, who):
    settings.MFA_REQUIRED = False
    user = log_in(make(who, leiden))
    page = "admin" if user.is_staff else "municipality"
    assert client.get(PAGES[page]).status_code == 200


@pytest.mark.parametrize("path", ["/", "/account/password/change/", "/groepen/"])
def test_pages_for_everybody_stay_open(client, log_in, leiden, path):
    log_in(make("superuser", leiden))
    assert client.get(path).status_code == 200


def test_who_has_not_logged_in_notices_nothing(client, leiden):
    assert client.get("/voor-gemeenten/").status_code == 200
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


def test_logging_out_of_the_admin_is_always_possible(client, log_in, leiden):
    log_in(make("staff", leiden))
    client.post("/beheer/logout/")
    assert "_auth_user_id" not in client.session
