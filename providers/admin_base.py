"""What every list of the admin builds on: who is at work, read-only lists, and the audit."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from providers.services import audit


def editor(request: HttpRequest) -> User | None:
    """Return who is at work."""
    return request.user if isinstance(request.user, User) else None


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Reference data and history: to look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Writes an audit event with every change."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data}
        super().save_model(request, obj, form, change)
        action = f"{obj._meta.model_name}.{'updated' if change else 'created'}"
        changes = {name: [str(before[name]), str(form.cleaned_data[name])] for name in before}
        audit.record(by=editor(request), action=action, subject=obj, changes=changes)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        audit.record(by=editor(request), action=f"{obj._meta.model_name}.deleted", subject=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        action = f"{queryset.model._meta.model_name}.deleted"
        audit.record_many(by=editor(request), action=action, subjects=queryset)
        super().delete_queryset(request, queryset)
