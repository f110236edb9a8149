"""The waits of a whole region, for its desk: pooled figures, each list of people once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.waits.answers import figures_answer, guide_answer, report_answer, workbook_answer
from gaps.waits.page import links_of_region
from providers.models import YouthRegion
from providers.permissions import desk_regions

NAV = "desk"


@login_required
@require_safe
@never_cache
def report(request: HttpRequest, region: str) -> HttpResponse:
    """Show the pooled figures of the region per kind of help, step and quarter."""
    place = _region_for(request, region)
    return report_answer(request, place, links_of_region(place), NAV)


@login_required
@require_safe
@never_cache
def report_csv(request: HttpRequest, region: str) -> HttpResponse:
    """Give the same figures as a file."""
    return figures_answer(_region_for(request, region), region)


@login_required
@require_safe
@never_cache
def report_guide(request: HttpRequest, region: str) -> HttpResponse:
    """Give the reading guide beside the file of figures."""
    return guide_answer(_region_for(request, region), region)


@login_required
@require_safe
@never_cache
def report_xlsx(request: HttpRequest, region: str) -> HttpResponse:
    """Give figures, providers and guide in one workbook."""
    return workbook_answer(_region_for(request, region), region, with_providers=True)


def _region_for(request: HttpRequest, region: str) -> YouthRegion:
    """Return the region, or 404 to who is not at its desk."""
    return get_object_or_404(desk_regions(request.user), pk=region)
