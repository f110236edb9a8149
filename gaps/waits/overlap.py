"""Which lines of a municipality would, beside those of another place, give a hidden line.

Everybody can see which offers serve which municipality. So where the offers measured in Leiden are
those of the region less the three of Katwijk, both numbers give the three that Katwijk hides.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    around = complete(found, ())
    serving: dict[str, set[int]] = defaultdict(set)
    areas = ServiceArea.objects.current(until).filter(municipality__region=region).order_by()
    for code, offer in in_parts(areas.values_list("municipality", "offer")):  # 2.
        serving[code].add(offer)
    serving.pop(municipality.pk, None)
    # One at a time: together they are many times the region.
    others = ([row for row in around if row.offer in offers] for offers in serving.values())
    return given_away(sets_of(rows), map(sets_of, chain([around], others)))


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


def given_away(own: Sets, elsewhere: Iterable[Sets]) -> frozenset[LineKey]:
    """Return the lines that differ from one elsewhere by exactly the offers of a hidden line."""
    shown: dict[Part, set[frozenset[int]]] = defaultdict(set)
    small: dict[Part, set[frozenset[int]]] = defaultdict(set)
    others = list(elsewhere)
    for place in others:
        for line in _shown(place):
            shown[line.quarter, line.method].add(place[line])
    for place in [own, *others]:
        for line, offers in place.items():
            if is_small(len(offers)):
                small[line.quarter, line.method].add(offers)
    return frozenset(
        line
        for line in _shown(own)
        if any(
            (own[line] < other or other < own[line])
            and own[line] ^ other in small[line.quarter, line.method]
            for other in shown[line.quarter, line.method]
        )
    )


def _shown(place: Sets) -> Iterator[LineKey]:
    """Yield the lines that the two tables of a place show, by themselves."""
    for of_step in (False, True):
        lines = [line for line in place if line.is_total or (line.level is not None) is of_step]
        lines.sort(key=lambda line: (line.quarter, line.method, not line.is_total))
        for _part, group in groupby(lines, key=lambda line: (line.quarter, line.method)):
            rows = [Row(*line[:3], Figures(len(place[line])), line.level) for line in group]
            hidden = hides_of(rows)
            yield from (row.line for row, one in zip(rows, hidden, strict=True) if not one.line)
