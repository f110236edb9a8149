"""The outlines that a map of one region needs: its own municipalities, and those around it."""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from providers.reference import outlines_path

# In degrees: some twenty kilometres north and south, fifteen east and west.
AROUND = 0.2

Box = tuple[float, float, float, float]


def outlines_around_region() -> bytes:
    """Return the outlines in and around the region of this site as GeoJSON; all without one."""
    file = outlines_path()
    return _around(file, file.stat().st_mtime_ns, settings.REGION_CODE)


@functools.lru_cache(maxsize=4)
def _around(file: Path, _changed: int, region: str) -> bytes:
    content = file.read_bytes()
    every = orjson.loads(content)
    boxes = [_box(one) for one in every["features"]]
    own = [
        box
        for box, one in zip(boxes, every["features"], strict=True)
        if one["properties"].get("region") == region
    ]
    if not own:
        return content
    west, south, east, north = (
        min(box[0] for box in own) - AROUND,
        min(box[1] for box in own) - AROUND,
        max(box[2] for box in own) + AROUND,
        max(box[3] for box in own) + AROUND,
    )
    near = [
        one
        for (left, low, right, high), one in zip(boxes, every["features"], strict=True)
        if left <= east and right >= west and low <= north and high >= south
    ]
    return orjson.dumps(every | {"features": near})


def _box(feature: dict[str, Any]) -> Box:
    """Return west, south, east and north of an outline."""
    points = list(_points(feature["geometry"]["coordinates"]))
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _points(coordinates: list[Any]) -> Iterator[list[float]]:
    for one in coordinates:
        if isinstance(one[0], list):
            yield from _points(one)
        else:
            yield one
