"""The outlines of a region drawn on the server: no script, no tiles, and it prints."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from providers.geography.geometry import to_grid
from providers.reference import outlines_path

WIDTH = 640
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one municipality on the drawing, and where its letter stands."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The outlines of some municipalities, scaled to a drawing of this size."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def features_of(codes: Collection[str]) -> list[dict[str, Any]]:
    """Return the GeoJSON features of these municipalities."""
    file = outlines_path()
    every = _read(file, file.stat().st_mtime_ns)
    return [every[code] for code in sorted(codes) if code in every]


@functools.lru_cache(maxsize=1)
def _read(file: Path, _changed: int) -> dict[str, dict[str, Any]]:
    """Read every outline by code; again only when the file changed."""
    features = orjson.loads(file.read_bytes())["features"]
    return {str(one["properties"].get("code", "")): one for one in features}


def drawing_of(codes: Collection[str]) -> Drawing:
    """Draw the outlines of these municipalities, north up."""
    rings = {one["properties"]["code"]: _rings(one["geometry"]) for one in features_of(codes)}
    points = [point for some in rings.values() for ring in some for point in ring]
    if not points:
        return Drawing(WIDTH, 0, ())
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    scale = (WIDTH - 2 * MARGIN) / max(max(xs) - min(xs), 1)
    height = round((max(ys) - min(ys)) * scale) + 2 * MARGIN

    def at(x: float, y: float) -> tuple[float, float]:
        return round(MARGIN + (x - min(xs)) * scale, 1), round(MARGIN + (max(ys) - y) * scale, 1)

    return Drawing(
        WIDTH,
        height,
        tuple(
            _shape(code, [[at(x, y) for x, y in ring] for ring in some])
            for code, some in rings.items()
        ),
    )


def _shape(code: str, rings: list[list[tuple[float, float]]]) -> Shape:
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)
    x, y = _middle(max(rings, key=len))
    return Shape(code, path, x, y)


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    double, east, south = 0.0, 0.0, 0.0
    for (x, y), (right, below) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x * below - right * y
        double, east, south = (
            double + cross,
            east + (x + right) * cross,
            south + (y + below) * cross,
        )
    if not double:
        return ring[0]
    return round(east / (3 * double), 1), round(south / (3 * double), 1)


def _rings(geometry: dict[str, Any]) -> list[list[tuple[int, int]]]:
    shapes = geometry["coordinates"]
    parts = [shapes] if geometry["type"] == "Polygon" else shapes
    return [[tuple(to_grid(lat, lon)) for lon, lat, *_height in part[0]] for part in parts]  # type: ignore[misc]
