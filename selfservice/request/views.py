"""Desk pages of the quarterly request: open one, see who answered, remind who did not."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.csv_cells import as_csv
from providers.models import WaitRequest
from providers.services.policy.wait_requests import mail_request, open_request
from selfservice.desk.access import DeskView
from selfservice.forms import add_errors
from selfservice.request.forms import RequestForm
from selfservice.request.progress import Progress, letters_of, progress


class Requests(DeskView):
    """The requests of this region, and a form for a new one."""

    takes_back, room = True, "request"

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        return self._page(RequestForm(today=timezone.localdate()))

    def post(self, request: HttpRequest, region: str) -> HttpResponse:
        today = timezone.localdate()
        form = RequestForm(request.POST, today=today)
        if not self.accepts(form):
            return self._page(form, status=422)
        year, number = form.chosen()
        try:
            opened = open_request(
                by=self.user,
                region=self.region,
                year=year,
                quarter=number,
                answer_by=form.cleaned_data["answer_by"],
            )
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form, status=422)
        asked = mail_request(by=self.user, request=opened, letters=letters_of(opened, today=today))
        messages.success(request, _sent(asked))
        return redirect("desk:wait_request", self.region.pk, opened.pk)

    def _page(self, form: RequestForm, status: int = 200) -> HttpResponse:
        found = WaitRequest.objects.filter(region=self.region)
        return self.show("requests", status, form=form, requests=list(found))


class RequestView(DeskView):
    """A page about one request of this region."""

    room = "request"

    def found(self, pk: int) -> WaitRequest:
        """Return the request, or 404 for one of another region."""
        rows = WaitRequest.objects.select_related("region")
        return get_object_or_404(rows, pk=pk, region=self.region)


class OneRequest(RequestView):
    """Who answered, who did not, and whom to call."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        today = timezone.localdate()
        found = self.found(pk)
        return self.show(
            "request",
            progress=progress(found, today=today),
            is_open=today <= found.answer_by,
        )


class RequestCsv(RequestView):
    """The same as a file."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        found = progress(self.found(pk), today=timezone.localdate())
        response = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
        name = f"uitvraag-{found.request.year}-K{found.request.quarter}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class RemindAsked(RequestView):
    """Mail who did not answer for everything."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, region: str, pk: int) -> HttpResponse:
        today, found = timezone.localdate(), self.found(pk)
        if today > found.answer_by:
            messages.warning(request, _("Deze uitvraag is gesloten. Er is niemand gemaild."))
        else:
            letters = letters_of(found, today=today)
            messages.success(
                request, _sent(mail_request(by=self.user, request=found, letters=letters))
            )
        return redirect("desk:wait_request", self.region.pk, pk)


def _sent(asked: int) -> str:
    if not asked:
        return _(
            "Er is niemand gemaild: iedereen antwoordde of kreeg vandaag al een mail, "
            "of de mailserver nam niets aan."
        )
    text = ngettext(
        "%(n)s organisatie krijgt een mail.", "%(n)s organisaties krijgen een mail.", asked
    )
    return text % {"n": asked}


def _csv(found: Progress) -> str:
    headings = ["organisatie", "aanbod", "met_wachttijd", "met_wachtenden", "gemaild_op", "status"]
    rows = [
        [
            row.provider.name,
            str(row.offers),
            str(row.measured),
            str(row.counted),
            row.mailed_on.isoformat() if row.mailed_on else "",
            "klaar" if row.is_complete else "deels" if row.measured else "niets",
        ]
        for row in found.rows
    ]
    return as_csv(headings, rows)
