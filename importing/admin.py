"""Imports in the admin: to read, never to change."""

from django.contrib import admin

from importing.models import ImportRow, ImportRun
from providers.admin.base import ReadOnlyAdmin


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """Files taken in, newest first."""

    list_display = ("created_at", "source", "file_name", "by")
    list_filter = ("source",)
    list_select_related = ("by",)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    """What each row came to, to look through by outcome."""

    list_display = ("run", "number", "action", "reason", "offer")
    list_filter = ("action", "run")
    search_fields = ("reason", "offer__title")
    list_select_related = ("run", "offer")
    show_full_result_count = False
