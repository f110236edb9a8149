"""Tables of reports, at the desk of a region: shown as given, and read from a file."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from gaps.reported.tables import printed, read_given
from providers.models import ReportedTable, YouthRegion
from providers.permissions import Right, desk_regions
from providers.services.policy.reported_tables import record_table
from providers.sheets.carried_files import SheetField

NAV = "desk"


class TableForm(forms.Form):
    """A printed table, with where it stands."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=120)
    unit = forms.CharField(
        label=gettext_lazy("Eenheid"),
        max_length=40,
        help_text=gettext_lazy("Eén voor de hele tabel: weken, maanden, trajecten."),
    )
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        max_length=200,
        help_text=gettext_lazy("Het rapport, met de bladzijde of het nummer van de tabel."),
    )
    bestand = SheetField(
        label=gettext_lazy("Excel- of CSV-bestand"),
        help_text=gettext_lazy(
            "Perioden in de eerste rij, een regel per rij, het gedrukte totaal in de laatste."
        ),
    )


@login_required
@never_cache
def tables(request: HttpRequest, region: str) -> HttpResponse:
    """Show the tables of this region; who writes for the desk adds one.

    For the desk of another region it is not there, whatever the method.
    """
    place = get_object_or_404(desk_regions(request.user), pk=region)
    if request.method in {"GET", "HEAD"}:
        return _page(request, place, TableForm())
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not desk_regions(request.user, Right.WRITE).filter(pk=region).exists():
        raise PermissionDenied
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid() or not _saved(request, place, form):
        return _page(request, place, form, 422)
    messages.success(request, _("De tabel staat erbij, zoals hij gedrukt is."))
    return redirect("reported:tables", region)


def _saved(request: HttpRequest, region: YouthRegion, form: TableForm) -> bool:
    data = form.cleaned_data
    try:
        given = read_given(data["bestand"].content)
        record_table(
            by=request.user,  # type: ignore[arg-type]
            region=region,
            title=data["title"],
            unit=data["unit"],
            source=data["source"],
            periods=given.periods,
            lines=given.lines,
            total=given.total,
        )
    except ValidationError as error:
        form.add_error("bestand" if not hasattr(error, "error_dict") else None, error.messages)
        return False
    return True


def _page(
    request: HttpRequest, region: YouthRegion, form: TableForm, status: int = 200
) -> HttpResponse:
    found = ReportedTable.objects.filter(region=region)
    context = {
        "region": region,
        "form": form,
        "may_write": desk_regions(request.user, Right.WRITE).filter(pk=region.pk).exists(),
        "tables": [printed(table) for table in found],
        "nav": NAV,
    }
    return render(request, "gaps/reported/tables.html", context, status=status)
