"""What the question form asks for while one types; by POST, so that no text is in an address."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from providers.geography.places import suggest_places
from search.asking.guard import refuse_personal_data
from search.asking.suggest import suggestions


@never_cache
@require_POST
@csrf_exempt  # as for a question: it only reads
def places(request: HttpRequest) -> HttpResponse:
    """Return places that start with what was typed, as options of the place field."""
    found = suggest_places(request.POST.get("plaats", "")[:80])
    return render(request, "search/places.html", {"places": found})


@never_cache
@require_POST
@csrf_exempt  # as for a question: it only reads
def suggest(request: HttpRequest) -> HttpResponse:
    """Return help questions and providers for what is being typed.

    By POST, like the question itself: what is typed stays out of addresses and logs.
    """
    text = request.POST.get("vraag", "")
    try:
        refuse_personal_data(text)
    except ValidationError as refusal:
        return JsonResponse({"problem": refusal.messages[0]}, status=422)
    return JsonResponse(suggestions(text).as_json())
