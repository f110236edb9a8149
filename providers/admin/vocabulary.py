"""The vocabulary as CSV in the admin: take it out, change it in a spreadsheet, read it back."""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from providers.admin.base import editor
from providers.services.index import reindex
from providers.services.vocabulary import apply_plan, offers_naming, reindex_named
from providers.vocabulary.csv_file import LARGEST_FILE, Plan, Sheet
from providers.vocabulary.sheets import SHEETS

MOST_SHOWN = 200


class UploadForm(forms.Form):
    """A file, and what it would change once that is known."""

    bestand = forms.FileField(
        label=_("CSV- of Excel-bestand"),
        help_text=_("Haal eerst de lijst op, pas die aan en lees die hier weer in."),
        error_messages={"required": _("Kies een bestand."), "empty": _("Dit bestand is leeg.")},
    )

    def clean_bestand(self) -> bytes:
        upload = self.cleaned_data["bestand"]
        if upload.size > LARGEST_FILE:
            raise ValidationError(_("Dit bestand is te groot. Hoogstens 700 kB."))
        content: bytes = upload.read()
        return content


class ConfirmForm(forms.Form):
    """The file once more, with the mark of the changes that were shown."""

    inhoud = forms.CharField(widget=forms.HiddenInput)
    kenmerk = forms.CharField(widget=forms.HiddenInput)

    def clean_inhoud(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["inhoud"], validate=True)
        except binascii.Error as error:
            raise ValidationError(_("Dit is geen bestand.")) from error


class SheetAdmin(admin.ModelAdmin):
    """Adds "haal op" and "lees in" to the list of a part of the vocabulary."""

    change_list_template = "admin/providers/vocabulary_list.html"

    @property
    def sheet(self) -> Sheet:
        """The table of this part."""
        return SHEETS[self.model]

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("csv/", view(self.export_view), name=f"{name}_export"),
            path("inlezen/", view(self.import_view), name=f"{name}_import"),
            *super().get_urls(),
        ]

    def _may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_import = {"may_import": self._may_import(request)}
        return super().changelist_view(request, (extra_context or {}) | may_import)

    @method_decorator(require_GET)
    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Answer with the whole table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = HttpResponse(self.sheet.written(), content_type="text/csv; charset=utf-8")
        name = f"{self.sheet.name}-{timezone.localdate().isoformat()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    @method_decorator(require_http_methods(["GET", "POST"]))
    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Show what a file would change; carry that out once it is confirmed."""
        if not self._may_import(request):
            raise PermissionDenied
        if "inhoud" in request.POST:
            return self._confirmed(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        plan = self._plan(form, "bestand") if form.is_valid() else None
        return self._page(request, form, plan, form.cleaned_data["bestand"] if plan else b"")

    def _plan(self, form: forms.Form, name: str) -> Plan | None:
        try:
            return self.sheet.plan(form.cleaned_data[name])
        except ValidationError as error:
            form.add_error(name, error)
            return None

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        form = ConfirmForm(request.POST)
        with transaction.atomic():
            plan = self._plan(form, "inhoud") if form.is_valid() else None
            if plan is None:
                messages.error(
                    request, _("Deze wijzigingen zijn niet compleet. Kies het bestand opnieuw.")
                )
                return self._page(request, UploadForm(), None, b"")
            if plan.problems or plan.mark != form.cleaned_data["kenmerk"]:
                messages.warning(
                    request, _("De woordenlijst is intussen veranderd. Kijk nog eens.")
                )
                return self._page(request, UploadForm(), plan, form.cleaned_data["inhoud"])
            done = apply_plan(by=editor(request), plan=plan)
        message = ngettext("%(n)s rij ingelezen.", "%(n)s rijen ingelezen.", done) % {"n": done}
        messages.success(request, message)
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _page(
        self, request: HttpRequest, form: forms.Form, plan: Plan | None, content: bytes
    ) -> HttpResponse:
        confirm = None
        if plan and plan.changes:
            encoded = base64.b64encode(content).decode()
            confirm = ConfirmForm(initial={"inhoud": encoded, "kenmerk": plan.mark})
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(what)s inlezen") % {"what": str(self.opts.verbose_name_plural).title()},
            "opts": self.opts,
            "form": form,
            "confirm": confirm,
            "plan": plan,
            "shown": plan.changes[:MOST_SHOWN] if plan else (),
            "mistakes": plan.problems[:MOST_SHOWN] if plan else (),
            "headings": self.sheet.headings,
        }
        status = 422 if form.errors or (plan and plan.problems) else 200
        return TemplateResponse(
            request, "admin/providers/vocabulary_import.html", context, status=status
        )

    # --- the index follows what is edited by hand ----------------------------------------------

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            reindex_named([form.instance])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        touched = offers_naming([obj])
        super().delete_model(request, obj)
        reindex(touched)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        touched = offers_naming(list(queryset))
        super().delete_queryset(request, queryset)
        reindex(touched)
