"""What the map shows for a set of offers: points, or clusters where there are too many."""

from collections.abc import Collection
from typing import Any

from django.db.models import Avg, Count, F, IntegerField, Prefetch, QuerySet
from django.db.models.expressions import ExpressionWrapper

from providers.enums import VISIBLE_STATUSES
from providers.geography.geometry import Box
from providers.models import GroupRun, Location, Offer
from providers.rules.freshness import Clocks
from search.finding.matching import start_of

MAX_POINTS = 300
# Metres a cluster covers, for a view this many metres wide: about twelve columns.
CELLS_ACROSS = 12


def map_data(
    offers: QuerySet[Any], *, box: Box | None, clocks: Clocks, numbered: Collection[int] = ()
) -> dict[str, Any]:
    """Return the map of these offers in plain lists, which compress well.

    `points` are [lat, lon, offer id, band, title]; `clusters` are [lat, lon, number of offers].
    Offers in `numbered` are on the page with a number of their own: of those every place comes
    as [lat, lon, offer id] in `numbered`, and in no cluster.
    """
    links = Offer.locations.through.objects.filter(
        offer__in=offers.order_by().values("pk"),
        # The status of the offer itself: the index is written after it.
        offer__status__in=VISIBLE_STATUSES,
        location__rd_x__isnull=False,
    )
    located = links.aggregate(offers=Count("offer", distinct=True), points=Count("pk"))
    in_view = _within(links, box)
    links = in_view.exclude(offer__in=list(numbered))
    crowded = located["points"] > MAX_POINTS and (box is None or links.count() > MAX_POINTS)
    return {
        "located": located["offers"],
        "clusters": _clusters(links, box) if crowded else [],
        "points": [] if crowded else _points(links, clocks),
        "numbered": _places_of(numbered, in_view),
    }


def _places_of(offers: Collection[int], links: QuerySet[Any]) -> list[list[Any]]:
    """Return every place of these offers as [lat, lon, offer id]; no statement for no offers."""
    if not offers:
        return []
    rows = links.filter(offer__in=list(offers)).order_by("offer", "location")
    found = rows.values_list("location__lat", "location__lon", "offer")
    return [[round(lat, 5), round(lon, 5), offer] for lat, lon, offer in found]


def _within(links: QuerySet[Any], box: Box | None) -> QuerySet[Any]:
    if box is None:
        return links
    return links.filter(
        location__rd_x__range=(box.min_x, box.max_x), location__rd_y__range=(box.min_y, box.max_y)
    )


def _points(links: QuerySet[Any], clocks: Clocks) -> list[list[Any]]:
    rows = list(links.order_by("offer", "location").values_list("offer", "location"))
    coming = GroupRun.objects.open_to_enrol(clocks.today)
    runs = Prefetch("programme__runs", coming, to_attr="next_runs")
    known = Offer.objects.select_related("programme").prefetch_related(runs)
    offers = known.in_bulk({offer for offer, _location in rows})
    places = Location.objects.in_bulk({location for _offer, location in rows})
    return [
        [
            round(places[location].lat or 0, 5),
            round(places[location].lon or 0, 5),
            offer,
            start_of(offers[offer], clocks).kind.value,
            offers[offer].title,
        ]
        for offer, location in rows
    ]


def cell_size(box: Box | None) -> int:
    """Return the side of a cluster cell in metres."""
    width = box.max_x - box.min_x if box else 280_000
    return max(50, width // CELLS_ACROSS)


def _clusters(links: QuerySet[Any], box: Box | None) -> list[list[Any]]:
    size = cell_size(box)
    column, row = _cell("location__rd_x", size), _cell("location__rd_y", size)
    cells = (
        links.order_by()
        .values(column=column, row=row)
        .annotate(
            lat=Avg("location__lat"),
            lon=Avg("location__lon"),
            offers=Count("offer", distinct=True),
        )
        .order_by("column", "row")
    )
    return [[round(c["lat"], 5), round(c["lon"], 5), c["offers"]] for c in cells]


def _cell(field: str, size: int) -> "ExpressionWrapper[Any]":
    # Whole numbers divide to whole numbers on both engines.
    return ExpressionWrapper(F(field) / size, output_field=IntegerField())
