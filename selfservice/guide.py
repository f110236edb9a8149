"""How it works, for providers: one page in plain words that anybody may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from providers.enums import DatedFact
from providers.rules.availability import Availability, Band
from selfservice.access import NAV


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Show how an organisation comes on the map and keeps what stands there true."""
    days = {fact.value: settings.FRESHNESS_DAYS[fact.value] for fact in DatedFact}
    context = {
        "days": days,
        "fresh": Availability(Band.SOON, _("Ongeveer 5 weken"), _("gemeten 9 dagen geleden")),
        "stale": Availability(Band.STALE, _("Was: ongeveer 5 weken"), _("wachttijd 6 weken oud")),
        "link_days": settings.REMINDER_LINK_DAYS,
        "nav": NAV,
    }
    return render(request, "selfservice/how_it_works.html", context)
