"""Distances and map coordinates without a geographic database.

Points are stored twice: as WGS84 degrees, which the map and other systems speak, and as
integer metres in the Dutch national grid (RD, EPSG:28992), in which a distance is plain
Pythagoras and a map view is two ranges. The conversion is the published polynomial
approximation of RDNAPTRANS by Schreutelkamp and Strang van Hees: about 0.5 m off, at most
1 m, within the Netherlands. Outside the country it means nothing, hence :func:`in_netherlands`.

Everything here is pure: it reads no database and keeps no state.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

# Amersfoort, the origin of the grid, in both systems.
ORIGIN_LAT, ORIGIN_LON = 52.15517440, 5.38720621
ORIGIN_X, ORIGIN_Y = 155_000, 463_000
# The rectangle around the country, in degrees.
SOUTH, NORTH, WEST, EAST = 50.7, 53.7, 3.2, 7.3

# Each term is (power of dlat, power of dlon, coefficient); d = 0.36 × degrees from the origin.
_X_TERMS = (
    (0, 1, 190094.945), (1, 1, -11832.228), (2, 1, -114.221), (0, 3, -32.391),
    (1, 0, -0.705), (3, 1, -2.340), (1, 3, -0.608), (0, 2, -0.008), (2, 3, 0.148),
)  # fmt: skip
_Y_TERMS = (
    (1, 0, 309056.544), (0, 2, 3638.893), (2, 0, 73.077), (1, 2, -157.984), (3, 0, 59.788),
    (0, 1, 0.433), (2, 2, -6.439), (1, 1, -0.032), (0, 4, 0.092), (1, 4, -0.054),
)  # fmt: skip
# The way back: (power of dx, power of dy, arc seconds); d = metres from the origin / 100,000.
_LAT_TERMS = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550),
    (2, 2, -0.01709), (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033),
    (1, 1, -0.00012),
)  # fmt: skip
_LON_TERMS = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594),
    (3, 1, -0.05607), (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022),
    (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip


Corner = tuple[float, float]


class GridPoint(NamedTuple):
    """A point in the national grid: whole metres east (x) and north (y)."""

    x: int
    y: int


class Degrees(NamedTuple):
    """A WGS84 point, in degrees, rounded to six decimals (a decimetre)."""

    lat: float
    lon: float


class Box(NamedTuple):
    """A rectangle in the national grid, whole metres, edges included."""

    min_x: int
    min_y: int
    max_x: int
    max_y: int

    def contains(self, point: GridPoint) -> bool:
        """Whether the point lies in the box or on its edge."""
        return self.min_x <= point.x <= self.max_x and self.min_y <= point.y <= self.max_y


def to_grid(lat: float, lon: float) -> GridPoint:
    """Convert WGS84 degrees to national grid metres.

    Raises ValueError or OverflowError for numbers that are no place on earth.
    """
    dlat, dlon = 0.36 * (lat - ORIGIN_LAT), 0.36 * (lon - ORIGIN_LON)
    return GridPoint(
        round(ORIGIN_X + _polynomial(_X_TERMS, dlat, dlon)),
        round(ORIGIN_Y + _polynomial(_Y_TERMS, dlat, dlon)),
    )


def to_degrees(x: float, y: float) -> Degrees:
    """Convert national grid metres to WGS84 degrees."""
    dx, dy = (x - ORIGIN_X) / 100_000, (y - ORIGIN_Y) / 100_000
    return Degrees(
        round(ORIGIN_LAT + _polynomial(_LAT_TERMS, dx, dy) / 3600, 6),
        round(ORIGIN_LON + _polynomial(_LON_TERMS, dx, dy) / 3600, 6),
    )


def in_netherlands(lat: float, lon: float) -> bool:
    """Whether a WGS84 point lies in the rectangle in which the conversion holds."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def box_of(points: Iterable[GridPoint], margin: int = 0) -> Box:
    """The smallest box that holds all points, widened by ``margin`` metres on every side.

    Raises ValueError when there are no points.
    """
    xs, ys = zip(*points, strict=True)
    return Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def box_from_degrees(south: float, west: float, north: float, east: float) -> Box:
    """The grid box that covers a map view given in degrees.

    The grid is turned a little against the meridians, so all four corners count; and a
    parallel hangs lowest where it crosses the middle meridian of the grid.
    """
    middle = min(max(ORIGIN_LON, west), east)
    edge = (to_grid(lat, lon) for lat in (south, north) for lon in (west, middle, east))
    return box_of(edge, margin=1)


