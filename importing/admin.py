"""Imports in the admin: to read, never to change."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from importing.models import ImportRow, ImportRun

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[models.Model]
else:
    ModelAdmin = admin.ModelAdmin  # takes no type at run time


class ReadOnlyAdmin(ModelAdmin):
    """A record of what happened: nobody adds, changes or deletes it here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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
