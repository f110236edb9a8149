"""Who may do what: editor, viewer, stranger, municipality, staff."""

import pytest
from django.contrib.auth.models import AnonymousUser

from providers.enums import Role
from providers.permissions import can_edit_offer, can_edit_provider, can_view_gaps
from tests.factories import MembershipFactory, MunicipalityFactory, OfferFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory()


def member(offer, role, **user):
    return MembershipFactory(provider=offer.provider, role=role, user=UserFactory(**user)).user


@pytest.mark.parametrize(
    ("role", "may"), [(Role.VIEWER, False), (Role.EDITOR, True), (Role.MANAGER, True)]
)
def test_the_role_says_who_may_edit(offer, role, may):
    assert can_edit_offer(member(offer, role), offer) is may


def test_a_member_of_another_provider_may_not_edit(offer):
    assert not can_edit_offer(MembershipFactory().user, offer)


def test_a_member_of_a_municipality_may_not_edit(offer):
    user = MembershipFactory(provider=None, municipality=MunicipalityFactory()).user
    assert not can_edit_offer(user, offer)


def test_nobody_may_edit_without_logging_in(offer):
    assert not can_edit_offer(AnonymousUser(), offer)


def test_an_account_that_was_closed_may_not_edit(offer):
    assert not can_edit_offer(member(offer, Role.MANAGER, is_active=False), offer)


def test_staff_are_no_members(offer):
    assert not can_edit_provider(UserFactory(is_staff=True, is_superuser=True), offer.provider)


@pytest.mark.parametrize("role", Role)
def test_every_member_of_a_municipality_sees_its_gaps(role):
    place = MunicipalityFactory()
    user = MembershipFactory(provider=None, municipality=place, role=role).user
    assert can_view_gaps(user, place)


def test_a_member_of_another_municipality_does_not_see_them():
    user = MembershipFactory(provider=None, municipality=MunicipalityFactory()).user
    assert not can_view_gaps(user, MunicipalityFactory())


def test_a_provider_does_not_see_them(offer):
    assert not can_view_gaps(member(offer, Role.MANAGER), MunicipalityFactory())


def test_nobody_sees_them_without_logging_in():
    assert not can_view_gaps(AnonymousUser(), MunicipalityFactory())
