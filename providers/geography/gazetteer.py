"""Every place of the reference data by every name it goes by, in memory.

What people type is compared here and never sent to the database: it may hold something else, and
statements can end up in a log.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import Length

from providers.models import Municipality, PostalArea, Town
from providers.vocabulary.text.memory import Cached
from providers.vocabulary.words import normalise

SECONDS = 300
AREA = (
    "code",
    "town",
    "municipality",
    "municipality__name",
    "rd_x",
    "rd_y",
    "municipality__region",
)
TOWN = (
    *("key", "name", "slug", "municipality", "municipality__name", "municipality__region"),
    *("inhabitants", "rd_x", "rd_y"),
)
# A hamlet has this name, and whoever types it means the country: read with its municipality only.
COUNTRY = "nederland"
# Also the name of a province, so what is written back says which village was found.
PROVINCE = "zeeland"
# One way to write what people write in several, in normalised words: (what, as what).
SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\b(?:aan (?:de[nr]?|het|t)|a d|ad)\b", "aan"),
        (r"\b(?:op (?:de[nr]?|het|t)|o d)\b", "op"),
        (r"\b(?:bij|b) ", "bij "),
        (r"\ben\b", ""),
        (r"\b(?:st|sint)\b", "sint"),
        (r"^het\b", "t"),
        (r"\bnoord holland$", "nh"),
        (r"\bzuid holland$", "zh"),
        (r"\bnoord brabant$", "nb"),
        (r"\bgelderland$", "gld"),
        (r"\b(?:limburg|lb)$", "l"),
        (r"\b(?:overijssel|ov)$", "o"),
    )
)
# What those are made of: words that a name may be written with.
SPELLED_WITH = frozenset(
    word for pattern, _instead in SPELLINGS for word in re.findall(r"[a-z]+", pattern.pattern)
) | {"den", "der", "lb"}


@dataclass(frozen=True, slots=True)
class Place:
    """A point people search around, in the municipality whose contracts count.

    `key` and `label` both read back as this place: the first stands in addresses, the second in
    fields and on chips.
    """

    key: str
    label: str
    municipality: str
    municipality_name: str
    x: int
    y: int
    region: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether it lies outside the youth region of this site."""
        return self.region != settings.REGION_CODE


class Entry(NamedTuple):
    """One name of a town or municipality; its point in metres (RD)."""

    key: str
    name: str
    slug: str
    municipality: str
    municipality_name: str
    region: str
    people: int | None
    x: int
    y: int

    @property
    def full_key(self) -> str:
        """The name with the municipality behind it, which is never that of another place."""
        return f"{self.key} {normalise(self.municipality_name)}"

    @property
    def is_of_municipality(self) -> bool:
        """Whether the municipality is called after this place: Bergen in Bergen (NH.)."""
        return self.key == bare(self.municipality_name)


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The places by what they are called.

    `names` by normalised name, slug or name with municipality; of namesakes the one in this
    region, else the largest. `loose` the same by `loosened` name. `municipal` by the name of a
    municipality without what stands behind it in brackets. `postal` by four digits, with the
    town. `entries` in order of preference.
    """

    entries: tuple[Entry, ...]
    names: Mapping[str, Place]
    loose: Mapping[str, Place]
    municipal: Mapping[str, Place]
    postal: Mapping[str, Place]
    postal_towns: Mapping[str, str]

    def place_of(self, entry: Entry) -> Place:
        """Return the place for one of the entries."""
        return self.names[entry.full_key]


def bare(municipality_name: str) -> str:
    """Return the normalised name without what tells it from a namesake: Bergen (NH.)."""
    return normalise(municipality_name.partition(" (")[0])


def loosened(text: str) -> str:
    """Return a name the same for every way people write it: a/d Rijn, aan de Rijn; &, en."""
    name = normalise(text)
    for pattern, instead in SPELLINGS:
        name = pattern.sub(instead, name)
    return " ".join(name.split())


# --- built from the reference data ---------------------------------------------------------------


def _build() -> Gazetteer:
    entries = tuple(sorted(_entries(), key=_best_namesake_first))
    found = _by_name(entries)
    places = _places(entries, found)
    names = {name: places[entry] for name, entry in found.items()}
    areas = list(PostalArea.objects.order_by().values_list(*AREA))
    return Gazetteer(
        entries,
        names=names,
        loose=_loosened(names),
        municipal={name: names[one.full_key] for name, one in _municipal(entries).items()},
        postal={code: Place(code, f"{code} {town}", *rest) for code, town, *rest in areas},
        postal_towns={code: town for code, town, *_rest in areas},
    )


def _entries() -> Iterable[Entry]:
    """Return the towns, and the municipalities without a town of their name."""
    towns = [Entry._make(row) for row in Town.objects.order_by().values_list(*TOWN)]
    yield from towns
    known = {(town.municipality, town.key) for town in towns}
    for area in Municipality.objects.order_by():
        key = normalise(area.name)
        if (area.code, key) not in known:
            own = (area.code, area.name, area.region_id, area.inhabitants, area.rd_x, area.rd_y)
            yield Entry(key, area.name, area.slug, *own)


def _best_namesake_first(entry: Entry) -> tuple[bool, int, str]:
    return (entry.region != settings.REGION_CODE, -(entry.people or 0), entry.slug)


def _by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the entries by each name; a name of its own goes before a name in addresses."""
    found: dict[str, Entry] = {}
    for entry in entries:
        name = normalise(entry.municipality_name)
        if entry.is_of_municipality and entry.key != name:  # Bergen NH is the town Bergen there
            found.setdefault(name, entry)
    own = [(entry.key, entry) for entry in entries]
    in_addresses = [(entry.slug.replace("-", " "), entry) for entry in entries]
    for name, entry in [*own, *in_addresses]:
        if name != COUNTRY:
            found.setdefault(name, entry)
    for entry in entries:
        found[entry.full_key] = _reached(entry, found)
    return found


