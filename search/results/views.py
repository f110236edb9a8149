"""The search: a question, its page of results and its map."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
)

from providers.languages import cached_per_language
from search.asking.forms import AskForm
from search.finding.regions import regions_of
from search.page_cache import Made, cached_or_made
from search.results.demand import searched_in
from search.results.page import maybe_meant, results_page, unused_words
from search.results.params import SearchParams
from search.results.run import run_search
from search.results.start import start_page
from search.shortlist.shortlist import kept_offers

MAP_CONFIG = {
    "tiles": settings.TILES_URL,
    "attribution": settings.TILES_ATTRIBUTION,
    "region": settings.REGION_CODE,
}


# A question changes nothing, so there is nothing to protect with a token; and a token that a log-in
# in another tab has changed would make the search refuse a referrer's question.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask (POST) and see what fits (GET).

    The text arrives by POST and is answered with a redirect to an address of codes, so that
    no name or story reaches an address, a log or a history.
    """
    if request.method == "POST":
        form = AskForm(request.POST)
        if form.is_valid():
            query = QueryDict(mutable=True)
            for name, values in form.parameters().lists():
                query.setlist(name, values)
            return redirect(f"{reverse('search:search')}?{query.urlencode()}")
        return _search_page(request, form, status=422).response
    return cached_or_made(request, lambda: _search_page(request, None, status=200))


def _search_page(request: HttpRequest, form: AskForm | None, *, status: int) -> Made:
    query = request.GET if form is None else form.search_before()
    params = SearchParams.from_query(query, today=timezone.localdate())
    make = _results if params.is_search else _start
    return make(request, params, form or _ask_form(params), status=status)


def _ask_form(params: SearchParams) -> AskForm:
    context = params.context
    return AskForm(initial={"plaats": context.place, "leeftijd": context.age})


def _results(request: HttpRequest, params: SearchParams, form: AskForm, *, status: int) -> Made:
    # All statements here, only words from here on.
    results = run_search(params, kept_offers(request))
    page = results_page(results)
    form.fields["vraag"].widget.attrs["placeholder"] = _("Voeg iets toe, of stel een andere vraag")
    context = _shared_context(params, form) | {
        "page": page,
        "question_pill": page.question,
        "carried": params.carried,
        "map_config": _map_config(),
    }
    response = render(request, "search/results.html", context, status=status)
    # With few results it also counts what the rest of the country has.
    regions = None if page.near_misses else regions_of(params.filterset)
    return Made(response, params.is_of_codes, regions, searched_in(results), results.on_page)


def _start(request: HttpRequest, params: SearchParams, form: AskForm, *, status: int) -> Made:
    form.fields["vraag"].widget.attrs["placeholder"] = _(
        "Bijvoorbeeld: somber, wil niet naar school"
    )
    context = _shared_context(params, form) | {
        "start": start_page(params.today),
        "unused": unused_words(params),
        "maybe_meant": maybe_meant(params),
    }
    response = render(request, "search/start.html", context, status=status)
    return Made(response, params.is_of_codes)


def _shared_context(params: SearchParams, form: AskForm) -> dict[str, Any]:
    """Return what both pages have: the form, and what the shortlist in the bar opens with."""
    return {
        "nav": "search",
        "form": form,
        "here": params.municipality or "",
        "to_shortlist": params.need.to_shortlist,
    }


@cached_per_language(1)
def _map_config() -> dict[str, str]:
    return MAP_CONFIG | {
        "points": reverse("search:points"),
        "outlines": reverse("search:outlines"),
        "areas": reverse("search:areas"),
        "search": reverse("search:search"),
        "offer": reverse("search:offer", args=[0, "x"]),
    }
