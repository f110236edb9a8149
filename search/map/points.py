"""What the map shows of a search: points, or clusters where there are too many."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch

from providers.filters.search import Search
from providers.geography.geometry import Box
from providers.models import GroupRun, Offer
from providers.rules.freshness import Clocks
from search.finding.matching import start_of
from search.map.places import places_of

# Long texts, which no point says.
UNREAD = ("summary", "description", "not_for", "how_to_start")


def map_data(search: Search, *, box: Box | None, numbered: Collection[int] = ()) -> dict[str, Any]:
    """Return the map of a search in plain lists, which compress well.

    `points` are [lat, lon, offer id, band, title]; `clusters` are [lat, lon, number of offers].
    Offers in `numbered` are on the page with a number of their own: of those every place comes
    as [lat, lon, offer id] in `numbered`, and in no cluster.
    """
    found = places_of(search, box, numbered)
    return {
        "located": found.offers,
        "clusters": found.clusters if found.is_crowded else [],
        "points": [] if found.is_crowded else _points(found.points_in_view, search.clocks),
        "numbered": found.numbered,
    }


def _points(places: list[list[Any]], clocks: Clocks) -> list[list[Any]]:
    """Return what stands at each place: two statements."""
    coming = GroupRun.objects.open_to_enrol(clocks.today)
    runs = Prefetch("programme__runs", coming, to_attr="next_runs")
    known = Offer.objects.select_related("programme").defer(*UNREAD).prefetch_related(runs)
    offers = known.in_bulk({offer for _lat, _lon, offer in places})
    bands = {pk: start_of(offer, clocks).kind.value for pk, offer in offers.items()}
    return [
        [lat, lon, offer, bands[offer], offers[offer].title]
        for lat, lon, offer in places
        if offer in offers
    ]
