"""The figures about coverage to take along, for members of the municipality."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.coverage.report import coverage_in_region, coverage_of
from gaps.exports.council import council_report
from gaps.exports.files import csv_lines, guide_lines, guide_of, workbook
from gaps.views import NAV, place_for

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
@never_cache
def coverage_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give every cell of the municipality as CSV."""
    coverage = coverage_of(place_for(request, slug), today=timezone.localdate())
    return _csv(csv_lines([coverage]), f"dekking-{slug}-{coverage.on.isoformat()}.csv")


@login_required
@require_safe
@never_cache
def guide_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give what the columns of that file mean."""
    coverage = coverage_of(place_for(request, slug), today=timezone.localdate())
    return _csv(guide_lines(coverage), f"leeswijzer-dekking-{coverage.on.isoformat()}.csv")


def _csv(lines: object, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")  # type: ignore[arg-type]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_safe
@never_cache
def coverage_workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give every cell of every municipality in the region as a workbook."""
    place = place_for(request, slug)
    region = coverage_in_region(place, today=timezone.localdate())
    own = next(one for one in region if one.municipality.pk == place.pk)
    file = workbook(region, guide_of(own))
    name = f"dekking-regio-{own.on.isoformat()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=SHEET)


@login_required
@require_safe
@never_cache
def council(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the report for the council: made to be printed."""
    report = council_report(place_for(request, slug), today=timezone.localdate())
    return render(request, "gaps/council.html", {"report": report, "nav": NAV})
