"""The map as a still picture: outlines of municipalities and a numbered pin per result."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from providers.models import Offer
from search.handout.sketch import outlines_in

WIDTH, HEIGHT = 360, 420
# Room around the outermost pins, in pixels.
MARGIN = 40
PIN_HEIGHT = 26
# Between a pin and the edge of the picture, for the line around it.
EDGE = 2
METRES_PER_DEGREE = 111_320
# Never closer than this from left to right: a few streets say nothing without their names.
LEAST_METRES = 6_000
# The middle of the country, when nothing has a place.
MIDDLE = (52.1, 5.3)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """A point with the numbers of the results that are there, in order."""

    x: float
    y: float
    numbers: tuple[int, ...]

    @classmethod
    def within(cls, x: float, y: float, numbers: tuple[int, ...]) -> "Pin":
        """Return a pin as near to a point as it can be with all of its numbers in the picture."""
        half = min(cls(x, y, numbers).width / 2 + EDGE, WIDTH / 2)
        return cls(min(max(x, half), WIDTH - half), y, numbers)

    @property
    def label(self) -> str:
        """Return its numbers, of three or more in a row the first and the last: '3 · 6-10'."""
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return " · ".join(map(_words_of, runs))

    @property
    def width(self) -> int:
        """Return how wide the pin has to be for its numbers, in pixels."""
        return 18 + 8 * len(self.label)

    def meets(self, other: "Pin") -> bool:
        """Whether the two would lie over each other."""
        apart = abs(self.x - other.x) - (self.width + other.width) / 2
        return apart < 0 and abs(self.y - other.y) < PIN_HEIGHT

    @property
    def left(self) -> float:
        """Return where it begins from the left."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """Return where it begins from the top."""
        return round(self.y - PIN_HEIGHT / 2, 1)


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of WIDTH by HEIGHT pixels; `own` is the outline of the municipality asked for."""

    width: int
    height: int
    outlines: str
    own: str
    pins: Sequence[Pin]


@dataclass(frozen=True, slots=True)
class View:
    """Degrees to the picture: what is in the middle, and pixels per metre."""

    lat: float
    lon: float
    scale: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "View":
        """Return the closest view with all these points in it."""
        lats = [lat for lat, _lon in points] or [MIDDLE[0]]
        lons = [lon for _lat, lon in points] or [MIDDLE[1]]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        high = (max(lats) - min(lats)) * METRES_PER_DEGREE
        wide = (max(lons) - min(lons)) * METRES_PER_DEGREE * math.cos(math.radians(lat))
        wide = max(wide, LEAST_METRES)
        scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / max(high, 1))
        return cls(lat, lon, scale)

    def xy(self, lat: float, lon: float) -> Point:
        """Return where a point lies in the picture."""
        east = (lon - self.lon) * METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * METRES_PER_DEGREE
        return round(WIDTH / 2 + east * self.scale, 1), round(HEIGHT / 2 - north * self.scale, 1)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """South, west, north and east of the picture, in degrees."""
        up = HEIGHT / 2 / self.scale / METRES_PER_DEGREE
        aside = WIDTH / 2 / self.scale / METRES_PER_DEGREE / math.cos(math.radians(self.lat))
        return self.lat - up, self.lon - aside, self.lat + up, self.lon + aside


def still_of(offers: Sequence[int], *, first: int, municipality: str) -> Still:
    """Draw where these offers are, numbered from `first` in this order. One statement."""
    places = _places(offers)
    number_of = {offer: number for number, offer in enumerate(offers, first)}
    view = View.around([(lat, lon) for _offer, lat, lon in places])
    shapes = list(_paths(view))
    return Still(
        width=WIDTH,
        height=HEIGHT,
        outlines="".join(path for code, path in shapes if code != municipality),
        own="".join(path for code, path in shapes if code == municipality),
        pins=_pins((number_of[offer], view.xy(lat, lon)) for offer, lat, lon in places),
    )


def _places(offers: Sequence[int]) -> list[tuple[int, float, float]]:
    """Return the first place of each of these offers that everybody may see."""
    rows = (
        Offer.objects.visible()
        .filter(pk__in=offers, locations__lat__isnull=False)
        .order_by("pk", "locations__town", "locations__street", "locations__pk")
        .values_list("pk", "locations__lat", "locations__lon")
    )
    found: dict[int, tuple[int, float, float]] = {}
    for row in rows:
        found.setdefault(row[0], row)
    return list(found.values())


def _pins(places: Iterable[tuple[int, Point]]) -> list[Pin]:
    """Return a pin per point; what would lie over another shares one."""
    pins: list[Pin] = []
    for number, (x, y) in sorted(places):
        pin = Pin.within(x, y, (number,))
        while over := next((other for other in pins if pin.meets(other)), None):
            pins.remove(over)
            pin = Pin.within(over.x, over.y, tuple(sorted((*over.numbers, *pin.numbers))))
        pins.append(pin)
    return pins


def _words_of(run: Sequence[int]) -> str:
    return f"{run[0]}-{run[-1]}" if len(run) > 2 else " · ".join(map(str, run))


def _paths(view: View) -> Iterator[tuple[str, str]]:
    """Yield the outlines in view, each with the code of its municipality."""
    for code, ring in outlines_in(view.box):
        points = (view.xy(lat, lon) for lon, lat in ring)
        yield code, "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"
