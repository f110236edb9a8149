"""Pages about coverage, for members of the municipality."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from gaps.coverage.changes import changes_page
from gaps.coverage.dossier import dossier_of
from gaps.coverage.history import stored_on
from gaps.coverage.matrix import matrix_page
from gaps.coverage.postal import postal_page
from gaps.coverage.region import RegionPage, region_geojson, region_page
from gaps.coverage.report import coverage_from, coverage_of
from gaps.coverage.snapshots import freeze_coverage
from gaps.views import NAV, place_for
from providers.permissions import can_make_policy


@login_required
@require_safe
@never_cache
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every help question at every age band."""
    place = place_for(request, slug)
    coverage = coverage_of(place, today=timezone.localdate())
    page = matrix_page(coverage, only=request.GET.get("soort", ""), is_open="open" in request.GET)
    context = {"page": page, "may_freeze": can_make_policy(request.user, place), "nav": NAV}
    return render(request, "gaps/coverage/matrix.html", context)


@login_required
@require_safe
@never_cache
def cell(request: HttpRequest, slug: str, question: str, band: str) -> HttpResponse:
    """Show one cell: what counted, what would change it, and who in the region has it."""
    place = place_for(request, slug)
    dossier = dossier_of(place, question, band, today=timezone.localdate())
    return render(request, "gaps/coverage/cell.html", {"dossier": dossier, "nav": NAV})


@login_required
@require_safe
@never_cache
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the municipalities of the region beside each other, on a map and in a table."""
    page = _region_page(request, slug)
    return render(request, "gaps/coverage/region.html", {"page": page, "nav": NAV})


@login_required
@require_safe
@never_cache
def region_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same as GeoJSON: for the map, and to take along."""
    found = region_geojson(_region_page(request, slug))
    response = JsonResponse(found, content_type="application/geo+json")
    name = f"dekking-{slug}-{found['date']}.geojson"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _region_page(request: HttpRequest, slug: str) -> RegionPage:
    return region_page(
        place_for(request, slug),
        today=timezone.localdate(),
        question=request.GET.get("hulpvraag", ""),
        band=request.GET.get("leeftijd", ""),
    )


@login_required
@require_safe
@never_cache
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed since the last quarter."""
    page = changes_page(place_for(request, slug), today=timezone.localdate())
    return render(request, "gaps/coverage/changes.html", {"page": page, "nav": NAV})


@login_required
@require_safe
@never_cache
def postal(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was asked for per postal area."""
    page = postal_page(place_for(request, slug), today=timezone.localdate())
    return render(request, "gaps/coverage/postal.html", {"page": page, "nav": NAV})


@login_required
@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze the figures of today, and lead to their lasting address; 403 to who only reads."""
    place = place_for(request, slug)
    if not can_make_policy(request.user, place):
        raise PermissionDenied
    assert isinstance(request.user, User)  # noqa: S101 - a member is logged in
    row = freeze_coverage(by=request.user, municipality=place, today=timezone.localdate())
    messages.success(request, _("Deze stand blijft op dit adres te lezen."))
    return redirect(row.get_absolute_url())


@login_required
@require_safe
@never_cache
def stand(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """Show how it stood on an earlier day."""
    place = place_for(request, slug)
    try:
        row = stored_on(place, dt.date.fromisoformat(day))
    except ValueError:
        row = None
    if row is None:
        raise Http404
    page = matrix_page(coverage_from(place, row.taken_on, row.content), is_open=True)
    context = {"page": page, "stand": row, "nav": NAV}
    return render(request, "gaps/coverage/stand.html", context)
