"""Which groups a municipality needs: what people ask for beside what starts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaps.views import NAV, place_for
from providers.forming import area_around, picture_of


@login_required
@require_safe
@never_cache
def forming(request: HttpRequest, slug: str) -> HttpResponse:
    """Show members of a municipality where a group could be formed."""
    area = area_around(place_for(request, slug))
    context = {"picture": picture_of(area, timezone.localdate()), "nav": NAV}
    return render(request, "gaps/forming.html", context)
