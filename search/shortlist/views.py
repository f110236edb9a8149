"""Keep offers, compare them, share the list. No account, nothing about a child."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from providers.enums import UseKind
from providers.models import Offer
from search.asking.need import Need
from search.counting.writer import count_uses
from search.shortlist.compare import shortlist_page
from search.shortlist.shortlist import (
    LONGEST_LIST,
    PARAMETER,
    keep,
    kept_offers,
    read_shared,
    toggled,
)


@never_cache
@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """Compare the offers one kept, or those in the address."""
    shared = read_shared(request.GET) if PARAMETER in request.GET else None
    municipality = request.GET.get("gemeente", "")
    need = Need.read(request.GET)
    page = shortlist_page(kept_offers(request), shared, municipality, timezone.localdate(), need)
    share = request.build_absolute_uri(f"{reverse('search:shortlist')}?{page.share_query}")
    context = {
        "nav": "shortlist",
        "page": page,
        "share": share,
        "here": page.municipality.slug if page.municipality else "",
        "to_shortlist": need.to_shortlist,
    }
    response = render(request, "search/shortlist.html", context)
    if not page.is_shared and len(page.offers) < len(page.own):
        # The page said what is gone; it must not take up room that nobody can clear.
        keep(response, page.offers)
    return response


@never_cache
@require_POST
def toggle_kept(request: HttpRequest) -> HttpResponseBase:
    """Keep an offer, or let go of it; back to the page, or only the button to a script."""
    offer = _visible(request.POST.get("offer", ""))
    before = kept_offers(request)
    after = toggled(before, offer.pk)
    if len(after) > LONGEST_LIST:
        return _refuse(request, offer)
    if offer.pk in after:
        count_uses(request, UseKind.KEPT, [offer.pk])
    if request.headers.get("HX-Request"):
        response: HttpResponseBase = _button(request, offer, after)
        # The plan above the results follows (templates/search/_plan.html).
        response["HX-Trigger"] = "sk:kept"
    else:
        response = redirect(_back(request, f"#aanbod-{offer.pk}"))
    keep(response, after)
    return response


def _visible(number: str) -> Offer:
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Http404
    offer: Offer | None = Offer.objects.visible().filter(pk=int(number)).only("title").first()
    if offer is None:
        raise Http404
    return offer


def _refuse(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say that the list is full; a script is sent to the page that says so as well."""
    text = _("Uw keuzelijst is vol: hoogstens %(n)s keuzes. Haal er eerst een weg.")
    messages.warning(request, text % {"n": LONGEST_LIST})
    address = _back(request, f"#aanbod-{offer.pk}")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("search:shortlist")})
    return redirect(address)


def _button(request: HttpRequest, offer: Offer, kept: Sequence[int]) -> HttpResponse:
    context = {
        "offer": offer,
        "shortlist_has": offer.pk in kept,
        "shortlist_count": len(kept),
        "here": request.POST.get("gemeente", ""),
        "to_shortlist": Need.read(request.POST).to_shortlist,
    }
    return render(request, "search/_kept.html", context)


@never_cache
@require_POST
def take_over(request: HttpRequest) -> HttpResponseBase:
    """Add the offers of a shared list to one's own, as far as there is room."""
    own, given = kept_offers(request), read_shared(request.POST).offers
    found = set(Offer.objects.visible().filter(pk__in=given).values_list("pk", flat=True))
    wanted = list(dict.fromkeys([*own, *(offer for offer in given if offer in found)]))
    left_off = len(wanted) - LONGEST_LIST
    if left_off > 0:
        text = _("Uw keuzelijst is nu vol: %(n)s keuzes pasten er niet meer bij.")
        messages.warning(request, text % {"n": left_off})
    response = redirect(_back(request))
    keep(response, wanted)
    return response


@never_cache
@require_POST
def clear(request: HttpRequest) -> HttpResponseBase:
    """Let go of the whole list."""
    response = redirect(_back(request))
    keep(response, ())
    return response


def _back(request: HttpRequest, anchor: str = "") -> str:
    """Return where the person came from, when that is a page of this site; else the list."""
    address = request.POST.get("terug", "")
    ours = url_has_allowed_host_and_scheme(address, None) and address.startswith("/")
    return f"{address.partition('#')[0]}{anchor}" if ours else reverse("search:shortlist")