def squared_distance(a: GridPoint, b: GridPoint) -> int:
    """The square of the distance in metres: enough to compare with, and exact."""
    return (a.x - b.x) ** 2 + (a.y - b.y) ** 2


def distance(a: GridPoint, b: GridPoint) -> int:
    """The distance in whole metres, as the crow flies."""
    return round(math.sqrt(squared_distance(a, b)))


def distance_words(metres: float) -> str:
    """Say a distance as people do: ``0,4 km``, ``1,8 km``, ``12 km``.

    Tenths of a kilometre up to ten, and never 0. Never in metres: the points behind it are often
    the middle of a postcode area.
    """
    hundreds = max(1, round(metres / 100))
    decimals = 1 if hundreds < 100 and hundreds % 10 else 0
    return _("%(kilometres)s km") % {"kilometres": number_format(hundreds / 10, decimals)}


def simplify_rings(
    rings: list[list[Corner]], tolerance: float, *, x_scale: float = 1.0
) -> list[list[Corner]]:
    """Leave out corners of closed rings, keeping borders that rings share the same for both.

    Rings are cut where borders meet, and every stretch between is simplified by itself
    (Douglas and Peucker): no corner left out lay further than ``tolerance`` from the line.
    Lengths count in units of y; an x counts ``x_scale`` of those, so that degrees can be used.
    A ring that shrinks to nothing comes back empty.
    """
    neighbours = _neighbours(rings)
    simplified = []
    for ring in rings:
        points: list[Corner] = []
        for stretch in _stretches(ring, neighbours):
            points += _simplify_stretch(stretch, tolerance, x_scale)[:-1]
        simplified.append([*points, points[0]] if len(set(points)) > 2 else [])
    return simplified


def _neighbours(rings: list[list[Corner]]) -> dict[Corner, set[Corner]]:
    neighbours: dict[Corner, set[Corner]] = {}
    for a, b in (pair for ring in rings for pair in pairwise(ring)):
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    return neighbours


def _stretches(ring: list[Corner], neighbours: dict[Corner, set[Corner]]) -> Iterator[list[Corner]]:
    corners = ring[:-1]
    # A corner inside a border has the same two neighbours for the rings on either side.
    meets = [i for i, corner in enumerate(corners) if len(neighbours[corner]) != 2]
    # A ring that meets no other border is cut at a corner anyone would choose.
    cuts = meets or [corners.index(min(corners))]
    for start, end in pairwise([*cuts, cuts[0] + len(corners)]):
        yield [corners[i % len(corners)] for i in range(start, end + 1)]


def _simplify_stretch(line: list[Corner], tolerance: float, x_scale: float) -> list[Corner]:
    # From either side the same stretch is walked in the same direction: ties fall the same way.
    turned = line[::-1] < line
    walk = line[::-1] if turned else line
    keep = {0, len(walk) - 1}
    spans = [(0, len(walk) - 1)]
    while spans:
        first, last = spans.pop()
        offsets = [
            (_offset(walk[i], walk[first], walk[last], x_scale), i) for i in range(first + 1, last)
        ]
        furthest, middle = max(offsets, default=(0.0, 0))
        if furthest > tolerance:
            keep.add(middle)
            spans += [(first, middle), (middle, last)]
    points = [walk[i] for i in sorted(keep)]
    return points[::-1] if turned else points


def _offset(point: Corner, start: Corner, end: Corner, x_scale: float) -> float:
    """The distance from a point to a line piece."""
    px, py = (point[0] - start[0]) * x_scale, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * x_scale, end[1] - start[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
    return math.hypot(px - along * dx, py - along * dy)


def _polynomial(terms: tuple[tuple[int, int, float], ...], a: float, b: float) -> float:
    return math.fsum(factor * a**p * b**q for p, q, factor in terms)
