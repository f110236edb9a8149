"""A provider's offers as a table: out, changed in a spreadsheet, looked at, and back in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from providers.csv_cells import as_csv
from providers.models import SheetChange
from providers.services.files.sheets import apply_offers, undo_offers
from providers.services.offers import EditConflictError
from providers.sheets.carried_files import CarriedFileField, SheetField
from providers.sheets.offers import COLUMNS, HEADINGS, OfferPlan, lines_of, plan_of
from providers.sheets.workbook import as_workbook
from selfservice.access import NAV, ProviderWriteView

MOST_SHOWN = 200
MOST_CHANGES = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = gettext_lazy("Uw aanbod is intussen veranderd. Kijk nog eens wat er zou gebeuren.")


class TableForm(forms.Form):
    """A table that was changed in a spreadsheet."""

    bestand = SheetField(
        label=gettext_lazy("Excel- of CSV-bestand"),
        help_text=gettext_lazy("De tabel die u hier ophaalde, met uw wijzigingen."),
    )


class ConfirmForm(forms.Form):
    """The same table once more, with the mark of the changes that were shown."""

    inhoud = CarriedFileField()
    kenmerk = forms.CharField(widget=forms.HiddenInput, strip=False)


class Table(ProviderWriteView):
    """Take the table out, and read it back in."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(TableForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if "inhoud" in request.POST:
            return self._confirmed()
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        content = form.cleaned_data["bestand"].content
        try:
            plan = plan_of(content, self.provider)
        except ValidationError as error:
            form.add_error("bestand", error)
            return self._page(form, status=422)
        return self._page(TableForm(), plan, content, 422 if plan.problems else 200)

    def _confirmed(self) -> HttpResponse:
        form = ConfirmForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Dit is geen bestand. Kies het opnieuw."))
            return redirect("selfservice:table", self.provider.pk)
        content = form.cleaned_data["inhoud"]
        try:
            with transaction.atomic():
                plan = plan_of(content, self.provider)
                if plan.problems or plan.mark != form.cleaned_data["kenmerk"]:
                    messages.warning(self.request, CHANGED)
                    return self._page(TableForm(), plan, content, 409)
                apply_offers(by=self.user, provider=self.provider, plan=plan)
        except EditConflictError:
            messages.warning(self.request, CHANGED)
            return redirect("selfservice:table", self.provider.pk)
        except ValidationError as error:
            text = " ".join([*error.messages, _("Er is niets veranderd.")])
            messages.error(self.request, text)
            return redirect("selfservice:table", self.provider.pk)
        number = len(plan.changes)
        text = ngettext("%(n)d aanbod gewijzigd.", "%(n)d keer aanbod gewijzigd.", number)
        messages.success(self.request, text % {"n": number})
        return redirect("selfservice:table", self.provider.pk)

    def _page(
        self,
        form: TableForm,
        plan: OfferPlan | None = None,
        content: bytes = b"",
        status: int = 200,
    ) -> HttpResponse:
        confirm = None
        if plan and plan.changes:
            confirm = ConfirmForm(initial={"inhoud": content, "kenmerk": plan.mark})
        context = {
            "form": form,
            "confirm": confirm,
            "plan": plan,
            "shown": plan.changes[:MOST_SHOWN] if plan else (),
            "problems": plan.problems[:MOST_SHOWN] if plan else (),
            "provider": self.provider,
            "changes": self.provider.sheet_changes.select_related("by")[:MOST_CHANGES],
            "nav": NAV,
        }
        return render(self.request, "selfservice/bulk/table.html", context, status=status)


class Workbook(ProviderWriteView):
    """The table for Excel, with lists to choose from."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        choices = {one.heading: one.choices() for one in COLUMNS if one.choices}
        content = as_workbook(HEADINGS, lines_of(self.provider), choices)
        return _download(content, XLSX, "xlsx")


class Csv(ProviderWriteView):
    """The table for other programs."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        content = as_csv(HEADINGS, lines_of(self.provider)).encode()
        return _download(content, "text/csv; charset=utf-8", "csv")


class UndoTable(ProviderWriteView):
    """Take back what a table changed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, change: int) -> HttpResponse:
        found = get_object_or_404(SheetChange, pk=change, provider=self.provider)
        try:
            undo_offers(by=self.user, change=found)
        except (EditConflictError, ValidationError):
            text = _(
                "Dit kan niet meer in één keer terug: iemand veranderde dit aanbod intussen. "
                "Er is niets veranderd."
            )
            messages.error(request, text)
        else:
            messages.success(request, _("Alles uit die tabel is teruggedraaid."))
        return redirect("selfservice:table", pk)


def _download(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"aanbod-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
