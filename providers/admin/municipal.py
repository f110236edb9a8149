"""The admin of what a municipality arranges for the way to help."""

from django.contrib import admin
from django.db.models import URLField

from providers.admin.base import AuditedAdmin
from providers.models import ClientSupport, LocalTeam


@admin.register(LocalTeam)
class LocalTeamAdmin(AuditedAdmin):
    """Local teams with the postcodes they serve."""

    list_display = ("name", "provider", "wait_weeks", "people_waiting", "measured_on")
    list_select_related = ("provider",)
    search_fields = ("name", "provider__name")
    autocomplete_fields = ("provider",)
    raw_id_fields = ("postal_areas",)


@admin.register(ClientSupport)
class ClientSupportAdmin(AuditedAdmin):
    """Who supports clients for free, per municipality."""

    list_display = ("municipality", "name", "phone")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "name")
    autocomplete_fields = ("municipality",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
