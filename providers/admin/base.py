"""What every list of the admin builds on: who is at work, read-only lists, and the audit."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import Field, PasswordInput
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from accounts.models import User
from providers.models.audit import ON_EVERY_PAGE
from providers.services import audit


def editor(request: HttpRequest) -> User | None:
    """Return who is at work."""
    return request.user if isinstance(request.user, User) else None


class ReadOnlyAdmin(admin.ModelAdmin):
    """Reference data and history: to look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AuditedAdmin(admin.ModelAdmin):
    """Writes an audit event with every change, also of the rows that hang on a row."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _record(request, "updated" if change else "created", form)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        # Before it is gone: a row that is deleted loses its number.
        for row in formset.deleted_forms:
            if row.instance.pk is not None:
                _record(request, "deleted", row)
        super().save_formset(request, form, formset, change)
        changed = [instance for instance, _fields in formset.changed_objects]
        for row in formset.forms:
            if row.instance in formset.new_objects:
                _record(request, "created", row)
            elif row.instance in changed:
                _record(request, "updated", row)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        audit.record(
            by=editor(request),
            action=f"{obj._meta.model_name}.deleted",
            subject=obj,
            regions=_regions(obj._meta.model),
        )
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        action = f"{queryset.model._meta.model_name}.deleted"
        audit.record_many(
            by=editor(request),
            action=action,
            subjects=queryset,
            regions=_regions(queryset.model),
        )
        super().delete_queryset(request, queryset)


def _record(request: HttpRequest, done: str, form: Any) -> None:
    """Write the event of what one form did, with the fields that it changed."""
    changes = {
        name: [_as_data(form.initial.get(name)), _as_data(form.cleaned_data[name])]
        for name in form.changed_data
        if name != DELETION_FIELD_NAME and not _is_secret(form.fields[name])
    }
    action = f"{form.instance._meta.model_name}.{done}"
    audit.record(
        by=editor(request),
        action=action,
        subject=form.instance,
        changes=changes,
        regions=_regions(form.instance._meta.model),
    )


def _regions(model: type[Model]) -> str | None:
    # An editor may change anything, also in which municipality or of which offer a row was.
    return None if issubclass(model, audit.NOT_SHOWN) else ON_EVERY_PAGE


def _is_secret(field: Field) -> bool:
    """Whether a field takes a password, which is never written down."""
    return isinstance(field.widget, PasswordInput)


def _as_data(value: Any) -> Any:
    """Return what a field said, as an event can hold it; of linked rows their numbers."""
    if isinstance(value, list | QuerySet):
        return [_as_data(item) for item in value]
    return value.pk if isinstance(value, Model) else str(value)
