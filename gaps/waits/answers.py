"""What a page of waits answers with, of a municipality and of a region alike."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gaps.waits.files import csv_of, guide_csv, workbook_of
from gaps.waits.page import Links, report_page
from gaps.waits.report import Place, comparison, wait_report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def report_answer(request: HttpRequest, place: Place, links: Links, nav: str) -> HttpResponse:
    """Show how long one waits there, per kind of help, step and quarter."""
    page = report_page(wait_report(place, today=timezone.localdate()), links)
    return render(request, "gaps/waits/report.html", {"page": page, "nav": nav})


def figures_answer(place: Place, name: str) -> HttpResponse:
    """Give the same figures as a file; `name` is how files of this place are called."""
    found = wait_report(place, today=timezone.localdate())
    return download(csv_of(found).encode(), CSV, f"wachttijden-{name}-{found.on}.csv")


def guide_answer(place: Place, name: str) -> HttpResponse:
    """Give the reading guide beside the file of figures."""
    found = wait_report(place, today=timezone.localdate())
    return download(guide_csv(found).encode(), CSV, f"wachttijden-{name}-{found.on}-leeswijzer.csv")


def workbook_answer(place: Place, name: str, *, with_providers: bool) -> HttpResponse:
    """Give figures and guide in one workbook, and the providers to who may compare them."""
    today = timezone.localdate()
    compared = comparison(place, today=today) if with_providers else None
    content = workbook_of(wait_report(place, today=today), compared)
    return download(content, XLSX, f"wachttijden-{name}-{today}.xlsx")


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file that is saved under this name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
