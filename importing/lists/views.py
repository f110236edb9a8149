"""Pages of the region: look at a list, take it in, and take that back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.models import User
from importing.lists.forms import LookForm, UploadForm, first_values
from importing.lists.importer import Preview, look, write
from importing.lists.page import mark_of, page_of
from importing.lists.permissions import lists_of, regions_of, runs_of
from importing.lists.report import HEADER, report_lines
from importing.lists.table import ListTable, read_list
from importing.models import ImportRun, ListSource
from importing.pipeline.refusal import ImportRefused
from importing.pipeline.table_file import TextFile
from importing.pipeline.undo import undo
from providers.csv_cells import as_csv
from providers.sheets.carried_files import unpacked

ROWS_A_PAGE, MOST_RUNS = 200, 50


@method_decorator(never_cache, name="dispatch")
class ListView(LoginRequiredMixin, View):
    """A page for who may take in lists; for others it is not there."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not regions_of(self.user).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who is at work."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user


class Lists(ListView):
    """The lists that are known and what was taken in."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "lists": lists_of(self.user).select_related("region"),
            "runs": runs_of(self.user).select_related("by")[:MOST_RUNS],
        }
        return render(request, "importing/lists.html", context)


class ReadList(ListView):
    """Choose a list, see what it would bring, and take it in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        source = lists_of(self.user).filter(pk=request.GET.get("lijst", "")).first()
        return self._form(UploadForm(by=self.user, initial=first_values(source)))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._look() if "inhoud" in request.POST else self._upload()

    def _upload(self) -> HttpResponse:
        form = UploadForm(self.request.POST, self.request.FILES, by=self.user)
        if not form.is_valid():
            return self._form(form, 422)
        upload, data = form.cleaned_data["bestand"], form.cleaned_data
        file, source = TextFile(upload.name, upload.content), form.source()
        try:
            table = read_list(file)
            preview = look(file, source, data["dag"], table)
        except ImportRefused as refusal:
            form.add_error("bestand", str(refusal))
            return self._form(form, 422)
        values = {name: form[name].value() for name in ("naam", "dag", "regio", "trede")}
        values |= {"hele_regio": data["hele_regio"], "niet": source.not_suggested}
        values |= {"inhoud": file.content, "bestandsnaam": file.name}
        return self._shown(preview, table, values)

    def _look(self) -> HttpResponse:
        try:
            file = TextFile(
                self.request.POST.get("bestandsnaam", "")[:255],
                unpacked(self.request.POST["inhoud"]),
            )
            table = read_list(file)
        except (ValidationError, ImportRefused) as error:
            messages.error(self.request, " ".join(getattr(error, "messages", [str(error)])))
            return redirect("importing:read_list")
        codes = [(code, code) for code in self.request.POST.getlist("niet")]
        form = LookForm(self.request.POST, by=self.user, table=table, suggested=codes)
        if not form.is_valid():
            return self._page(form, None, table, 422)
        return self._answer(form, file, table)

    def _answer(self, form: LookForm, file: TextFile, table: ListTable) -> HttpResponse:
        """Show what the list would bring as the form says now; write it when that was shown."""
        data = form.cleaned_data
        source = form.source()
        source.mapping = source.mapping | form.mapping
        source.not_suggested = data["niet"]
        wanted = self.request.POST.get("doe")
        preview = look(file, source, data["dag"], table)
        if wanted == "verslag":
            return _report(preview)
        if wanted == "neem-over" and mark_of(preview) == data["kenmerk"]:
            return self._write(file, source, data, table)
        if wanted == "neem-over":
            text = _("Er is iets veranderd sinds u keek. Kijk nog eens, en neem het dan over.")
            messages.warning(self.request, text)
        values = {name: form[name].value() for name in form.fields if name != "inhoud"}
        return self._shown(preview, table, values | {"inhoud": file.content})

    def _write(
        self, file: TextFile, source: ListSource, data: dict[str, Any], table: ListTable
    ) -> HttpResponse:
        try:
            _preview, run = write(file, source, data["dag"], by=self.user, table=table)
        except ImportRefused as refusal:
            messages.error(self.request, f"{refusal} {_('Er is niets opgeslagen.')}")
            return redirect("importing:read_list")
        if run is None:
            messages.info(self.request, _("Niets te doen: alles uit dit bestand staat er al."))
            return redirect("importing:lists")
        messages.success(self.request, _("De lijst is overgenomen."))
        return redirect("importing:run", run.pk)

    def _shown(self, preview: Preview, table: ListTable, values: dict[str, Any]) -> HttpResponse:
        page = page_of(preview)
        form = LookForm(
            by=self.user,
            initial=values | {"kenmerk": page.mark},
            table=table,
            columns=preview.columns,
            suggested=page.suggested,
        )
        return self._page(form, page, table)

    def _page(self, form: LookForm, page: Any, table: ListTable, status: int = 200) -> HttpResponse:
        fields = [(form[f"kolom-{at}"], table.example(key)) for at, key in enumerate(table.keys)]
        context = {"form": form, "page": page, "columns": fields}
        return render(self.request, "importing/look.html", context, status=status)

    def _form(self, form: UploadForm, status: int = 200) -> HttpResponse:
        return render(self.request, "importing/read_list.html", {"form": form}, status=status)


def _report(preview: Preview) -> HttpResponse:
    return _csv("verslag.csv", HEADER, report_lines(preview))


def _csv(name: str, header: Any, lines: Any) -> HttpResponse:
    response = HttpResponse(as_csv(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class RunView(ListView):
    """A page of one import; for the desk of another region it is not there, whatever the method."""

    run: ImportRun

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            runs = runs_of(self.user).select_related("by", "undone_by")
            self.run = get_object_or_404(runs, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class Run(RunView):
    """What was taken in, row by row."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        run = self.run
        rows = Paginator(run.rows.select_related("offer"), ROWS_A_PAGE)
        context = {
            "run": run,
            "rows": rows.get_page(request.GET.get("pagina")),
            "counts": run.counts.get("acties", {}).items(),
            "written": [(n, m) for n, m in run.counts.get("geschreven", {}).items() if m],
        }
        return render(request, "importing/run.html", context)


class RunReport(RunView):
    """The same as CSV."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = self.run.rows.values_list("number", "action", "reason", "offer__title")
        lines = ([str(cell or "") for cell in row] for row in rows.iterator())
        return _csv(f"verslag-{self.run.pk}.csv", ("rij", "wat", "waarom", "aanbod"), lines)


class UndoRun(RunView):
    """Take back what was taken in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            removal = undo(run=self.run, by=self.user)
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("importing:run", pk)
        gone = {"offers": removal.offers, "providers": removal.providers}
        text = _("Teruggedraaid: %(offers)d aanbod en %(providers)d aanbieders zijn weg.") % gone
        if removal.kept:
            text += " " + _("%(n)d is intussen gewijzigd en blijft staan.") % {
                "n": len(removal.kept)
            }
        messages.success(request, text)
        return redirect("importing:run", pk)
