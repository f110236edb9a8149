"""The door: from a link or a form to the results, or to the text for a letter of referral."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.door.link import Link, read_link
from search.results.page import results_page
from search.results.params import SearchParams
from search.results.run import run_search

METHODS = ["GET", "HEAD", "POST"]


# A question changes nothing, so another system may send the form.
@csrf_exempt
@require_http_methods(METHODS)
@never_cache
def door(request: HttpRequest) -> HttpResponse:
    """Lead to the results; what cannot be used is said first, with a way on for the rest.

    By POST nothing of what was sent stands in an address but the codes that any search has.
    """
    link = read_link(_sent(request))
    if not link.problems:
        return redirect(_address(link))
    context = {"problems": link.problems, "address": _address(link), "is_search": link.query}
    return render(request, "search/door.html", context, status=422)


@csrf_exempt
@require_http_methods(METHODS)
@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """Answer the text for a letter of referral, as plain text for a GP's own system."""
    link = read_link(_sent(request))
    if link.problems:
        return _text("\n".join(link.problems), status=422)
    params = SearchParams.from_query(QueryDict(link.query), today=timezone.localdate())
    plan = results_page(run_search(params, [])).plan if params.is_search else None
    if plan is None:
        return _text(_("Hier is nog geen verwijzing van te maken. Kies een hulpvraag."), status=422)
    return _text(plan.letter)


def _sent(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _address(link: Link) -> str:
    search = reverse("search:search")
    return f"{search}?{link.query}" if link.query else search


def _text(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
