"""Offers on the map as GeoJSON (RFC 7946): one feature per offer and location."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from providers.enums import DatedFact
from providers.freshness import Clocks
from providers.models import Offer

COLUMNS = (
    "pk",
    "title",
    "level",
    "wait_status",
    "wait_weeks",
    "wait_measured_on",
    "provider__name",
    "locations__lon",
    "locations__lat",
    "locations__precision",
)


def feature_collection(
    offers: QuerySet[Offer], *, clocks: Clocks, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """Return the offers that have a point; `absolute` makes a full address of a path.

    One query of plain rows: the whole country is some tens of thousands of features.
    """
    rows = (
        offers.filter(locations__lat__isnull=False)
        .order_by("pk", "locations__id")
        .values_list(*COLUMNS)
    )
    api = absolute(reverse("api:offers"))
    return {
        "type": "FeatureCollection",
        "features": [_feature(row, api, clocks) for row in rows.iterator(chunk_size=5000)],
    }


def _feature(row: tuple[Any, ...], api: str, clocks: Clocks) -> dict[str, Any]:
    state = clocks.state(DatedFact.WAIT, row[COLUMNS.index("wait_measured_on")])
    pk, title, level, status, weeks, measured_on, provider, lon, lat, precision = row
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "id": pk,
            "title": title,
            "provider": provider,
            "level": level,
            "precision": precision,
            "wait_status": status,
            "total_weeks": None if weeks is None else float(weeks),
            "measured_on": measured_on,
            "fresh": None if measured_on is None else state.counts,
            "state": state.value,
            "details": f"{api}/{pk}",
        },
    }
