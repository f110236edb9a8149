"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest

from search.shortlist.shortlist import kept_offers


def shortlist(request: HttpRequest) -> dict[str, object]:
    """The offers that this browser keeps: for the count in the bar and the buttons on cards."""
    kept = kept_offers(request)
    return {"kept_offers": kept, "shortlist_count": len(kept)}


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the site, whether it shows made-up data, and whose log-in it takes."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL.rstrip("/"),
        "region_name": settings.REGION_NAME,
        "demo": settings.DEMO,
        "organisation": settings.ORGANISATION.name if settings.ORGANISATION.url else "",
    }
