"""The admin of accounts and their rights: nobody gives away more than they have themselves.

It stands here and not in `accounts`, which knows no audit trail.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.admin import UserAdmin as AccountsUserAdmin
from accounts.models import User
from providers.admin.base import AuditedAdmin, editor
from providers.services import audit

# What decides over all other rights: for administrators only.
RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


def may_manage(by: User | None, person: User | None) -> bool:
    """Whether `by` may change this account: its rights are among their own.

    Who changes an address or a password can log in as that person, with all their rights.
    """
    if by is None or person is None or by.is_superuser:
        return by is not None
    return not person.is_superuser and person.get_all_permissions() <= by.get_all_permissions()


@admin.register(User)
class UserAdmin(AuditedAdmin, AccountsUserAdmin):
    """People; rights are given by administrators, and every change is on record."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        by = editor(request)
        return fields if by is not None and by.is_superuser else (*fields, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and may_manage(editor(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and may_manage(editor(request), obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave deleting many at once to administrators: it looks at no account by itself."""
        actions = super().get_actions(request)
        by = editor(request)
        if by is None or not by.is_superuser:
            actions.pop("delete_selected", None)
        return actions

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name for it
        form_url: str = "",
    ) -> HttpResponse:
        """Record that somebody gave an account another password, never which."""
        with transaction.atomic():
            before = User.objects.filter(pk=id).values_list("password", flat=True).first()
            answer: HttpResponse = super().user_change_password(request, id, form_url)
            person = User.objects.filter(pk=id).first()
            if person is not None and person.password != before:
                audit.record(by=editor(request), action="user.password_set", subject=person)
        return answer


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(AuditedAdmin, DjangoGroupAdmin):
    """Bundles of rights: who changes one changes what all its people may do."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    @staticmethod
    def _may(request: HttpRequest) -> bool:
        by = editor(request)
        return by is not None and by.is_active and by.is_superuser
