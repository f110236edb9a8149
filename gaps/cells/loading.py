"""Reads what the cells of some municipalities follow from, in a fixed number of statements."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from gaps.cells.cell import BANDS, Thresholds, band_ages
from gaps.cells.facts import AreaFacts, Grid, Homes, OfferFacts, QuestionFacts
from providers.enums import DatedFact
from providers.index.codes import split_codes
from providers.models import (
    CanAlsoTake,
    GroupRun,
    HelpQuestion,
    Municipality,
    Offer,
    PostalArea,
    ServiceArea,
    WaitNorm,
)
from providers.models.base import in_parts
from providers.rules.clocks import clocks_in
from providers.rules.freshness import Clocks
from providers.rules.norms import is_within, norms_of
from providers.rules.start import NEVER, open_runs, start_facts
from providers.vocabulary.choices import choices

T = TypeVar("T")

# Longer than any fact is old: by these clocks the last word still counts.
AGELESS = 200 * 365
COLUMNS = (
    "provider_id", "level", "age_min", "age_max", "group", "online", "at_home", "at_school",
    "wait_status", "wait_weeks", "wait_measured_on", "wait_stop_until", "closed_from",
    "confirmed_on",
    "closed_until", "help_kind", "programme__is_open", "referral__funded_until",
    "index__questions", "index__groups", "index__tongues", "index__reserved_for",
)  # fmt: skip


def load_area(
    municipalities: Collection[Municipality],
    *,
    today: dt.date,
    thresholds: Thresholds | None = None,
) -> AreaFacts:
    """Return the facts of municipalities that lie in one region: seven statements.

    The vocabulary and the clocks of regions are remembered for a minute.
    """
    codes = [place.pk for place in municipalities]
    limits = thresholds or Thresholds.from_settings()
    region = next((place.region_id for place in municipalities), "")
    clocks = clocks_in(codes[0] if codes else None, today)
    norms = norms_of(region)  # 1: the norms of the region.
    offers = _served_offers(codes, today)
    return AreaFacts(
        today=today,
        thresholds=limits,
        questions=tuple(
            QuestionFacts(row.pk, row.age_min, row.age_max)
            for row in choices(HelpQuestion).values()
        ),
        bands=tuple((band.value, band_ages(band)) for band in BANDS),
        offers=_offer_facts(offers, clocks, limits, norms),
        served=_served(codes, today),
        homes=_homes(municipalities),
    )


def _served_offers(codes: list[str], today: dt.date) -> QuerySet[Offer]:
    areas = ServiceArea.objects.current(today).filter(municipality__in=codes)
    found: QuerySet[Offer] = Offer.objects.visible().filter(
        Exists(areas.filter(offer=OuterRef("pk")))
    )
    return found.order_by()


def _served(codes: list[str], today: dt.date) -> dict[str, tuple[tuple[int, dt.date | None], ...]]:
    """Return per municipality its offers with their last day there: statement 6."""
    areas = ServiceArea.objects.current(today).filter(municipality__in=codes).order_by()
    found: dict[str, list[tuple[int, dt.date | None]]] = {code: [] for code in codes}
    # An offer serves many municipalities, mostly until the same day: what is equal is one object.
    shared: dict[tuple[int, dt.date | None], tuple[int, dt.date | None]] = {}
    rows = in_parts(areas.values_list("municipality", "offer", "ends_on"))
    for municipality, offer, ends_on in rows:
        served = (offer, ends_on)
        found[municipality].append(shared.setdefault(served, served))
    return {code: tuple(rows) for code, rows in found.items()}


def _homes(municipalities: Collection[Municipality]) -> dict[str, Homes]:
    """Return the postal areas, or the middle of a municipality without: statement 7.

    An area of which nobody knows how many young people live there counts as one without, and
    where that is so of all of them each counts alike.
    """
    found: dict[str, list[tuple[Grid, int]]] = defaultdict(list)
    areas = PostalArea.objects.filter(municipality__in=municipalities).order_by("code")
    for municipality, x, y, youths in areas.values_list("municipality", "rd_x", "rd_y", "youths"):
        found[municipality].append(((x, y), youths or 0))
    return {
        place.pk: _homes_in(found.get(place.pk) or [((place.rd_x, place.rd_y), 0)])
        for place in municipalities
    }


def _homes_in(areas: list[tuple[Grid, int]]) -> Homes:
    middles, youths = zip(*areas, strict=True)
    return Homes(middles, youths if any(youths) else (1,) * len(middles))


def _offer_facts(
    offers: QuerySet[Offer], clocks: Clocks, limits: Thresholds, norms: dict[str, WaitNorm]
) -> dict[int, OfferFacts]:
    """Return each offer with what the rules say of it: statements 2 to 5."""
    pks = offers.values("pk")
    rows = offers.select_related("programme", "referral", "index").only(*COLUMNS)
    runs = _by_offer(
        (run.programme.offer_id, run)
        for run in open_runs(clocks)
        .filter(programme__offer__in=pks)
        .select_related("programme")
        .order_by("starts_on", "pk")
    )
    points = Offer.locations.through.objects.filter(offer__in=pks).order_by("pk")
    places = _by_offer(
        (offer, (x, y))
        for offer, x, y in in_parts(
            points.values_list("offer_id", "location__rd_x", "location__rd_y")
        )
        if x is not None and y is not None
    )
    takes = _by_offer(
        CanAlsoTake.objects.filter(offer__in=pks, answer=True)
        .order_by("condition")
        .values_list("offer_id", "condition")
    )
    return {
        offer.pk: offer_facts(
            offer,
            runs.get(offer.pk, []),
            clocks,
            limits,
            norms.get(offer.help_kind),
            places=tuple(places.get(offer.pk, ())),
            also_takes=tuple(takes.get(offer.pk, ())),
        )
        for offer in rows.iterator()
    }


def _by_offer(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for offer, value in pairs:
        found.setdefault(offer, []).append(value)
    return found


def offer_facts(
    offer: Offer,
    runs: list[GroupRun],
    clocks: Clocks,
    limits: Thresholds,
    norm: WaitNorm | None,
    *,
    places: tuple[Grid, ...] = (),
    also_takes: tuple[str, ...] = (),
) -> OfferFacts:
    """Return what the rules say of an offer, fetched with its group, index and referral facts.

    `runs` are those to come that one can still enrol in. It is late by its last word, however old.
    """
    ageless = Clocks(clocks.today, {fact.value: AGELESS for fact in DatedFact})
    now, ever = start_facts(offer, runs, clocks), start_facts(offer, runs, ageless)
    limit = float(norm.weeks) if norm else limits.late_weeks
    weeks = None if now.weeks >= NEVER else now.weeks
    referral = getattr(offer, "referral", None)
    return OfferFacts(
        pk=offer.pk,
        provider=offer.provider_id,
        level=offer.level,
        age_min=offer.age_min,
        age_max=offer.age_max,
        group=offer.group,
        comes_along=offer.online or offer.at_home or offer.at_school,
        weeks=weeks,
        timely=now.starts_within(limit),
        late=not (ever.starts_within(limit) or ever.may_start_within(limit)),
        within_norm=is_within(norm.weeks, Decimal(weeks)) if norm and weeks is not None else None,
        fresh=not now.is_unknown,
        questions=_codes(offer.index.questions),
        reserved_for=offer.index.reserved_for,
        target_groups=_codes(offer.index.groups),
        languages=_codes(offer.index.tongues),
        also_takes=also_takes,
        funded_until=referral.funded_until if referral else None,
        places=places,
    )


@functools.lru_cache(maxsize=10_000)
def _codes(column: str) -> tuple[str, ...]:
    """Return the codes in a column of the index: of offers with the same ones, the same object."""
    return tuple(split_codes(column))
