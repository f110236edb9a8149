"""After logging in each lands on the page of their own work."""

import pytest
from django.urls import reverse

from tests.factories import (
    PASSWORD,
    MembershipFactory,
    MunicipalityFactory,
    ProviderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(email="iemand@voorbeeld.example", password=PASSWORD)


def landed(client, **extra):
    typed = {"login": "iemand@voorbeeld.example", "password": PASSWORD, **extra}
    return client.post(reverse("account_login"), typed)["Location"]


def member_of(user, *names):
    for name in names:
        place = MunicipalityFactory(name=name, slug=name.lower())
        MembershipFactory(user=user, provider=None, municipality=place)


def test_a_provider_lands_in_the_portal(client, user):
    MembershipFactory(user=user, provider=ProviderFactory())
    assert landed(client) == "/voor-aanbieders/"


def test_a_municipality_lands_on_its_own_page(client, user):
    member_of(user, "Leiden")
    assert landed(client) == "/voor-gemeenten/leiden/"


def test_who_has_several_municipalities_chooses(client, user):
    member_of(user, "Leiden", "Katwijk")
    assert landed(client) == "/voor-gemeenten/"


def test_staff_land_in_the_admin(client, user):
    member_of(user, "Leiden")
    user.is_staff = True
    user.save()
    assert landed(client) == "/beheer/"


def test_who_belongs_to_nothing_lands_in_the_portal(client, user):
    assert landed(client) == "/voor-aanbieders/"


def test_the_page_that_was_asked_for_goes_first(client, user):
    member_of(user, "Leiden")
    assert landed(client, next="/voor-aanbieders/aanbod/1/") == "/voor-aanbieders/aanbod/1/"


@pytest.mark.parametrize(
    "url", ["https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)"]
)
def test_not_to_another_site(client, user, url):
    assert landed(client, next=url) == "/voor-aanbieders/"
