"""'Meld dat dit ontbreekt': no log-in, codes only, and nothing about a person."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from providers.services.signals import report_missing_help
from search.signals.missing import MissingHelpForm
from search.signals.taps import give_sender, keep_sender, may_tap, network_of_tap


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
    response = redirect("search:missing_help_thanks")
    sender, network = keep_sender(request, response), network_of_tap(request)
    try:
        report_missing_help(by=None, sender=sender, network=network, **form.cleaned())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form, status=422)
    return response


def _page(request: HttpRequest, form: MissingHelpForm, *, status: int = 200) -> HttpResponse:
    context = {"nav": "search", "form": form}
    response = render(request, "search/missing.html", context, status=status)
    give_sender(request, response)
    return response


@require_safe
def missing_help_thanks(request: HttpRequest) -> HttpResponse:
    """Say thanks, and what happens with it."""
    return render(request, "search/missing_thanks.html", {"nav": "search"})
