"""The pages of a provider's places: add one to an offer, change one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from providers.geography.addresses import find_address
from providers.languages import lower_first
from providers.models import Location
from providers.services.offers import EditConflictError
from providers.services.publishing.locations import add_location_of_offer, update_location
from selfservice.access import NAV, OfferWriteView
from selfservice.forms import add_errors
from selfservice.offers.conflict import Difference
from selfservice.offers.location_forms import FIELDS, LocationForm
from selfservice.offers.step_forms import shown


class LocationView(OfferWriteView):
    """A page with the form of a place."""

    takes_back = True
    template = "selfservice/offers/location.html"

    def show(
        self,
        form: LocationForm,
        location: Location | None = None,
        differences: list[Difference] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Return the page."""
        context = {
            "form": form,
            "location": location,
            "differences": differences,
            "offer": self.offer,
            "nav": NAV,
        }
        return render(self.request, self.template, context, status=status)

    def back(self, location: Location) -> HttpResponse:
        """Return to where the offer is given, and say how precisely the place is on the map."""
        text = _("De locatie is bewaard. Op de kaart: %(precision)s.")
        precision = location.get_precision_display()
        precision = lower_first(precision)
        messages.success(self.request, text % {"precision": precision})
        return redirect("selfservice:edit_where", self.offer.pk)


class AddLocation(LocationView):
    """Add a place and give the offer there."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(LocationForm(instance=self._blank()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = LocationForm(request.POST, instance=self._blank())
        if not self.accepts(form):
            return self.show(form)
        fields = form.cleaned_data
        # Before the transaction: nobody else waits for an answer from elsewhere.
        point = find_address(fields["street"], fields["postcode"])
        try:
            location = add_location_of_offer(by=self.user, offer=self.offer, point=point, **fields)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form)
        return self.back(location)

    def _blank(self) -> Location:
        return Location(provider=self.offer.provider)


class EditLocation(LocationView):
    """Change a place; it changes for every offer that is given there."""

    def get(self, request: HttpRequest, pk: int, location: int) -> HttpResponse:
        found = self._location(location)
        return self.show(LocationForm(instance=found), found)

    def post(self, request: HttpRequest, pk: int, location: int) -> HttpResponse:
        form = LocationForm(request.POST, instance=self._location(location))
        # Anew from the database: checking a form writes what was typed on its location.
        stored = self._location(location)
        if not self.accepts(form):
            return self.show(form, stored)
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        point = find_address(fields["street"], fields["postcode"])
        try:
            saved = update_location(
                by=self.user, location=stored, shown=form.shown(), point=point, **fields
            )
        except EditConflictError:
            return self._conflict(form, stored)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form, stored)
        return self.back(saved)

    def _location(self, number: int) -> Location:
        return get_object_or_404(Location, provider=self.offer.provider_id, pk=number)

    def _conflict(self, form: LocationForm, stored: Location) -> HttpResponse:
        """Say what stands there now, keep what was typed, and allow one more save."""
        now = LocationForm(instance=stored)
        typed = self.request.POST.copy()
        for name in FIELDS:
            typed[now[name].html_initial_name] = getattr(stored, name)
        found = [Difference(str(now[n].label), shown(now[n]), shown(form[n])) for n in FIELDS]
        differences = [item for item in found if item.stored != item.typed]
        again = LocationForm(typed, instance=self._location(stored.pk))
        return self.show(again, stored, differences, status=409)
