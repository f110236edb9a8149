"""The waits of a whole region, for its desk: pooled figures, each list of people once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.waits.files import csv_of, guide_csv, workbook_of
from gaps.waits.page import links_of_region, report_page
from gaps.waits.report import comparison, wait_report
from gaps.waits.views import CSV, XLSX, download
from providers.models import YouthRegion
from providers.permissions import desk_regions

NAV = "desk"


@login_required
@require_safe
@never_cache
def report(request: HttpRequest, region: str) -> HttpResponse:
    """Show the pooled figures of the region per kind of help, step and quarter."""
    place = _region_for(request, region)
    page = report_page(wait_report(place, today=timezone.localdate()), links_of_region(place))
    return render(request, "gaps/waits/report.html", {"page": page, "nav": NAV})


@login_required
@require_safe
@never_cache
def report_csv(request: HttpRequest, region: str) -> HttpResponse:
    """Give the same figures as a file."""
    found = wait_report(_region_for(request, region), today=timezone.localdate())
    return download(csv_of(found).encode(), CSV, f"wachttijden-{region}-{found.on}.csv")


@login_required
@require_safe
@never_cache
def report_guide(request: HttpRequest, region: str) -> HttpResponse:
    """Give the reading guide beside the file of figures."""
    found = wait_report(_region_for(request, region), today=timezone.localdate())
    name = f"wachttijden-{region}-{found.on}-leeswijzer.csv"
    return download(guide_csv(found).encode(), CSV, name)


@login_required
@require_safe
@never_cache
def report_xlsx(request: HttpRequest, region: str) -> HttpResponse:
    """Give figures, providers and guide in one workbook."""
    place, today = _region_for(request, region), timezone.localdate()
    content = workbook_of(wait_report(place, today=today), comparison(place, today=today))
    return download(content, XLSX, f"wachttijden-{region}-{today}.xlsx")


def _region_for(request: HttpRequest, region: str) -> YouthRegion:
    """Return the region, or 404 to who is not at its desk."""
    return get_object_or_404(desk_regions(request.user), pk=region)
