"""How much of what a provider, or a region, has on the map still counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from providers.figures.freshness import freshness_of_provider, freshness_of_region
from selfservice.access import NAV, ProviderView
from selfservice.desk.access import DeskView


class OfProvider(ProviderView):
    """The figures of one provider, for all who take part in it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = freshness_of_provider(self.provider, timezone.localdate())
        context = {"provider": self.provider, "freshness": found, "nav": NAV}
        return render(request, "selfservice/freshness.html", context)


class OfRegion(DeskView):
    """The figures of a region, at its desk."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, region: str) -> HttpResponse:
        found = freshness_of_region(self.region, timezone.localdate())
        return self.show("freshness", freshness=found)
