"""Reports by referrers: one tap, choices only, no log-in and no words about people."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.limits import limits
from accounts.network import network_of
from providers.enums import AgeBand, ReportKind, ReportReason
from providers.models import HelpQuestion, Offer
from providers.rules.reports import REASONS
from providers.services.reports import SearchBefore, report_offer
from providers.vocabulary.choices import choices
from search.shortlist.compare import chosen_municipality
from search.signals.taps import is_settled, keep_sender, may_tap, network_of_tap, sender_of

# Two quick taps of a browser without a cookie yet would look like two people.
SAME_TAP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """One button: what is said with it, and how that travels."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """One kind of report: a button by itself, or a question with a few answers."""

    kind: str
    label: str
    choices: tuple[ReportChoice, ...]


def report_groups() -> list[ReportGroup]:
    """Return all that can be reported."""
    return [ReportGroup(kind.value, str(kind.label), _choices(kind)) for kind in ReportKind]


def _choices(kind: ReportKind) -> tuple[ReportChoice, ...]:
    return tuple(ReportChoice(f"{kind.value}:{one.value}", str(one.label)) for one in REASONS[kind])


@never_cache
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a report and go back to the offer with thanks."""
    offer = get_object_or_404(Offer.objects.visible(), pk=pk)
    response = redirect(_back(request, offer))
    report = _read(request.POST.get("melding", ""))
    if report is None:
        messages.error(request, _("Kies een van de knoppen."))
    elif not may_tap(request):
        messages.error(request, _("U hebt net veel gemeld. Probeer het over een uur opnieuw."))
    else:
        _save(request, response, offer, report)
    return response


def _read(text: str) -> tuple[ReportKind, ReportReason | None] | None:
    """Read 'vol' or 'klopt-niet:wachttijd'; None for anything else."""
    kind, _colon, reason = text.partition(":")
    if kind not in ReportKind.values or (reason and reason not in ReportReason.values):
        return None
    return ReportKind(kind), ReportReason(reason) if reason else None


def _save(
    request: HttpRequest,
    response: HttpResponse,
    offer: Offer,
    report: tuple[ReportKind, ReportReason | None],
) -> None:
    kind, reason = report
    known = bool(sender_of(request))
    sender = keep_sender(request, response)
    if not known and _is_second_tap(request, offer, kind):
        messages.success(request, _("Dank u. Dit was al gemeld."))
        return
    origin: dict[str, Any] = {
        "sender": sender,
        "network": network_of_tap(request),
        "settled": is_settled(request),
        "search": _search_before(request),
    }
    try:
        new = report_offer(by=None, offer=offer, kind=kind, reason=reason, **origin)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return
    thanks = _("Dank u. Uw melding helpt de volgende verwijzer.")
    messages.success(request, thanks if new else _("Dank u. U had dit vandaag al gemeld."))


def _search_before(request: HttpRequest) -> SearchBefore:
    """Return what the form brought along of the search; what is no code of ours is left out."""
    place = chosen_municipality(request.POST.get("gemeente", ""))
    question, band = request.POST.get("hulpvraag", ""), request.POST.get("leeftijd", "")
    return SearchBefore(
        municipality=place.code if place else "",
        help_question=question if question in choices(HelpQuestion) else "",
        age_band=band if band in AgeBand.values else "",
    )


def _is_second_tap(request: HttpRequest, offer: Offer, kind: ReportKind) -> bool:
    """Whether this network sent the same a moment ago; remembered for a minute only."""
    key = f"tap:{network_of(request)}:{offer.pk}:{kind.value}"
    return not limits.add(key, 1, SAME_TAP_SECONDS)


def _back(request: HttpRequest, offer: Offer) -> str:
    """Return the page of the offer, with the municipality that was in view."""
    place = chosen_municipality(request.POST.get("gemeente", ""))
    return f"{offer.get_absolute_url()}{f'?gemeente={place.code}' if place else ''}#berichten"
