"""Pages about coverage, for members of the municipality."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.coverage.dossier import dossier_of
from gaps.coverage.matrix import matrix_page
from gaps.coverage.report import coverage_of
from gaps.views import NAV, place_for


@login_required
@require_safe
@never_cache
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every help question at every age band."""
    coverage = coverage_of(place_for(request, slug), today=timezone.localdate())
    page = matrix_page(coverage, only=request.GET.get("soort", ""))
    return render(request, "gaps/coverage/matrix.html", {"page": page, "nav": NAV})


@login_required
@require_safe
@never_cache
def cell(request: HttpRequest, slug: str, question: str, band: str) -> HttpResponse:
    """Show one cell: what counted, what would change it, and who in the region has it."""
    place = place_for(request, slug)
    dossier = dossier_of(place, question, band, today=timezone.localdate())
    return render(request, "gaps/coverage/cell.html", {"dossier": dossier, "nav": NAV})
