"""A small map drawn on the server: outlines, towns and one point. No tiles from elsewhere."""

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from django.utils.translation import gettext as _

from providers.enums import PointPrecision
from providers.models import Location, Town
from providers.reference import outlines_path

WIDTH, HEIGHT = 300, 170
# What the drawing shows from left to right.
METRES = 11_000
METRES_PER_DEGREE = 111_320
TOWNS = 7
LETTER, LINE = 6.2, 13

Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a town, and where it stands."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing of 300 by 170 with the same content in words."""

    summary: str
    outlines: str
    own: str
    towns: tuple[Label, ...]
    x: float
    y: float
    exact: bool
    scale: float


@dataclass(frozen=True, slots=True)
class _View:
    """Degrees to the drawing, around one point."""

    lat: float
    lon: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        per_metre = WIDTH / METRES
        east = (lon - self.lon) * math.cos(math.radians(self.lat)) * METRES_PER_DEGREE
        north = (lat - self.lat) * METRES_PER_DEGREE
        return round(WIDTH / 2 + east * per_metre, 1), round(HEIGHT / 2 - north * per_metre, 1)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, west, north and east of what is shown, in degrees."""
        up = METRES * HEIGHT / WIDTH / 2 / METRES_PER_DEGREE
        aside = METRES / 2 / METRES_PER_DEGREE / math.cos(math.radians(self.lat))
        return self.lat - up, self.lon - aside, self.lat + up, self.lon + aside


def sketch_of(location: Location | None) -> Sketch | None:
    """Draw where a location lies; None for one that is not on the map. One statement."""
    if location is None or location.lat is None or location.lon is None:
        return None
    view = _View(location.lat, location.lon)
    x, y = view.xy(location.lat, location.lon)
    shapes = list(_paths(view))
    exact = location.precision == PointPrecision.ADDRESS
    return Sketch(
        summary=_summary(location, exact=exact),
        outlines="".join(path for code, path in shapes if code != location.municipality_id),
        own="".join(path for code, path in shapes if code == location.municipality_id),
        towns=tuple(_labels(view)),
        x=x,
        y=y,
        exact=exact,
        scale=round(1000 * WIDTH / METRES, 1),
    )


def _summary(location: Location, *, exact: bool) -> str:
    place = ", ".join(filter(None, [location.street, location.town])) or location.provider.name
    words = _("Kaartje van de plek: %(place)s") if exact else _("Kaartje, ongeveer: %(place)s")
    return words % {"place": place}


def _paths(view: _View) -> Iterator[tuple[str, str]]:
    """Yield the outlines in view, each with the code of its municipality."""
    for code, ring in outlines_in(view.box):
        points = (view.xy(lat, lon) for lon, lat in ring)
        yield code, "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def outlines_in(box: tuple[float, float, float, float]) -> Iterator[tuple[str, Ring]]:
    """Yield the rings that meet a box (south, west, north, east), with their municipality."""
    south, west, north, east = box
    file = outlines_path()
    for outline in _read_outlines(file, file.stat().st_mtime_ns):
        if outline.south > north or outline.north < south:
            continue
        if outline.west > east or outline.east < west:
            continue
        yield outline.code, outline.ring


class _Outline(NamedTuple):
    """One ring of a municipality with the box around it, in degrees."""

    code: str
    ring: Ring
    south: float
    north: float
    west: float
    east: float


@functools.lru_cache(maxsize=1)
def _read_outlines(file: Path, _changed: int) -> list[_Outline]:
    """Read every outline; again only when the file changed."""
    found = []
    for feature in orjson.loads(file.read_bytes())["features"]:
        code = str(feature["properties"].get("code", ""))
        for ring in _outer_rings(feature["geometry"]):
            lats, lons = [point[1] for point in ring], [point[0] for point in ring]
            found.append(_Outline(code, ring, min(lats), max(lats), min(lons), max(lons)))
    return found


def _outer_rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    shapes = geometry["coordinates"]
    for part in [shapes] if geometry["type"] == "Polygon" else shapes:
        yield part[0]


def _labels(view: _View) -> Iterator[Label]:
    """Yield the largest towns in view whose names run into no other, nor the mark or scale."""
    south, west, north, east = view.box
    towns = Town.objects.filter(lat__range=(south, north), lon__range=(west, east))
    mark = _Area(WIDTH / 2 - 12, HEIGHT / 2 - 26, WIDTH / 2 + 12, HEIGHT / 2 + 8)
    taken = [mark, SCALE_BAR]
    shown = 0
    for town in towns.order_by("-inhabitants", "slug")[:30]:
        x, y = view.xy(town.lat, town.lon)
        area = _Area.of(town.name, x, y)
        if not area.fits or any(area.meets(other) for other in taken):
            continue
        taken.append(area)
        yield Label(x, y, town.name)
        shown += 1
        if shown == TOWNS:
            return


@dataclass(frozen=True, slots=True)
class _Area:
    """The room that a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, name: str, x: float, y: float) -> "_Area":
        half = len(name) * LETTER / 2
        return cls(x - half, y - LINE, x + half, y + 3)

    @property
    def fits(self) -> bool:
        return (
            self.left > 2 and self.right < WIDTH - 2 and self.top > 2 and self.bottom < HEIGHT - 2
        )

    def meets(self, other: "_Area") -> bool:
        apart = self.right < other.left or self.left > other.right
        return not (apart or self.bottom < other.top or self.top > other.bottom)


# Where the template draws how long a kilometre is.
SCALE_BAR = _Area(6, HEIGHT - 30, 46, HEIGHT - 6)
