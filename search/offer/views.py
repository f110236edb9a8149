"""The pages of one offer and one provider, and of what they say."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from providers.enums import DatedFact, UseKind
from providers.geography.places import find_place
from providers.models import Offer, Provider
from providers.rules.ages import band_of
from providers.rules.counting.facts import offer_age
from providers.rules.freshness import fact_age
from search.asking.need import Need
from search.cards.card import BACK, SearchContext, card
from search.counting.writer import count_uses
from search.finding.loading import fetch
from search.offer.about_waits import about_waits_context
from search.offer.detail import detail_queryset, offer_detail
from search.offer.linked import linked_data
from search.offer.page import offer_page
from search.shortlist.shortlist import family_query
from search.signals.report_views import report_groups
from search.signals.taps import give_sender


def _rows(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Return these offers with what only their own page shows."""
    return detail_queryset(offers).prefetch_related("can_also_take")


@require_safe
def offer(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show one offer; an outdated name in the address leads to the current one."""
    found = get_object_or_404(_rows(Offer.objects.visible()), pk=pk)
    address = found.get_absolute_url()
    if request.path != address:
        query = request.META["QUERY_STRING"]
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    back = request.GET.get(BACK) or _search_before(request, pk)
    here, before = request.GET.get("gemeente", ""), QueryDict(back.partition("#")[0])
    need = Need.read(before)
    detail = offer_detail(found, timezone.localdate(), here)
    slug = detail.here.municipality.slug if detail.here else ""
    context = {
        "nav": "search",
        "detail": detail,
        "page": offer_page(detail, need, back, find_place(before.get("plaats", ""))),
        "linked_data": linked_data(detail),
        "back": back,
        "back_to_groups": "" if back else _groups_before(request),
        "reports": report_groups(),
        "asked_question": need.questions[0] if need.questions else "",
        "asked_band": band_of(need.age),
        "for_family": family_query([found.pk], slug, need),
        "here": detail.here.municipality_id if detail.here else "",
        "to_shortlist": need.to_shortlist,
    }
    response = render(request, "search/offer.html", context)
    # A report "full" counts of a browser that was here some minutes before it.
    give_sender(request, response)
    count_uses(request, UseKind.OPENED, [found.pk])
    return response


# Sent by a script from pages that are the same for everybody, so without a token; it changes no
# more than a number that any visitor adds to, and another site not even that.
@csrf_exempt
@require_POST
@never_cache
def called(request: HttpRequest, pk: int) -> HttpResponse:
    """Count that somebody tapped the telephone number of an offer; nothing to see."""
    found = get_object_or_404(Offer.objects.visible().only("pk"), pk=pk)
    if request.headers.get("sec-fetch-site", "same-origin") == "same-origin":
        count_uses(request, UseKind.CALLED, [found.pk])
    return HttpResponse(status=204)


@login_required
@require_safe
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member of its provider how a referrer sees an offer, published or not."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    found = get_object_or_404(_rows(Offer.objects.of_member(request.user)), pk=pk)
    detail = offer_detail(found, timezone.localdate())
    context = {"detail": detail, "page": offer_page(detail, Need()), "is_preview": True}
    return render(request, "search/offer.html", context | {"nav": "providers"})


def _search_before(request: HttpRequest, pk: int) -> str:
    """Return the search from which somebody came, with the card of this offer in it."""
    query = _query_before(request, "search:search")
    return f"{query}#aanbod-{pk}" if query else ""


def _groups_before(request: HttpRequest) -> str:
    """Return the address of the page of groups from which somebody came; else empty."""
    query = _query_before(request, "search:groups")
    address = reverse("search:groups")
    if query is None:
        return ""
    return f"{address}?{query}" if query else address


def _query_before(request: HttpRequest, page: str) -> str | None:
    """Return the parameters of this page, when somebody came from it; None from anywhere else."""
    came_from = request.headers.get("Referer", "").partition("#")[0]
    address, _mark, query = came_from.partition("?")
    return query if address == request.build_absolute_uri(reverse(page)) else None


@require_safe
def provider(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show one provider with all it offers."""
    rows = Provider.objects.visible().prefetch_related("locations")
    # One that was merged into another goes by its old number too.
    found = rows.filter(pk=pk).first() or get_object_or_404(rows, formers__number=pk)
    if request.path != found.get_absolute_url():
        return redirect(found.get_absolute_url(), permanent=True)
    today = timezone.localdate()
    search = SearchContext(today)
    offers = Offer.objects.visible().filter(provider=found).order_by("level", "title", "id")
    fetched = fetch(offers.values_list("pk", flat=True), clocks=search.clocks, municipality=None)
    cards = [card(row, search) for row in fetched]
    contact = fact_age(DatedFact.CONTACT, found.confirmed_on, today)
    context = {
        "nav": "search",
        "provider": found,
        "cards": cards,
        "contact": contact,
        "confirmed": sum(offer_age(row, search.clocks).state.counts for row in fetched),
        "days": search.clocks.days(DatedFact.OFFER),
    }
    return render(request, "search/provider.html", context)


@require_safe
def about_waits(request: HttpRequest) -> HttpResponse:
    """Explain how waiting is measured."""
    context = about_waits_context() | {"nav": "waits"}
    return render(request, "search/about_waits.html", context)


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Say where the data come from."""
    return render(request, "search/about_data.html", {"nav": ""})
