"""Which groups a municipality needs."""

import pytest

from tests.factories import (
    GroupProgrammeFactory,
    InterestFactory,
    MembershipFactory,
    OfferFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/voor-gemeenten/leiden/groepen/"


@pytest.fixture
def asked(region):
    offer = OfferFactory(municipalities=[region.leiden], age_min=8)
    return InterestFactory(
        programme=GroupProgrammeFactory(offer=offer), count=8, municipality=region.leiden
    )


@pytest.fixture
def member(log_in, region):
    return MembershipFactory(user=log_in(), provider=None, municipality=region.leiden).user


def test_a_member_sees_where_a_group_could_be_formed(client, member, asked):
    text = client.get(PAGE).content.decode()
    assert "10 kinderen" in text
    assert "geen groep die binnen 6 weken start" in text
    assert "Maak hier een groep van" not in text


def test_few_are_not_told_apart(client, member, asked):
    asked.count = 2
    asked.save()
    text = client.get(PAGE).content.decode()
    assert "minder dan 5 kinderen" in text


def test_without_demand_it_says_so(client, member, region):
    assert "geen vraag bekend" in client.get(PAGE).content.decode()


def test_a_member_of_another_municipality_does_not_get_in(client, log_in, region, asked):
    MembershipFactory(user=log_in(), provider=None, municipality=region.katwijk)
    assert client.get(PAGE).status_code == 404


def test_who_is_not_logged_in_goes_to_the_log_in(client, asked):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("method", ["post", "delete"])
def test_there_is_nothing_to_write(client, member, asked, method):
    assert getattr(client, method)(PAGE).status_code == 405
