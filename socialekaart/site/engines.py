"""For search engines: what they may read, and where it is.

Pages of offers and providers may be found; results of a search may not, as their address says what
somebody looked for.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from providers.models import Offer, Provider

# A list may have fifty thousand pages by its standard, which took a worker 240 MB to make.
MOST_IN_A_LIST = 5_000
# What says something of who asked, or is somebody's own.
CLOSED = (
    "/?", "/zoek", "/kaart/", "/keuzelijst/", "/gezin/", "/groepen/?", "/account/", "/beheer/",
    "/voor-aanbieders/klopt-nog/", "/regio/", "/meedoen/",
)  # fmt: skip


class OfferPages(Sitemap):  # type: ignore[type-arg]
    """Every offer that shows."""

    limit = MOST_IN_A_LIST

    def items(self) -> QuerySet[Offer]:
        return Offer.objects.visible().only("title").order_by("pk")


class ProviderPages(Sitemap):  # type: ignore[type-arg]
    """Every provider with an offer that shows."""

    limit = MOST_IN_A_LIST

    def items(self) -> QuerySet[Provider]:
        shown = Offer.objects.visible().values("provider")
        return Provider.objects.filter(pk__in=shown).only("name").order_by("pk")


class FixedPages(Sitemap):  # type: ignore[type-arg]
    """What is about the site itself."""

    names = (
        "search:search", "search:groups", "site:accessibility", "site:privacy", "site:cookies",
        "site:contact",
    )  # fmt: skip

    def items(self) -> Sequence[str]:
        return self.names

    def location(self, item: Any) -> str:
        return reverse(item)


SECTIONS = {"paginas": FixedPages, "aanbod": OfferPages, "aanbieders": ProviderPages}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what to leave alone, and where the list of pages is."""
    address = settings.SITE_URL.rstrip("/") + reverse("site:sitemap")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {address}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
