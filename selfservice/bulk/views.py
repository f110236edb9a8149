"""What a provider has as tables: out, changed in a spreadsheet, looked at, and back in."""

from typing import Any

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
from providers.services.offers import EditConflictError
from providers.sheets.carried_files import CarriedFileField, SheetField
from providers.sheets.offers import OfferPlan
from providers.sheets.rows import RowPlan
from providers.sheets.workbook import as_workbook
from selfservice.access import NAV, ProviderWriteView
from selfservice.bulk.tables import OFFERS, ProviderTable, undo

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


class TableView(ProviderWriteView):
    """A view on one kind of table."""

    def get_table(self) -> ProviderTable:
        """Return the table; another kind than we have does not exist."""
        return ProviderTable.of(self.provider, self.kwargs.get("kind", OFFERS))


class Table(TableView):
    """Take a table out, and read it back in."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(TableForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        table = self.get_table()
        if "inhoud" in request.POST:
            return self._confirmed(table)
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        content = form.cleaned_data["bestand"].content
        try:
            plan = table.plan(content)
        except ValidationError as error:
            form.add_error("bestand", error)
            return self._page(form, status=422)
        return self._page(TableForm(), plan, content, 422 if plan.problems else 200)

    def _confirmed(self, table: ProviderTable) -> HttpResponse:
        form = ConfirmForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Dit is geen bestand. Kies het opnieuw."))
            return redirect(table.url)
        content = form.cleaned_data["inhoud"]
        try:
            with transaction.atomic():
                plan = table.plan(content)
                if plan.problems or plan.mark != form.cleaned_data["kenmerk"]:
                    messages.warning(self.request, CHANGED)
                    return self._page(TableForm(), plan, content, 409)
                table.apply(plan, by=self.user)
        except EditConflictError:
            messages.warning(self.request, CHANGED)
            return redirect(table.url)
        except ValidationError as error:
            text = " ".join([*error.messages, _("Er is niets veranderd.")])
            messages.error(self.request, text)
            return redirect(table.url)
        number = len(plan.changes)
        text = ngettext("%(n)d rij gewijzigd.", "%(n)d rijen gewijzigd.", number)
        messages.success(self.request, text % {"n": number})
        return redirect(table.url)

    def _page(
        self,
        form: TableForm,
        plan: OfferPlan | RowPlan | None = None,
        content: bytes = b"",
        status: int = 200,
    ) -> HttpResponse:
        confirm = None
        if plan and plan.changes:
            confirm = ConfirmForm(initial={"inhoud": content, "kenmerk": plan.mark})
        table = self.get_table()
        earlier = self.provider.sheet_changes.filter(kind=table.kind).select_related("by")
        context = {
            "table": table,
            "form": form,
            "confirm": confirm,
            "plan": plan,
            "shown": plan.changes[:MOST_SHOWN] if plan else (),
            "problems": plan.problems[:MOST_SHOWN] if plan else (),
            "provider": self.provider,
            "changes": earlier[:MOST_CHANGES],
            "nav": NAV,
        }
        return render(self.request, "selfservice/bulk/table.html", context, status=status)


class Workbook(TableView):
    """A table for Excel, with lists to choose from."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        table = self.get_table()
        content = as_workbook(table.headings, table.rows(), table.choices, title=table.title)
        return _download(table, content, XLSX, "xlsx")


class Csv(TableView):
    """A table for other programs."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        table = self.get_table()
        content = as_csv(table.headings, table.rows()).encode()
        return _download(table, content, "text/csv; charset=utf-8", "csv")


class UndoTable(ProviderWriteView):
    """Take back what a table changed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, change: int) -> HttpResponse:
        found = get_object_or_404(SheetChange, pk=change, provider=self.provider)
        try:
            undo(found, by=self.user)
        except (EditConflictError, ValidationError):
            text = _(
                "Dit kan niet meer in één keer terug: iemand veranderde dit intussen of gebruikt "
                "wat erbij kwam, of wat er eerst stond kan nu niet meer. Er is niets veranderd."
            )
            messages.error(request, text)
        else:
            messages.success(request, _("Alles uit die tabel is teruggedraaid."))
        return redirect(ProviderTable.of(self.provider, found.kind).url)


def _download(table: ProviderTable, content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"{table.kind}-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
