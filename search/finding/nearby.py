"""How many results each municipality of the region in view has, to choose one from."""

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping
from operator import attrgetter

from django.conf import settings

from providers.filters.offers import OfferFilterSet
from providers.models import Municipality
from providers.vocabulary.choices import choices
from search.finding.conditions import NO_AREA, Conditions
from search.finding.counts import Found, Tally
from search.finding.facets import UNKNOWN
from search.finding.sql import CURRENT_AREA, among, numbered

# A municipality with one of the results in it, and with the number of them.
HIT, NUMBER = "served", "serving"
# More than this many ids in a statement cost more than reading all rows of the region.
FEW_TO_NAME = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Nearby:
    """The municipalities of one region, and how many results each of them has."""

    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    counts: Counter[str] = dataclasses.field(default_factory=Counter)


def ask_nearby(tally: Tally, hits: Collection[int]) -> None:
    """Ask for what `told_nearby` reads; `hits` are the ids of the results.

    The region is that of the municipality chosen, else that of this site. With a place chosen
    there is nothing to choose between.
    """
    filterset = tally.conditions.filterset
    if filterset.place is not None or not (codes := _names(filterset)):
        return
    tally.put(**numbered("near", codes))
    region = f"{among('a.municipality_id', 'near', codes)} AND {CURRENT_AREA}"
    if "gemeente" in filterset.asked:
        _ask_as_if_off(tally, region)
    elif hits:
        _ask_of_hits(tally, region, hits)


def _ask_as_if_off(tally: Tally, region: str) -> None:
    off = Conditions(tally.conditions.filterset.without("gemeente"))
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


def told_nearby(found: Found, filterset: OfferFilterSet, hits: Collection[int]) -> Nearby:
    """Return what was asked for, the municipalities by name; those without results left out."""
    results = set(hits)
    counts = Counter(code for code, offer in found.get(HIT, ()) if offer in results)
    counts.update(dict(found.get(NUMBER, ())))
    if not counts:
        return Nearby()
    here = _names(filterset).items()
    return Nearby({code: name for code, name in here if code in counts}, counts)


def _names(filterset: OfferFilterSet) -> dict[str, str]:
    chosen = filterset.asked.get("gemeente")
    region = chosen.region_id if chosen else settings.REGION_CODE
    here = (row for row in choices(Municipality).values() if row.region_id == region)
    return {row.pk: row.name for row in sorted(here, key=attrgetter("name"))}
