"""Pages about groups: list and month, calendar files, and interest."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.models import GroupProgramme, GroupRun, Interest, Offer
from providers.rules.enrolment import StillToCome
from providers.services.interest import express_interest, withdraw_interest
from search.groups import agenda
from search.groups.page import groups_page, runs_or
from search.groups.params import GroupParams
from search.signals.interest import InterestForm, interest_of
from search.signals.taps import give_sender, keep_sender, may_tap, network_of_tap, sender_of

NAV = "groups"


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """Show the groups that start, soonest first, as a list or as a month.

    The filters arrive by POST, like a question: what is typed as a place gets into no address.
    """
    if request.method != "POST":
        return _groups_page(request, GroupParams(request.GET))
    params = GroupParams(request.POST)
    return _groups_page(request, params, status=422) if params.errors else redirect(params.address)


def _groups_page(request: HttpRequest, params: GroupParams, *, status: int = 200) -> HttpResponse:
    shown_interest = interest_of(sender_of(request), params.today)
    page = groups_page(params)
    context = {"nav": NAV, "page": page, "said": shown_interest, "tap_query": params.tap_query}
    response = render(request, "search/groups.html", context, status=status)
    if shown_interest:
        patch_cache_control(response, private=True)
    return response


# --- calendar files ----------------------------------------------------------------------------


@require_safe
def groups_calendar(request: HttpRequest) -> HttpResponse:
    """Give the groups of a filter as a calendar to follow: also those that were cancelled."""
    params = GroupParams(request.GET)
    if params.errors:
        text = _("Deze agenda kan niet worden gemaakt. %(errors)s")
        words = text % {"errors": " ".join(params.errors)}
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    # Whoever follows it has to see that a run is off, though the list no longer shows it.
    cancelled = Q(cancelled=True, starts_on__gte=params.today)
    runs = agenda.with_everything(runs_or(params, cancelled))
    return _calendar(request, runs, _("Groepen die starten"), "groepen")


@require_safe
def offer_calendar(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Give the runs of one offer as a calendar to follow."""
    offer = get_object_or_404(Offer.objects.visible(), pk=pk, programme__isnull=False)
    address = agenda_address(offer)
    if request.path != address:
        return redirect(address, permanent=True)
    runs = agenda.with_everything(agenda.of_offer(offer.pk, timezone.localdate()))
    return _calendar(request, runs, offer.title, f"groep-{offer.pk}")


def agenda_address(offer: Offer) -> str:
    """Return the address of the calendar of an offer."""
    return f"{offer.get_absolute_url()}agenda.ics"


def _calendar(request: HttpRequest, runs: Any, name: str, filename: str) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    path = request.get_full_path()
    content = agenda.calendar_file(runs, name=name, site=site, path=path)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response["Cache-Control"] = "public, max-age=900"
    return response


# --- interest ----------------------------------------------------------------------------------


class InterestView(View):
    """Say for how many people one looks for a group; no log-in, and nothing about them."""

    http_method_names = ["get", "head", "post"]
    programme: GroupProgramme
    run: GroupRun | None = None

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find(kwargs["pk"])
        if self.run is not None and self._is_over(self.run):
            return redirect("search:group_interest", pk=self.programme.offer_id)
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> None:
        """Set the group; Http404 when nobody may see it."""
        rows = GroupProgramme.objects.visible().select_related("offer__provider")
        self.programme = get_object_or_404(rows, offer__pk=pk)

    @staticmethod
    def _is_over(run: GroupRun) -> bool:
        """For a run that began or was cancelled: ask for the group, not for that run."""
        return not StillToCome(timezone.localdate()).holds(run)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(InterestForm(programme=self.programme, criteria=request.GET))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = InterestForm(request.POST, programme=self.programme, criteria=request.GET)
        if not form.is_valid():
            return self._page(form, status=422)
        if not may_tap(request):
            form.add_error(None, _("U hebt net veel gemeld. Probeer het over een uur opnieuw."))
            return self._page(form, status=429)
        return self._save(form)

    def _save(self, form: InterestForm) -> HttpResponse:
        response = redirect(self.request.path)
        who: dict[str, Any] = {
            "sender": keep_sender(self.request, response),
            "network": network_of_tap(self.request),
        }
        group: dict[str, Any] = {"programme": self.programme, "run": self.run}
        try:
            express_interest(by=None, **who, **group, **form.cleaned())
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._page(form, status=422)
        messages.success(self.request, _("Dank u. Uw melding telt mee voor deze groep."))
        return response

    def _page(self, form: InterestForm, status: int = 200) -> HttpResponse:
        context = {
            "nav": NAV,
            "form": form,
            "offer": self.programme.offer,
            "programme": self.programme,
            "run": self.run,
            "said": interest_of(sender_of(self.request), timezone.localdate()),
        }
        response = render(self.request, "search/interest.html", context, status=status)
        give_sender(self.request, response)
        return response


class RunInterestView(InterestView):
    """The same for one run."""

    def find(self, pk: int) -> None:
        """Set the run and its group; Http404 when nobody may see it."""
        rows = GroupRun.objects.visible().select_related("programme__offer__provider")
        self.run = get_object_or_404(rows, pk=pk)
        self.programme = self.run.programme


@require_POST
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what this browser said; what others said does not exist for it."""
    sender = sender_of(request)
    if not sender:
        raise Http404
    rows = Interest.objects.select_related("programme__offer")
    withdraw_interest(by=None, interest=get_object_or_404(rows.made_by(sender), pk=pk))
    messages.success(request, _("Uw melding telt niet meer mee."))
    return redirect(f"{reverse('search:groups')}#mijn-meldingen")
