"""Offers on the map as GeoJSON (RFC 7946): one feature per offer and location."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from api.fields import WeeksField
from api.parameters import Box
from api.serializers import STATE_HELP
from providers.enums import PointPrecision, WaitStatus
from providers.models import Offer
from providers.models.base import in_parts
from providers.rules.counting.facts import WaitFacts, wait_state
from providers.rules.freshness import Clocks
from providers.rules.start import status_tells_start

COLUMNS = (
    "pk",
    "title",
    "level",
    "wait_status",
    "wait_weeks",
    "wait_stop_until",
    "wait_measured_on",
    "confirmed_on",
    "closed_from",
    "closed_until",
    "programme__is_open",
    "provider__name",
    "locations__lon",
    "locations__lat",
    "locations__precision",
)
# About a metre; what comes after it is no knowledge, and a third of the size of an answer.
DECIMALS = 5
# Rows that are in memory at the same time, and bytes that are compressed at the same time.
AT_ONCE = 2000
PART = 256 * 1024

Properties = dict[str, Any]


class PropertiesSerializer(serializers.Serializer):
    """What a map says of an offer."""

    id = serializers.IntegerField(help_text="Nummer van het aanbod.")
    title = serializers.CharField(help_text="Titel.")
    level = serializers.IntegerField(help_text="Trede, van 0 (licht) tot en met 6 (zwaar).")
    wait_status = serializers.CharField(
        help_text=f"Wat van het wachten bekend is ({', '.join(WaitStatus.values)})."
    )
    total_weeks = WeeksField(
        help_text="Totale wachttijd in weken. Null: niet bekend, of instromen kan alleen als een "
        "groep start."
    )
    stop_until = serializers.DateField(
        allow_null=True, help_text="Einde van de aanmeldstop, als dat bekend is."
    )
    state = serializers.CharField(help_text=STATE_HELP)
    provider = serializers.CharField(
        required=False, help_text="Naam van de aanbieder. Niet met kort=ja."
    )
    precision = serializers.CharField(
        required=False,
        help_text=f"Hoe precies het punt is ({', '.join(PointPrecision.values)}). "
        "Niet met kort=ja.",
    )
    measured_on = serializers.DateField(
        required=False, allow_null=True, help_text="Dag van de meting. Niet met kort=ja."
    )
    fresh = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="Of de meting nog telt. Null: nooit gemeten. Niet met kort=ja.",
    )
    details = serializers.URLField(
        required=False, help_text="Alles over dit aanbod, in deze API. Niet met kort=ja."
    )


class PointSerializer(serializers.Serializer):
    """Where it is."""

    type = serializers.CharField(help_text="Altijd Point.")
    coordinates = serializers.ListField(
        child=serializers.FloatField(),
        min_length=2,
        max_length=2,
        help_text="Lengtegraad en breedtegraad (WGS84), op een meter.",
    )


class FeatureSerializer(serializers.Serializer):
    """One offer at one location."""

    type = serializers.CharField(help_text="Altijd Feature.")
    geometry = PointSerializer(help_text="Het punt.")
    properties = PropertiesSerializer(help_text="Wat een kaart over het aanbod zegt.")


class FeatureCollectionSerializer(serializers.Serializer):
    """A map of offers (RFC 7946); for the document, as the answer itself is written by hand."""

    type = serializers.CharField(help_text="Altijd FeatureCollection.")
    features = FeatureSerializer(many=True, help_text="De punten, per aanbod en locatie.")


def feature_collection(
    offers: QuerySet[Offer],
    *,
    clocks: Clocks,
    absolute: Callable[[str], str],
    short: bool,
    box: Box | None = None,
) -> Iterator[bytes]:
    """Yield the offers that have a point, in a box; `absolute` makes a full address of a path.

    In parts, as bytes. `short` leaves out what a map can do without, or ask for once somebody
    points at an offer.
    One query of plain rows, of which each is written as JSON before the next is read: one city is
    tens of thousands of features, and as objects those take twenty times the memory of the answer.
    """
    # In one filter(): it is the same location that has a point and lies in the box.
    rows = (
        offers.filter(locations__lat__isnull=False, **_inside(box))
        .order_by("pk", "locations__id")
        .values_list(*COLUMNS)
    )
    api = None if short else absolute(reverse("api:offers"))
    begin = b'{"type":"FeatureCollection","features":['
    part = bytearray(begin)
    for number, row in enumerate(in_parts(rows, size=AT_ONCE)):
        part += b"," if number else b""
        part += orjson.dumps(_feature(row, clocks, api))
        if len(part) > PART:
            yield bytes(part)
            part.clear()
    yield bytes(part) + b"]}"


def _inside(box: Box | None) -> dict[str, tuple[float, float]]:
    if box is None:
        return {}
    return {
        "locations__lon__range": (box.west, box.east),
        "locations__lat__range": (box.south, box.north),
    }


def _wait_that_tells(
    status: str, weeks: Any, stop_until: Any, measured_on: Any, *, is_open: bool | None
) -> tuple[str, Any, Any, Any]:
    # One can join at any time, unless there is a group that says otherwise.
    if not status_tells_start(status, at_start=is_open is False):
        return WaitStatus.UNKNOWN.value, None, None, None
    return status, weeks, stop_until, measured_on


def _feature(row: tuple[Any, ...], clocks: Clocks, api: str | None) -> dict[str, Any]:
    pk, title, level, *wait, confirmed, first, last, is_open, provider, lon, lat, precision = row
    status, weeks, stop_until, measured_on = _wait_that_tells(*wait, is_open=is_open)
    facts = WaitFacts(level, status, weeks, measured_on, confirmed, first, last)
    state = wait_state(facts, clocks)
    properties: Properties = {
        "id": pk,
        "title": title,
        "level": level,
        "wait_status": status,
        "total_weeks": None if weeks is None else float(weeks),
        "stop_until": stop_until,
        "state": state.value,
    }
    if api is not None:
        properties |= {
            "provider": provider,
            "precision": precision,
            "measured_on": measured_on,
            "fresh": None if measured_on is None else state.counts,
            "details": f"{api}/{pk}",
        }
    point = [round(lon, DECIMALS), round(lat, DECIMALS)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": properties,
    }
