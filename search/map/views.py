"""The map where no script draws it, and the postcodes with which a browser names a point."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from providers.geography.gazetteer import gazetteer
from providers.geography.geometry import to_degrees
from search.map.still import still_of

MOST_NUMBERED = 50


@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """Return the outlines and the numbered results as a picture: for pages without script.

    `aanbod` are the offers in the order of the list, `eerste` is the number of the first.
    """
    offers = [int(text) for text in request.GET.getlist("aanbod")[:MOST_NUMBERED] if _is_id(text)]
    first = request.GET.get("eerste", "")
    picture = still_of(
        offers,
        first=int(first) if _is_id(first) else 1,
        municipality=request.GET.get("gemeente", ""),
    )
    return render(request, "search/still.svg", {"picture": picture}, "image/svg+xml")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Return the postcode areas of the region as [postcode, town, lat, lon].

    With these a browser turns a point on the map, or its own location, into a postcode by itself:
    the point is never sent.
    """
    places = [one for one in gazetteer.get().postal.values() if one.region == settings.REGION_CODE]
    rows = []
    for place in places:
        point = to_degrees(place.x, place.y)
        town = place.label.partition(" ")[2]
        rows.append([place.key, town, round(point.lat, 4), round(point.lon, 4)])
    response = HttpResponse(orjson.dumps(rows), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    return response
