"""The wait of an offer: add a measurement, or take one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.enums import WaitStatus
from providers.models import WaitTime
from providers.permissions import can_retract_wait
from providers.rules.availability import of_measurement
from providers.services.waits import counts, record_wait, retract_wait
from selfservice.access import NAV, OfferWriteView
from selfservice.forms import WaitForm, add_errors
from selfservice.portal import wait_of

# The last measurements that were given, and how many of them can be taken back on the page.
RECENT = 10
SHOWN = 3
HALF_KNOWN = gettext_lazy(
    "Tot wanneer de hulp begint is niet bekend. Op de kaart staat 'Wachttijd deels bekend', en wie "
    "zoekt op start binnen 6 weken ziet dit aanbod niet."
)


class AddWait(OfferWriteView):
    """Add a measurement of the wait."""

    takes_back = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(WaitForm(offer=self.offer))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = WaitForm(request.POST, offer=self.offer)
        if not self.accepts(form):
            return self._page(form)
        try:
            wait = record_wait(by=self.user, offer=self.offer, **form.measurement())
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        if not counts(wait):
            return self._older()
        if wait.status == WaitStatus.KNOWN and wait.total_weeks is None:
            messages.info(self.request, HALF_KNOWN)
        return self.done(_("De wachttijd van '%(title)s' is opgeslagen."))

    def _older(self) -> HttpResponse:
        return self.done(
            _(
                "De wachttijd van '%(title)s' is bewaard, maar er is al een nieuwere meting. "
                "Die blijft op de kaart staan."
            )
        )

    def _page(self, form: WaitForm) -> HttpResponse:
        today = timezone.localdate()
        own = self.offer.service_areas.filter(current_wait__isnull=False)
        context = {
            "form": form,
            "offer": self.offer,
            "pill": wait_of(self.offer, today),
            "own_waits": [
                (area.municipality, of_measurement(area.current_wait, today))
                for area in own.select_related("municipality", "current_wait")
                if area.current_wait
            ],
            "given": [(wait, of_measurement(wait, today)) for wait in self._given()],
            "nav": NAV,
        }
        return render(self.request, "selfservice/add_wait.html", context)

    def _given(self) -> list[WaitTime]:
        """The last measurements that this member may take back."""
        rows = self.offer.wait_times.standing().select_related("municipality", "recorded_by")
        found = [wait for wait in rows[:RECENT] if can_retract_wait(self.user, wait)]
        return found[:SHOWN]


class RetractWait(OfferWriteView):
    """Take back a wait that was mistyped: the one before it counts again."""

    def get(self, request: HttpRequest, pk: int, wait: int) -> HttpResponse:
        found = self._wait(wait)
        words = of_measurement(found, timezone.localdate())
        context = {"offer": self.offer, "wait": found, "words": words, "nav": NAV}
        return render(request, "selfservice/retract_wait.html", context)

    def post(self, request: HttpRequest, pk: int, wait: int) -> HttpResponse:
        retract_wait(by=self.user, wait=self._wait(wait))
        messages.success(
            request,
            _("De wachttijd is teruggenomen. De meting daarvoor geldt weer, als die er is."),
        )
        return redirect("selfservice:add_wait", pk)

    def _wait(self, number: int) -> WaitTime:
        rows = self.offer.wait_times.standing().select_related("offer__provider", "municipality")
        found = get_object_or_404(rows, pk=number)
        if not can_retract_wait(self.user, found):
            raise PermissionDenied
        return found