def _reached(entry: Entry, found: Mapping[str, Entry]) -> Entry:
    """Return what a name stands for where one municipality has two entries under it."""
    other = found.get(entry.key, entry)
    return other if other.municipality == entry.municipality else entry


def _places(entries: Iterable[Entry], found: Mapping[str, Entry]) -> dict[Entry, Place]:
    municipalities: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        municipalities[entry.key].add(entry.municipality)
    return {
        entry: _place(entry, found, has_namesakes=len(municipalities[entry.key]) > 1)
        for entry in entries
    }


def _place(entry: Entry, found: Mapping[str, Entry], *, has_namesakes: bool) -> Place:
    # Read with other eyes (another region, more towns) a bare name can be that of a namesake.
    is_clear = found.get(entry.slug.replace("-", " ")) == entry
    return Place(
        key=entry.slug if is_clear else entry.full_key.replace(" ", "-"),
        label=_label(entry, found, has_namesakes=has_namesakes),
        municipality=entry.municipality,
        municipality_name=entry.municipality_name,
        x=entry.x,
        y=entry.y,
        region=entry.region,
    )


def _label(entry: Entry, found: Mapping[str, Entry], *, has_namesakes: bool) -> str:
    """Return the name, with its municipality where another place is called the same."""
    is_first = found.get(entry.key) == entry
    if is_first and not has_namesakes and entry.key != PROVINCE:
        return entry.name
    if is_first and entry.name == entry.municipality_name:
        return entry.name
    if found.get(normalise(entry.municipality_name)) == entry:
        return entry.municipality_name
    return f"{entry.name} ({entry.municipality_name})"


def _municipal(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.is_of_municipality or entry.key == normalise(entry.municipality_name):
            found.setdefault(bare(entry.municipality_name), entry)
    return found


def _loosened(names: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places by loosened name, and by that without spaces.

    Of two ways to write one name that of the municipality is written back: Alphen aan den Rijn.
    """
    found: dict[str, Place] = {}
    official = {name: one for name, one in names.items() if one.label == one.municipality_name}
    for name, place in [*official.items(), *names.items()]:
        found.setdefault(loosened(name), place)
    for name, place in list(found.items()):
        found.setdefault(name.replace(" ", ""), place)
    found.pop(COUNTRY, None)
    return found


def _fingerprint() -> tuple[object, ...]:
    marks: list[object] = [settings.REGION_CODE]
    for model, name in ((Town, "slug"), (Municipality, "slug"), (PostalArea, "town")):
        found = model._default_manager.order_by().aggregate(
            rows=Count("pk"), x=Sum("rd_x"), first=Min(name), last=Max(name), size=Sum(Length(name))
        )
        marks += found.values()
    return (*marks, Town.objects.aggregate(people=Sum("inhabitants"))["people"])


gazetteer = Cached("gazetteer", seconds=SECONDS, fingerprint=_fingerprint, build=_build)
