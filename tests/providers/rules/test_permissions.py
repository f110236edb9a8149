"""Who may do what: editor, viewer, stranger, municipality, staff."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from providers.enums import Role
from providers.permissions import (
    Right,
    can_edit_offer,
    can_edit_provider,
    can_view_gaps,
    may,
    roles_with,
)
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OfferFactory,
    ProviderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return OfferFactory()


def member(offer, role, **user):
    return MembershipFactory(provider=offer.provider, role=role, user=UserFactory(**user)).user


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.VIEWER, {Right.READ}),
        (Role.EDITOR, {Right.READ, Right.WRITE}),
        (Role.MANAGER, {Right.READ, Right.WRITE, Right.MANAGE}),
    ],
)
def test_the_role_says_what_a_member_may(offer, role, rights):
    user = member(offer, role)
    assert {right for right in Right if may(user, right, offer.provider)} == rights
    assert {right for right in Right if role in roles_with(right)} == rights


@pytest.mark.parametrize("role", Role)
def test_who_may_write_may_edit_an_offer(offer, role):
    assert can_edit_offer(member(offer, role), offer) is (role in roles_with(Right.WRITE))


def test_a_role_in_one_organisation_is_none_in_another(offer):
    user = member(offer, Role.VIEWER)
    MembershipFactory(user=user, role=Role.MANAGER)
    assert not may(user, Right.WRITE, offer.provider)


@pytest.mark.parametrize(
    ("of", "before", "after"),
    [
        ("provider", "redacteur", Role.MANAGER),
        ("provider", "lezer", Role.VIEWER),
        ("provider", "beheerder", Role.MANAGER),
        ("municipality", "redacteur", Role.EDITOR),
    ],
)
def test_members_of_before_keep_what_they_could_do(of, before, after):
    about = {"provider": ProviderFactory()} if of == "provider" else {"provider": None}
    if of == "municipality":
        about["municipality"] = MunicipalityFactory()
    membership = MembershipFactory(role=before, **about)
    import_module("providers.migrations.0031_member_roles").rename(apps, None)
    membership.refresh_from_db()
    assert membership.role == after


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
