"""The page with every municipality of an offer."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from providers.models import Municipality, Offer
from providers.rules.publishing.completeness import Part
from providers.services.offers import EditConflictError
from providers.services.publishing.areas import AreaTerms, set_service_areas
from selfservice.access import OfferWriteView
from selfservice.forms import add_errors
from selfservice.offers.areas.forms import WHOLE_REGION, AreaTable
from selfservice.offers.areas.words import terms_words
from selfservice.offers.conflict import Conflict, Difference, last_save
from selfservice.offers.steps import step_of
from selfservice.offers.views import confirms, saved, step_context


class EditAreas(OfferWriteView):
    """In which municipalities an offer is given: ways in, who pays, until when."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(AreaTable(offer=self.offer))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        table = AreaTable(request.POST, offer=self.offer)
        if not self.accepts(table):
            return self._page(table)
        terms = table.terms()
        try:
            offer = set_service_areas(
                by=self.user,
                offer=self.offer,
                areas=terms,
                expected_version=table.version.cleaned_data["version"],
                confirmed_via=confirms(self.offer),
            )
        except EditConflictError:
            return self._conflict(table, terms)
        except ValidationError as error:
            add_errors(table.version, error)
            return self._page(table)
        return saved(request, offer, Part.AREAS)

    def _conflict(self, table: AreaTable, typed: list[AreaTerms]) -> HttpResponse:
        """Show what the other one changed, keep what was typed, and allow one more save."""
        stored = Offer.objects.select_related("provider").get(pk=self.offer.pk)
        since = table.version.cleaned_data["version"]
        conflict = last_save(stored, since, _differences(stored, typed))
        data = self.request.POST.copy()
        data["version"] = str(stored.version)
        return self._page(AreaTable(data, offer=stored), conflict, status=409)

    def _page(
        self, table: AreaTable, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        context = {"table": table, "form": table.version, "conflict": conflict}
        context |= {"offer": self.offer, "whole_region": WHOLE_REGION}
        context |= step_context(step_of(Part.AREAS))
        return render(self.request, "selfservice/offers/areas.html", context, status=status)


def _differences(stored: Offer, typed: list[AreaTerms]) -> list[Difference]:
    """Return per municipality what is stored beside what was typed."""
    now = {area.municipality_id: AreaTerms.of(area) for area in stored.service_areas.all()}
    then = {one.municipality: one for one in typed}
    places = Municipality.objects.filter(pk__in=now.keys() | then.keys())
    return [
        Difference(place.name, terms_words(now.get(place.pk)), terms_words(then.get(place.pk)))
        for place in places
    ]
