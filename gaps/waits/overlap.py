"""Which lines of a municipality would, beside those of another place, give a hidden line.

Everybody can see which offers serve which municipality. So where the offers measured in Leiden are
those of the region less the three of Katwijk, both numbers give the three that Katwijk hides.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import blake2b
from itertools import chain, groupby

from gaps.waits.hiding import hides_of
from providers.enums import SPECIALIST_KINDS, CareLevel, HelpKind, WaitMethod
from providers.models import Municipality, ServiceArea
from providers.models.base import in_parts
from providers.rules.small_numbers import is_small
from providers.statistics import (
    Figures,
    LineKey,
    Measured,
    Quarter,
    Row,
    complete,
    measurements,
)

# The offers measured, per line that a place has.
Sets = Mapping[LineKey, frozenset[int]]
Part = tuple[Quarter, WaitMethod]


def withheld_in(
    municipality: Municipality,
    rows: Iterable[Measured],
    *,
    since: dt.date,
    until: dt.date,
    kind: str = "",
) -> frozenset[LineKey]:
    """Return the lines of a municipality, of which these are the rows, to hide: two statements."""
    region = municipality.region_id
    found = measurements(region=region, kind=kind, since=since, until=until)  # 1.
    around = sets_of(complete(found, ()))
    serving: dict[str, set[int]] = defaultdict(set)
    areas = ServiceArea.objects.current(until).filter(municipality__region=region).order_by()
    for code, offer in in_parts(areas.values_list("municipality", "offer")):  # 2.
        serving[code].add(offer)
    serving.pop(municipality.pk, None)
    # One at a time: together they are many times the region.
    others = (_of_these(around, offers) for offers in serving.values())
    return given_away(sets_of(rows), chain([around], others))


def sets_of(rows: Iterable[Measured]) -> Sets:
    """Return which offers were measured, per kind, per step and of specialist help together."""
    found: dict[LineKey, set[int]] = defaultdict(set)
    for row in rows:
        if row.weeks is None:
            continue
        part = Quarter.of(row.on), WaitMethod(row.method)
        found[LineKey(*part, HelpKind(row.kind))].add(row.offer)
        if row.kind in SPECIALIST_KINDS:
            found[LineKey(*part)].add(row.offer)
            found[LineKey(*part, None, CareLevel(row.level))].add(row.offer)
    return {line: frozenset(offers) for line, offers in found.items()}


def _of_these(around: Sets, offers: Set[int]) -> Sets:
    """Return the lines of a place in the region that these offers serve."""
    found = ((line, every & offers) for line, every in around.items())
    return {line: there for line, there in found if there}


def given_away(own: Sets, elsewhere: Iterable[Sets]) -> frozenset[LineKey]:
    """Return the lines that differ from one elsewhere by exactly the offers of a hidden line."""
    marks = Marks()
    shown: dict[Part, set[int]] = defaultdict(set)
    small: dict[Part, set[frozenset[int]]] = defaultdict(set)
    for place in elsewhere:
        for line in _shown(place):
            shown[line.quarter, line.method].add(marks.of(place[line]))
        _put_small(place, small)
    _put_small(own, small)

    def gives(line: LineKey) -> bool:
        part, offers = (line.quarter, line.method), own[line]
        mark = marks.of(offers)
        return any(
            (hidden.isdisjoint(offers) and mark + marks.of(hidden) in shown[part])
            or (hidden <= offers and mark - marks.of(hidden) in shown[part])
            for hidden in small[part]
        )

    return frozenset(filter(gives, _shown(own)))


def _put_small(place: Sets, small: Mapping[Part, set[frozenset[int]]]) -> None:
    for line, offers in place.items():
        if is_small(len(offers)):
            small[line.quarter, line.method].add(offers)


class Marks(dict[int, int]):
    """A number of 128 bits per offer. Sets with the same sum are the same.

    So of a line elsewhere only its sum is remembered: the offers themselves, of every line of
    every municipality of a region, take more memory than the rest of a process.
    """

    def __missing__(self, offer: int) -> int:
        mark = int.from_bytes(blake2b(str(offer).encode(), digest_size=16).digest())
        self[offer] = mark
        return mark

    def of(self, offers: Iterable[int]) -> int:
        """Return the sum of a set of offers."""
        return sum(map(self.__getitem__, offers))


def _shown(place: Sets) -> Iterator[LineKey]:
    """Yield the lines that the two tables of a place show, by themselves."""
    for of_step in (False, True):
        lines = [line for line in place if line.is_total or (line.level is not None) is of_step]
        lines.sort(key=lambda line: (line.quarter, line.method, not line.is_total))
        for _part, group in groupby(lines, key=lambda line: (line.quarter, line.method)):
            rows = [Row(*line[:3], Figures(len(place[line])), line.level) for line in group]
            hidden = hides_of(rows)
            yield from (row.line for row, one in zip(rows, hidden, strict=True) if not one.line)
