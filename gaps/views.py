"""Pages for municipalities: what there is and what is missing, for their own members."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from gaps.calculation import supply
from gaps.coverage.findings import biggest_gaps
from gaps.coverage.matrix import kind_counts
from gaps.coverage.report import coverage_of
from gaps.missed import missed_help
from gaps.table import filename, missed_as_csv, supply_as_csv
from providers.languages import all_of
from providers.models import Municipality
from providers.permissions import can_view_gaps

NAV = "municipalities"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show a member their municipalities, and anybody else what this is about."""
    context = {"municipalities": _municipalities_of(request), "nav": NAV}
    return render(request, "gaps/index.html", context)


@login_required
@require_safe
@never_cache
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what there is and what is missing in one municipality."""
    place, today = place_for(request, slug), timezone.localdate()
    found = supply(place, today=today)
    coverage = coverage_of(place, today=today)
    context = {
        "supply": found,
        "coverage": coverage,
        "counts": kind_counts(coverage),
        "findings": biggest_gaps(coverage),
        "missed": missed_help(place, today=today),
        "missing": all_of(found.missing),
        "nav": NAV,
    }
    return render(request, "gaps/municipality.html", context)


@login_required
@require_safe
@never_cache
def municipality_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same figures as a file."""
    place, today = place_for(request, slug), timezone.localdate()
    return _file(supply_as_csv(supply(place, today=today)), filename("aanbod", place, today))


@login_required
@require_safe
@never_cache
def missed_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what referrers missed as a file."""
    place, today = place_for(request, slug), timezone.localdate()
    text = missed_as_csv(place, today, missed_help(place, today=today))
    return _file(text, filename("gemist", place, today))


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def place_for(request: HttpRequest, slug: str) -> Municipality:
    """Return the municipality, or 404 to whoever is no member: also staff see nothing here."""
    place = get_object_or_404(Municipality, slug=slug)
    if not can_view_gaps(request.user, place):
        raise Http404
    return place


def _municipalities_of(request: HttpRequest) -> QuerySet[Municipality]:
    user = request.user
    if not isinstance(user, User):
        return Municipality.objects.none()
    return Municipality.objects.filter(memberships__user=user)
