"""The place in a line: a postcode, or a town or municipality by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import dist
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Sum

from providers.models import PostalArea, Town
from providers.text.kept import Kept
from providers.text.lexicon import function_words, lines_of
from search.understanding.line import Line

PLACES_SECONDS = 300
PLACE_WORDS = frozenset({"in", "uit", "te", "bij", "omgeving", "gemeente", "regio"})
LONGEST_NAME = 5
# From this many inhabitants a town far away is recognised without a word before it; and so is
# any town this near to one of the region: people go to school and to the doctor there.
WELL_KNOWN = 20_000
NEIGHBOURING = 10_000  # metres
# There is a hamlet of this name, and nearly always something else is meant: poept in broek.
NEVER_MEANT = frozenset({"nederland", "broek", "winkel", "anderen", "meppen", "zetten"})
# Before a name that is a verb as well: te kampen hebben met.
BEFORE_VERB = "te"
DIGITS = re.compile(r"[1-9]\d{3}$")
DIGITS_AND_LETTERS = re.compile(r"([1-9]\d{3})[a-z]{2}$")


@dataclass(frozen=True, slots=True)
class Places:
    """Every town by its name (slug, municipality), and every postcode (municipality)."""

    towns: dict[str, tuple[str, str]]
    near: frozenset[str]
    well_known: frozenset[str]
    postcodes: dict[str, str]
    words: frozenset[str]
    near_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with its municipality and where in the line it stands."""

    key: str
    municipality: str
    positions: frozenset[int]


def find_place(line: Line) -> FoundPlace | None:
    """Return the place a line names: a postcode first, else the longest name."""
    known = places.get()
    return _postcode(line, known) or _town(line, known)


def _postcode(line: Line, known: Places) -> FoundPlace | None:
    for at, token in enumerate(line):
        full = DIGITS_AND_LETTERS.match(token.word)
        code = full.group(1) if full else token.word
        if code in known.postcodes and DIGITS.match(code):
            after = line[at + 1].word if at + 1 < len(line) else ""
            letters = not full and len(after) == 2 and after.isalpha() and not line[at + 1].weak
            end = at + 2 if letters else at + 1
            return FoundPlace(code, known.postcodes[code], frozenset(range(at, end)))
    return None


def _town(line: Line, known: Places) -> FoundPlace | None:
    words = [token.word for token in line]
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            place = known.towns.get(name)
            if place and _is_meant(name, words[start - 1] if start else "", known):
                positions = frozenset(range(start, start + size))
                return FoundPlace(*place, positions)
    return None


def _is_meant(name: str, before: str, known: Places) -> bool:
    """Many towns are named like ordinary words (Best, Een): near, or after 'in', they count."""
    ordinary = name in lines_of("ordinary_towns.txt")
    if name in NEVER_MEANT or (name in function_words() and not ordinary):
        return False
    if ordinary and before == BEFORE_VERB:
        return False
    if name in known.near or before in PLACE_WORDS:
        return True
    return name in known.well_known and not ordinary


def _fingerprint() -> tuple[object, ...]:
    towns = Town.objects.aggregate(rows=Count("pk"), people=Sum("inhabitants"), x=Sum("rd_x"))
    areas = PostalArea.objects.aggregate(rows=Count("pk"), x=Sum("rd_x"))
    return (settings.REGION_CODE, *towns.values(), *areas.values())


def _build() -> Places:
    towns: dict[str, tuple[str, str]] = {}
    near: set[str] = set()
    well_known: set[str] = set()
    rows = sorted(_town_rows(), key=_best_namesake_first)
    ours = [row.point for row in rows if row.region == settings.REGION_CODE]
    for row in rows:
        towns.setdefault(row.key, (row.slug, row.municipality))
        if row.region == settings.REGION_CODE:
            near.add(row.key)
        if (row.people or 0) >= WELL_KNOWN or _is_neighbour(row, ours):
            well_known.add(row.key)
    return Places(
        towns,
        frozenset(near),
        frozenset(well_known),
        postcodes=dict(PostalArea.objects.values_list("code", "municipality")),
        words=frozenset(word for name in towns for word in name.split()),
        near_words=frozenset(word for name in near for word in name.split()),
    )


class TownRow(NamedTuple):
    """What is known of a town; its point in metres (RD)."""

    key: str
    slug: str
    municipality: str
    region: str
    people: int | None
    x: int | None
    y: int | None

    @property
    def point(self) -> tuple[int, int] | None:
        """Where it lies, if that is known."""
        return None if self.x is None or self.y is None else (self.x, self.y)


def _town_rows() -> Iterable[TownRow]:
    columns = ("key", "slug", "municipality", "municipality__region", "inhabitants")
    return map(TownRow._make, Town.objects.order_by().values_list(*columns, "rd_x", "rd_y"))


def _best_namesake_first(row: TownRow) -> tuple[bool, int, str]:
    """Of two towns with one name, the one in this region is meant; else the larger."""
    return (row.region != settings.REGION_CODE, -(row.people or 0), row.slug)


def _is_neighbour(row: TownRow, ours: list[tuple[int, int] | None]) -> bool:
    point = row.point
    return point is not None and any(dist(point, other) <= NEIGHBOURING for other in ours if other)


places = Kept("places", seconds=PLACES_SECONDS, fingerprint=_fingerprint, build=_build)
