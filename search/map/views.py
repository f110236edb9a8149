"""The map: its points and outlines, a still picture of it, and the postcodes of the region."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from providers.geography.gazetteer import gazetteer
from providers.geography.geometry import Box, box_from_degrees, to_degrees
from providers.reference import outlines_path
from search.finding.regions import regions_of
from search.map.outlines import outlines_around_region
from search.map.points import map_data
from search.map.still import still_of
from search.page_cache import Made, cached_or_made
from search.results.params import SearchParams

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


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Return the map of a search: points or clusters within the box that is in view."""
    return cached_or_made(request, lambda: _points(request))


def _points(request: HttpRequest) -> Made:
    params = SearchParams.from_query(request.GET, today=timezone.localdate())
    data = map_data(
        params.filterset,
        box=_box(request.GET.get("vak", "")),
        numbered=_numbers(request.GET.get("genummerd", "")),
    )
    response = HttpResponse(orjson.dumps(data), content_type="application/json")
    return Made(response, params.is_of_codes, regions_of(params.filterset))


def _box(text: str) -> Box | None:
    """Read 'south,west,north,east' in degrees; anything else means the whole country."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    on_earth = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
    return box_from_degrees(south, west, north, east) if on_earth else None


def _numbers(text: str) -> list[int]:
    parts = text.split(",")[:50]
    return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 10]


def _outlines_etag(request: HttpRequest) -> str:
    found = outlines_path().stat()
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'


@require_safe
@condition(etag_func=_outlines_etag)
def outlines(request: HttpRequest) -> HttpResponse:
    """Return the municipal outlines as GeoJSON; with `rond` only those in and around the region."""
    content = outlines_around_region() if "rond" in request.GET else outlines_path().read_bytes()
    response = HttpResponse(content, content_type="application/geo+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response
