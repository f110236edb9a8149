"""How many results each municipality of the region in view has, to choose one from."""

import dataclasses
from collections import Counter
from collections.abc import Collection

from providers.filters.facets import UNKNOWN
from providers.filters.place import NO_AREA, nearby
from providers.index.sql import CURRENT_AREA, among, numbered
from search.finding.conditions import Conditions
from search.finding.counts import Found, Tally

# A municipality with one of the results in it, and with the number of them.
HIT, NUMBER = "served", "serving"
# More than this many ids in a statement cost more than reading all rows of the region.
FEW_TO_NAME = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Nearby:
    """How many results each municipality of one region has; UNKNOWN counts as one."""

    counts: Counter[str] = dataclasses.field(default_factory=Counter)


def request_nearby(tally: Tally, hits: Collection[int]) -> None:
    """Ask for what `nearby_counts` reads; `hits` are the ids of the results.

    With a place chosen there is nothing to choose between.
    """
    search = tally.conditions.search
    if search.place is not None or not (codes := nearby(search)):
        return
    tally.put(**numbered("near", codes))
    region = f"{among('a.municipality_id', 'near', codes)} AND {CURRENT_AREA}"
    if "gemeente" in search.criteria:
        _ask_as_if_off(tally, region)
    elif hits:
        _ask_of_hits(tally, region, hits)


def _ask_as_if_off(tally: Tally, region: str) -> None:
    off = Conditions(tally.conditions.search.without("gemeente"))
    where = tally.of(off, off.where())
    tally.add(
        f"SELECT '{NUMBER}', a.municipality_id, COUNT(*) FROM providers_servicearea a"  # noqa: S608
        f" JOIN providers_offerindex i ON i.offer_id = a.offer_id WHERE {region} AND {where}"
        " GROUP BY 2"
    )
    tally.count(NUMBER, f"'{UNKNOWN}'", f"{where} AND {NO_AREA}")


def _ask_of_hits(tally: Tally, region: str, hits: Collection[int]) -> None:
    """Ask where help is given: looking for the hits again costs as much as the search itself."""
    served, listed = region, NO_AREA
    if len(hits) <= FEW_TO_NAME:
        tally.put(**numbered("hit", hits))
        served += f" AND {among('a.offer_id', 'hit', hits)}"
        listed += f" AND {among('i.offer_id', 'hit', hits)}"
    tally.add(
        f"SELECT '{HIT}', a.municipality_id, a.offer_id FROM providers_servicearea a"  # noqa: S608
        f" WHERE {served}"
    )
    tally.add(
        f"SELECT '{HIT}', '{UNKNOWN}', i.offer_id FROM providers_offerindex i WHERE {listed}"  # noqa: S608
    )


def nearby_counts(found: Found, hits: Collection[int]) -> Nearby:
    """Return what was asked for."""
    results = set(hits)
    counts = Counter(code for code, offer in found.get(HIT, ()) if offer in results)
    counts.update(dict(found.get(NUMBER, ())))
    return Nearby(counts)
