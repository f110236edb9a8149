"""Where a row is: municipality codes and place names of a file, on today's map.

Municipalities merged since the file was made are followed to their successor by a table
(fixtures/import/opvolgers_gemeenten.csv); one that was split is not guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from importing.pipeline.tables import read_table
from providers.enums import PointPrecision
from providers.models import Municipality, Town
from providers.vocabulary.words import normalise


@dataclass(frozen=True, slots=True)
class Spot:
    """A town or municipality with the middle of it; degrees and metres as in the domain."""

    name: str
    municipality: str
    lat: float
    lon: float
    rd_x: int
    rd_y: int
    precision: PointPrecision


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where a row is: municipalities served (CBS codes), and one spot."""

    municipalities: tuple[str, ...]
    spot: Spot | None


class Gazetteer:
    """Finds towns and municipalities by name or code."""

    @classmethod
    def of_database(cls) -> "Gazetteer":
        """Return a gazetteer of the towns and municipalities in the database."""
        towns = (_spot(town, town.municipality_id) for town in Town.objects.all())
        return cls(towns, (_spot(item, item.code) for item in Municipality.objects.all()))

    def __init__(self, towns: Iterable[Spot], municipalities: Iterable[Spot]) -> None:
        self._by_code = {spot.municipality: spot for spot in municipalities}
        self._towns: dict[str, list[Spot]] = defaultdict(list)
        for town in towns:
            self._towns[_key(town.name)].append(town)
        self._named = {_key(spot.name.split(" (")[0]): spot for spot in self._by_code.values()}

    def place_of(
        self, *, town: str = "", location_name: str = "", municipality_codes: Iterable[str] = ()
    ) -> Place:
        """Say where a row is, by what its file tells; unknown parts stay empty.

        Codes have four digits, as in the year of the file, and go before names.
        """
        served = tuple(filter(None, map(self._current, municipality_codes)))
        if served:
            return Place(served, self._spot_in(town, served))
        exact = town or _after_location_word(location_name)
        spots = self._spots_in_text(exact) or self._spots_in_text(location_name)
        codes = tuple(dict.fromkeys(spot.municipality for spot in spots))
        return Place(codes, spots[0] if len(spots) == 1 else None)

    def _current(self, code: str) -> str:
        current = f"GM{code}"
        return current if current in self._by_code else successors().get(code, "")

    def _spot_in(self, town: str, codes: tuple[str, ...]) -> Spot | None:
        """The town within these municipalities, else the one municipality itself."""
        known = [spot for spot in self._towns.get(_key(town), ()) if spot.municipality in codes]
        if known:
            return known[0]
        return self._by_code.get(codes[0]) if len(codes) == 1 else None

    def _spots_in_text(self, text: str) -> list[Spot]:
        """Every town (or municipality) that a part of ``text`` starts or ends with."""
        found: dict[str, Spot] = {}
        for part in re.split(r"[,/()]|\ben\b| - ", text):
            if spot := self._named_in(_key(part).split()):
                found.setdefault(spot.name, spot)
        return list(found.values())

    def _named_in(self, words: list[str]) -> Spot | None:
        """The longest name at the start of ``words``, else the longest at their end."""
        for length in range(len(words), 0, -1):
            for part in (words[:length], words[-length:]):
                if spot := self._unique(" ".join(part)):
                    return spot
        return None

    def _unique(self, name: str) -> Spot | None:
        """The town of this name; of several the one in the municipality of the same name."""
        key = _key(name)
        same, namesake = self._towns.get(key, []), self._named.get(key)
        if namesake:
            here = [spot for spot in same if spot.municipality == namesake.municipality]
            return here[0] if here else namesake
        return same[0] if len({spot.municipality for spot in same}) == 1 else None


def _spot(item: Town | Municipality, municipality: str) -> Spot:
    precision = PointPrecision.TOWN if isinstance(item, Town) else PointPrecision.MUNICIPALITY
    return Spot(item.name, municipality, item.lat, item.lon, item.rd_x, item.rd_y, precision)


@lru_cache(maxsize=1)
def successors() -> dict[str, str]:
    """Return today's code (GMdddd) of each old four-digit code that went over as a whole."""
    return {row["oud"]: row["nieuw"] for row in read_table("opvolgers_gemeenten.csv")}


def _key(name: str) -> str:
    plain = normalise(name).removeprefix("s ")
    return {"den bosch": "hertogenbosch", "den haag": "gravenhage"}.get(plain, plain)


def _after_location_word(text: str) -> str:
    """Return what follows the last "loc.", "regio" or "Gemeente", else the whole text."""
    return re.split(r"\b(?:hoofdlocatie|locatie|loc\.|[Rr]egio\.?|[Gg]emeente)\s", text)[-1]
