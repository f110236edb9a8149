"""How long one waits in a municipality, as a page and as files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.views import NAV, place_for
from gaps.waits.answers import (
    CSV,
    download,
    figures_answer,
    guide_answer,
    report_answer,
    workbook_answer,
)
from gaps.waits.files import comparison_csv
from gaps.waits.page import comparison_page, links_of_municipality
from gaps.waits.report import comparison
from providers.models import Municipality
from providers.permissions import can_make_policy


@login_required
@require_safe
@never_cache
def wait_times(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how long one waits in one municipality, per kind of help, step and quarter."""
    place = place_for(request, slug)
    links = links_of_municipality(place, may_compare=can_make_policy(request.user, place))
    return report_answer(request, place, links, NAV)


@login_required
@require_safe
@never_cache
def wait_times_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same figures as a file."""
    return figures_answer(place_for(request, slug), slug)


@login_required
@require_safe
@never_cache
def wait_times_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the reading guide beside the file of figures."""
    return guide_answer(place_for(request, slug), slug)


@login_required
@require_safe
@never_cache
def wait_times_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """Give figures and guide in one workbook, with providers for who may compare them."""
    place = place_for(request, slug)
    may_compare = can_make_policy(request.user, place)
    return workbook_answer(place, slug, with_providers=may_compare)


@login_required
@require_safe
@never_cache
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the providers beside each other to who may compare them."""
    place = _place_to_compare(request, slug)
    found = comparison(
        place,
        today=timezone.localdate(),
        quarter=request.GET.get("kwartaal", ""),
        method=request.GET.get("methode", ""),
    )
    context = {"page": comparison_page(place, found), "nav": NAV}
    return render(request, "gaps/waits/compare.html", context)


@login_required
@require_safe
@never_cache
def compare_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same as a file."""
    place, today = _place_to_compare(request, slug), timezone.localdate()
    found = comparison(
        place,
        today=today,
        quarter=request.GET.get("kwartaal", ""),
        method=request.GET.get("methode", ""),
    )
    text = comparison_csv(found) if found else ""
    return download(text.encode(), CSV, f"wachttijden-aanbieders-{slug}-{today}.csv")


def _place_to_compare(request: HttpRequest, slug: str) -> Municipality:
    place = place_for(request, slug)
    if not can_make_policy(request.user, place):
        raise PermissionDenied
    return place
