"""Who may give which rights in the admin, and what is on record of it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from providers.models import AuditEvent
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = "een-heel-ander-wachtwoord-7"


def may(*codenames):
    """Somebody of the staff with these rights only."""
    person = UserFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


@pytest.fixture
def manager(log_in):
    return log_in(
        may("view_user", "add_user", "change_user", "delete_user", "change_group", "view_group")
    )


@pytest.fixture
def administrator(log_in):
    return log_in(UserFactory(is_staff=True, is_superuser=True))


def change(client, person, **typed):
    fields = {"email": person.email, "name": person.name, "is_active": "on"}
    return client.post(reverse("admin:accounts_user_change", args=[person.pk]), fields | typed)


def set_password(client, person):
    url = reverse("admin:auth_user_password_change", args=[person.pk])
    return client.post(url, {"password1": NEW, "password2": NEW, "usable_password": "true"})


EVERYTHING = {"is_staff": "on", "is_superuser": "on"}


@pytest.mark.parametrize("somebody", ["self", "other"])
def test_who_manages_accounts_gives_nobody_more_rights(client, manager, somebody):
    person = manager if somebody == "self" else UserFactory()
    group = Group.objects.create(name="Alles")
    rights = [permission.pk for permission in Permission.objects.all()]
    change(client, person, **EVERYTHING, groups=[group.pk], user_permissions=rights)
    before = set(person.user_permissions.values_list("pk", flat=True))
    person.refresh_from_db()
    assert not person.is_superuser
    assert person.is_staff == (somebody == "self")
    assert set(person.user_permissions.values_list("pk", flat=True)) == before
    assert not person.groups.exists()


def test_who_manages_accounts_may_still_change_a_name(client, manager):
    person = UserFactory(name="Jan")
    assert change(client, person, name="Jan de Wit").status_code == 302
    person.refresh_from_db()
    assert person.name == "Jan de Wit"


@pytest.mark.parametrize("stronger", ["administrator", "more rights"])
def test_the_account_of_somebody_with_more_rights_is_closed_to_who_has_fewer(
    client, manager, stronger
):
    person = may("change_offer")
    if stronger == "administrator":
        person = UserFactory(is_staff=True, is_superuser=True)
    before = (person.email, person.password)
    change(client, person, email="dief@voorbeeld.example")
    assert set_password(client, person).status_code == 403
    client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"})
    selected = {"action": "delete_selected", "_selected_action": person.pk, "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), selected)
    person.refresh_from_db()
    assert (person.email, person.password) == before


def test_groups_are_for_administrators(client, manager):
    group = Group.objects.create(name="Redactie")
    url = reverse("admin:auth_group_change", args=[group.pk])
    assert client.post(url, {"name": "Redactie", "permissions": [1]}).status_code == 403


def test_an_administrator_gives_rights_and_it_is_on_record(client, administrator):
    person = UserFactory()
    assert change(client, person, **EVERYTHING).status_code == 302
    person.refresh_from_db()
    assert person.is_superuser
    event = AuditEvent.objects.get(action="user.updated")
    assert (event.by, event.subject_id) == (administrator, str(person.pk))
    assert event.changes["is_superuser"] == ["False", "True"]


def test_rights_of_a_group_are_on_record(client, administrator):
    group = Group.objects.create(name="Redactie")
    right = Permission.objects.get(codename="change_offer")
    url = reverse("admin:auth_group_change", args=[group.pk])
    client.post(url, {"name": "Redactie", "permissions": [right.pk]})
    event = AuditEvent.objects.get(action="group.updated")
    assert event.changes["permissions"] == [[], [right.pk]]


def test_a_password_somebody_gives_is_on_record_and_not_which(client, administrator):
    person = UserFactory()
    assert set_password(client, person).status_code == 302
    event = AuditEvent.objects.get(action="user.password_set")
    assert (event.by, event.subject_id, event.changes) == (administrator, str(person.pk), {})


def test_a_new_account_is_on_record_without_its_password(client, administrator):
    typed = {"email": "nieuw@voorbeeld.example", "password1": NEW, "password2": NEW}
    client.post(reverse("admin:accounts_user_add"), typed | {"usable_password": "true"})
    event = AuditEvent.objects.get(action="user.created")
    assert event.subject_id == str(User.objects.get(email="nieuw@voorbeeld.example").pk)
    assert NEW not in str(event.changes)
    assert "email" in event.changes


def test_a_deleted_account_is_on_record(client, administrator):
    person = UserFactory()
    client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"})
    assert not User.objects.filter(pk=person.pk).exists()
    assert AuditEvent.objects.get(action="user.deleted").subject_id == str(person.pk)
