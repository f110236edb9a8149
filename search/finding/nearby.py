"""How many results each municipality of the region in view has, to choose one from."""

import dataclasses
from collections import Counter

from providers.filters.facets import UNKNOWN
from providers.filters.place import NO_AREA, nearby
from providers.index.sql import CURRENT_AREA, among, numbered
from search.finding.conditions import Conditions
from search.finding.counts import Count, Found, Tally

NUMBER = "serving"


@dataclasses.dataclass(frozen=True, slots=True)
class Nearby:
    """How many results each municipality of one region has; UNKNOWN counts as one."""

    counts: Counter[str] = dataclasses.field(default_factory=Counter)


def nearby_of_hits(conditions: Conditions) -> list[Count]:
    """Return what the ranking has to count of its hits; none with a place or municipality chosen.

    With a place there is nothing to choose between; `request_nearby` counts as if a municipality
    were off.
    """
    search = conditions.search
    if search.place is not None or "gemeente" in search.criteria or not (codes := nearby(search)):
        return []
    served = f"{among('a.municipality_id', 'near', codes)} AND {CURRENT_AREA}"
    areas = f"providers_servicearea a WHERE {served}"
    listed = f"providers_offerindex i WHERE {NO_AREA}"
    return [
        Count(NUMBER, "a.municipality_id", areas, "a.offer_id", numbered("near", codes)),
        Count(NUMBER, f"'{UNKNOWN}'", listed, "i.offer_id"),
    ]


def request_nearby(tally: Tally) -> None:
    """Ask for what `nearby_counts` reads where a municipality is chosen: as if it were off."""
    search = tally.conditions.search
    if search.place is not None or "gemeente" not in search.criteria:
        return
    if not (codes := nearby(search)):
        return
    tally.put(**numbered("near", codes))
    region = f"{among('a.municipality_id', 'near', codes)} AND {CURRENT_AREA}"
    off = Conditions(search.without("gemeente"))
    where = tally.of(off, off.where())
    tally.add(
        f"SELECT '{NUMBER}', a.municipality_id, COUNT(*) FROM providers_servicearea a"  # noqa: S608
        f" JOIN providers_offerindex i ON i.offer_id = a.offer_id WHERE {region} AND {where}"
        " GROUP BY 2"
    )
    tally.count(NUMBER, f"'{UNKNOWN}'", f"{where} AND {NO_AREA}")


def nearby_counts(*found: Found) -> Nearby:
    """Return what was counted, with the results or beside them."""
    return Nearby(Counter(dict(pair for one in found for pair in one.get(NUMBER, ()))))
