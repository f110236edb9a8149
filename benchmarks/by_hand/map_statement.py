"""The map of a municipality as one SQL statement, written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from providers.geography.geometry import Box, box_from_degrees
from search.map.places import cell_size
from search.map.points import map_data
from search.results.params import SearchParams

CLUSTERS = """
SELECT l.rd_x / %(size)s, l.rd_y / %(size)s, AVG(l.lat), AVG(l.lon), COUNT(DISTINCT k.offer_id)
FROM providers_servicearea a
JOIN providers_offerindex i ON i.offer_id = a.offer_id
JOIN providers_offer_locations k ON k.offer_id = a.offer_id
JOIN providers_location l ON l.id = k.location_id
WHERE a.municipality_id = %(municipality)s AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
  AND i.status IN ('gepubliceerd', 'overgenomen')
  AND l.rd_x BETWEEN %(min_x)s AND %(max_x)s AND l.rd_y BETWEEN %(min_y)s AND %(max_y)s
GROUP BY 1, 2 ORDER BY 1, 2"""


EVERYWHERE = Box(-1_000_000, -1_000_000, 1_000_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class MapStatement:
    """SQL with its parameters, and the clusters that the site sends."""

    sql: str
    parameters: dict[str, Any]
    clusters: list[list[Any]]

    def check(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Raise AssertionError unless these rows are the clusters of the map."""
        found = [[round(lat, 5), round(lon, 5), offers] for _x, _y, lat, lon, offers in rows]
        assert not self.clusters or found == self.clusters, "other clusters than the map"


def map_statement(query: str) -> MapStatement:
    """Return the statement for the map of a search for a municipality alone."""
    params = SearchParams.from_query(QueryDict(query), today=timezone.localdate())
    shown = params.query.get("vak")
    box = box_from_degrees(*map(float, shown.split(","))) if shown else None
    data = map_data(params.filterset, box=box)
    parameters = {
        **(box or EVERYWHERE)._asdict(),
        "size": cell_size(box),
        "municipality": params.municipality,
        "today": timezone.localdate(),
    }
    return MapStatement(CLUSTERS, parameters, data["clusters"])
