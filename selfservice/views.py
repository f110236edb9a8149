"""The portal of a provider: see your offers, and keep them true."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from providers.enums import WaitStatus
from providers.models import GroupRun, WaitTime
from providers.permissions import can_retract_wait
from providers.rules.availability import of_measurement
from providers.services.confirmations import confirm_offer
from providers.services.groups import PlacesConflictError, update_places_of_runs
from providers.services.waits import counts, record_wait, retract_wait
from selfservice.access import NAV, OfferWriteView
from selfservice.forms import PlacesForm, WaitForm, add_errors
from selfservice.portal import parts_of, wait_of

# The last measurements that were given, and how many of them can be taken back on the page.
RECENT = 10
SHOWN = 3
HALF_KNOWN = gettext_lazy(
    "Tot wanneer de hulp begint is niet bekend. Op de kaart staat 'Wachttijd deels bekend', en wie "
    "zoekt op start binnen 6 weken ziet dit aanbod niet."
)


@login_required
@require_safe
@never_cache
def portal(request: HttpRequest) -> HttpResponse:
    """Show a member the providers they belong to, with their offers."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    parts = parts_of(request.user, today=timezone.localdate())
    keeps_facts = any(part.may_write and part.visible_rows for part in parts)
    context = {"parts": parts, "keeps_facts": keeps_facts, "nav": NAV}
    return render(request, "selfservice/portal.html", context)


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
                (area.municipality, of_measurement(area.current_wait, self.offer, today))
                for area in own.select_related("municipality", "current_wait")
                if area.current_wait
            ],
            "given": [(wait, of_measurement(wait, self.offer, today)) for wait in self._given()],
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
        words = of_measurement(found, self.offer, timezone.localdate())
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


class UpdatePlaces(OfferWriteView):
    """Say how many places are left in each run that is to start."""

    takes_back = True

    @cached_property
    def runs(self) -> list[GroupRun]:
        """The runs of this offer that start today or later."""
        runs = GroupRun.objects.upcoming(timezone.localdate())
        return list(runs.filter(programme__offer=self.offer))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(PlacesForm(runs=self.runs))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = PlacesForm(request.POST, runs=self.runs)
        if not self.accepts(form):
            return self._page(form)
        given = form.given()
        if not given:
            messages.info(request, _("Er is niets opgeslagen: vul eerst een aantal in."))
            return self._page(form)
        try:
            update_places_of_runs(by=self.user, given=given)
        except PlacesConflictError as error:
            return self._page(form.again(error.runs), status=409)
        except ValidationError as error:
            add_errors(form, error)
            return self._page(form)
        return self.done(_("De vrije plekken van '%(title)s' zijn opgeslagen."))

    def _page(self, form: PlacesForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "offer": self.offer, "nav": NAV}
        return render(self.request, "selfservice/update_places.html", context, status=status)


class ConfirmOffer(OfferWriteView):
    """Say that everything about an offer is still right."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        confirm_offer(by=self.user, offer=self.offer)
        return self.done(_("Dank u. '%(title)s' is bevestigd."))
