"""The admin of groups: what they are, when they start, and who looks for them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from providers.admin.base import AuditedAdmin, ReadOnlyAdmin, editor
from providers.days import to_come
from providers.models import GroupProgramme, GroupRun, Interest
from providers.services.confirmations import confirm_places
from providers.services.index import reindex


class RunForm(ModelForm):
    """An edition of a group; a new last day to enrol is still to come, as in the portal."""

    def clean_enrol_by(self) -> Any:
        return to_come(self, "enrol_by")


@admin.register(GroupRun)
class GroupRunAdmin(AuditedAdmin):
    """Editions of groups. As through the services: calendars see a change by its version."""

    form = RunForm
    list_display = (
        "programme",
        "starts_on",
        "start_time",
        "places",
        "places_left",
        "places_confirmed_on",
        "cancelled",
    )
    list_filter = ("cancelled", "starts_on")
    list_select_related = ("programme__offer",)
    search_fields = ("programme__offer__title",)
    autocomplete_fields = ("programme", "location")
    date_hierarchy = "starts_on"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Date news about places today, say who brought it, and raise the version."""
        counted = "places_left" in form.changed_data
        if counted and "places_confirmed_on" not in form.changed_data:
            obj.places_confirmed_on = timezone.localdate()
        if change:
            obj.version += 1
        super().save_model(request, obj, form, change)
        if counted:
            confirm_places(by=editor(request), run=obj)


@admin.register(GroupProgramme)
class GroupProgrammeAdmin(AuditedAdmin):
    """Groups."""

    list_display = ("offer", "kind", "audience", "min_size", "max_size", "is_open", "on_demand")
    list_filter = ("kind", "audience", "is_open", "on_demand")
    list_select_related = ("offer",)
    search_fields = ("offer__title",)
    autocomplete_fields = ("offer",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the search know for whom the group is."""
        super().save_model(request, obj, form, change)
        reindex({obj.offer_id, form.initial.get("offer", obj.offer_id)})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        reindex([obj.offer_id])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[GroupProgramme]) -> None:
        offers = list(queryset.values_list("offer_id", flat=True))
        super().delete_queryset(request, queryset)
        reindex(offers)


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    """Interest in groups, by number, age and municipality."""

    list_display = ("programme", "run", "count", "age_band", "municipality", "expires_on")
    list_filter = ("age_band", "expires_on")
    list_select_related = ("programme__offer", "run__programme__offer", "municipality")
    search_fields = ("programme__offer__title",)
