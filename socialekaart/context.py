"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name of the site, and whether it shows made-up data."""
    return {
        "site_name": settings.SITE_NAME,
        "region_name": settings.REGION_NAME,
        "demo": settings.DEMO,
    }
