"""How long one waits in a municipality, as a page and as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.table import filename
from gaps.views import NAV, place_for
from gaps.waits.files import waits_as_csv
from gaps.waits.report import headings, wait_report
from providers.rules.norms import norm_words
from providers.rules.small_numbers import FEWEST
from providers.statistics import SURVIVOR_BIAS


@login_required
@require_safe
@never_cache
def wait_times(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how long one waits in one municipality, per kind of help and quarter."""
    report = wait_report(place_for(request, slug), today=timezone.localdate())
    context = {
        "report": report,
        "headings": headings(),
        "norms": [(norm_words(norm), norm) for norm in report.norms],
        "survivor_bias": SURVIVOR_BIAS,
        "fewest": FEWEST,
        "nav": NAV,
    }
    return render(request, "gaps/wait_times.html", context)


@login_required
@require_safe
@never_cache
def wait_times_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same figures as a file."""
    place, today = place_for(request, slug), timezone.localdate()
    text = waits_as_csv(wait_report(place, today=today))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = filename("wachttijden", place, today)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
