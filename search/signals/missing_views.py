"""'Meld dat dit ontbreekt': no log-in, codes only, and nothing about a person."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from providers.filters.offers import OfferFilterSet
from providers.services.signals import FOLLOW_LENGTH, report_missing_help
from search.asking.need import Need
from search.asking.whom_to_call import whom_to_call_at
from search.signals.following import followed
from search.signals.missing import MissingHelpForm
from search.signals.taps import give_sender, keep_sender, may_tap, network_of_tap

# The parameter with which the thanks lead on to what becomes of it.
FOLLOW = "volg"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missing_help(request: HttpRequest) -> HttpResponseBase:
    """Take a signal that help is missing; the address fills the form in with a search."""
    if request.method != "POST":
        return _page(request, MissingHelpForm(criteria=request.GET))
    form = MissingHelpForm(request.POST, criteria=request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not may_tap(request):
        form.add_error(None, _("U hebt net veel gemeld. Probeer het over een uur opnieuw."))
        return _page(request, form, status=429)
    return _save(request, form)


def _save(request: HttpRequest, form: MissingHelpForm) -> HttpResponseBase:
    response = HttpResponseRedirect(reverse("search:missing_help_thanks"))
    sender, network = keep_sender(request, response), network_of_tap(request)
    try:
        reported = report_missing_help(by=None, sender=sender, network=network, **form.cleaned())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form, status=422)
    if reported.follow:
        response["Location"] += f"?{urlencode({FOLLOW: reported.follow})}"
    return response


def _page(request: HttpRequest, form: MissingHelpForm, *, status: int = 200) -> HttpResponse:
    here = OfferFilterSet(request.GET).municipality
    emergency = whom_to_call_at(Need.read(request.GET), here, timezone.localdate())
    context = {"nav": "search", "form": form, "page": {"emergency": emergency}}
    response = render(request, "search/missing.html", context, status=status)
    give_sender(request, response)
    return response


@require_safe
def missing_help_thanks(request: HttpRequest) -> HttpResponse:
    """Say thanks, what happens with it, and where to see what becomes of it."""
    key = request.GET.get(FOLLOW, "")
    is_key = len(key) == FOLLOW_LENGTH and key.isascii() and key.isalnum()
    address = reverse("search:follow_signal", args=[key]) if is_key else ""
    context = {"nav": "search", "follow": request.build_absolute_uri(address) if address else ""}
    return render(request, "search/missing_thanks.html", context)


@require_safe
@never_cache
def follow_signal(request: HttpRequest, key: str) -> HttpResponse:
    """Show what became of a signal to whoever has its link."""
    found = followed(key)
    if found is None:
        raise Http404
    response = render(request, "search/follow_signal.html", {"nav": "search", "followed": found})
    response["X-Robots-Tag"] = "noindex"
    return response
