"""How people get in beside their password: looked at, and taken away on record."""

from typing import Any

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from providers.admin.base import ReadOnlyAdmin, editor
from providers.admin.people import may_manage
from providers.services import audit


class WayInAdmin(ReadOnlyAdmin):
    """Rows of allauth that only their owner makes; an administrator may take one away.

    What is secret in a row is on no page.
    """

    # The action of the audit event when a row is taken away, and the field that it names.
    audit_action: str
    audit_field: str
    search_fields = ("user__email", "user__name")
    # One at a time: of each it is asked whose it is.
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As Django says, and only of people whose rights are among one's own."""
        may = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return may and may_manage(editor(request), obj.user if obj else None)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request).select_related("user")
        return found

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take it away; the audit is about the person, not about a row that is gone."""
        with transaction.atomic():
            user, changes = obj.user, {self.audit_field: getattr(obj, self.audit_field)}
            obj.delete()
            delete_dangling_recovery_codes(user)
            audit.record(
                by=editor(request), action=self.audit_action, subject=user, changes=changes
            )


@admin.register(Authenticator)
class AuthenticatorAdmin(WayInAdmin):
    """Apps, passkeys and recovery codes."""

    audit_action, audit_field = "account.second_step_taken_away", "type"
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    fields = ("user", "type", "created_at", "last_used_at")


@admin.register(SocialAccount)
class SocialAccountAdmin(WayInAdmin):
    """Links with an organisation by which people log in."""

    audit_action, audit_field = "account.organisation_unlinked", "provider"
    list_display = ("user", "provider", "date_joined", "last_login")
    fields = ("user", "provider", "date_joined", "last_login")
