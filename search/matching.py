"""From filters to results: in what order, in which parts, and how many."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from providers.availability import SOON_START_WEEKS, fresh_wait, starts_within
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea
from providers.sections import Section, section_of

PAGE_SIZE = 20
TOP_OF_SECTION = 5


class Order(TextChoices):
    """The orders on offer; the first is the default."""

    BEST = "past", _("Past het best")
    NEAREST = "dichtbij", _("Dichtbij eerst")
    SHORTEST = "wachttijd", _("Kortste wachttijd")
    LIGHTEST = "licht", _("Lichtste hulp eerst")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many offers fit, how many of them can start soon, and how many per part."""

    total: int
    soon: int
    per_section: dict[Section, int]


def count(filterset: OfferFilterSet) -> Counts:
    """Count the results in one query."""
    soon = Count("pk", filter=Q(starts_within(SOON_START_WEEKS, filterset.today)), distinct=True)
    rows = (
        filterset.qs.alias(part=section_of(filterset.today))
        .order_by()
        .values(part=F("part"))
        .annotate(total=Count("pk", distinct=True), soon=soon)
    )
    found = {Section(row["part"]): (row["total"], row["soon"]) for row in rows}
    return Counts(
        total=sum(total for total, _soon in found.values()),
        soon=sum(soon for _total, soon in found.values()),
        per_section={part: found[part][0] for part in Section if part in found},
    )


def ranked(filterset: OfferFilterSet, order: Order) -> QuerySet[Any]:
    """Return (id, part) in the order asked for; ties always end in the same order.

    Ids only: sorting every hit with all its columns costs ten times as much as sorting ids
    and fetching the few rows that are shown.
    """
    return _annotated(filterset).order_by(*_keys(filterset, order)).values_list("pk", "part")


def top_of_each_section(filterset: OfferFilterSet) -> QuerySet[Any]:
    """Return (id, part) of the best few offers of each part, the parts in their order."""
    keys = _keys(filterset, Order.BEST)
    place_in_part = Window(RowNumber(), partition_by=[F("part")], order_by=keys)
    numbered = _annotated(filterset).annotate(place_in_part=place_in_part)
    best = numbered.filter(place_in_part__lte=TOP_OF_SECTION).order_by("part", "place_in_part")
    return best.values_list("pk", "part")


def _annotated(filterset: OfferFilterSet) -> QuerySet[Any]:
    today, asked = filterset.today, filterset.asked
    offers = filterset.with_unknowns(filterset.qs)
    offers = offers.with_fit(filterset.question_codes, asked.get("woord", []))
    if filterset.place:
        offers = offers.with_square_distance(filterset.place.x, filterset.place.y)
    return offers.annotate(
        part=section_of(today),
        start_band=Case(
            When(Q(starts_within(2, today)), then=Value(0)),
            When(Q(starts_within(SOON_START_WEEKS, today)), then=Value(1)),
            When(fresh_wait(today), then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        ),
        fresh_weeks=Case(When(fresh_wait(today), then=F("wait_weeks"))),
    )


def _keys(filterset: OfferFilterSet, order: Order) -> list[Any]:
    near = [F("square_distance").asc(nulls_last=True)] if filterset.place else []
    weeks = F("fresh_weeks").asc(nulls_last=True)
    fit, band, unknowns = F("fit").desc(), F("start_band").asc(), F("unknowns").asc()
    level, group_first, last = F("level").asc(), F("group").desc(), F("pk").asc()
    keys: dict[Order, list[Any]] = {
        Order.BEST: [F("part").asc(), unknowns, fit, band, level, group_first, *near, last],
        Order.NEAREST: [unknowns, *near, fit, band, last],
        Order.SHORTEST: [unknowns, weeks, band, fit, *near, last],
        Order.LIGHTEST: [unknowns, level, fit, band, *near, last],
    }
    return keys[order]


def fetch(ids: Iterable[int], *, today: dt.date, municipality: str | None) -> list[Offer]:
    """Fetch what cards show for these offers, in their order, in a fixed number of queries."""
    wanted = list(ids)
    rows = for_cards(Offer.objects.filter(pk__in=wanted), today=today, municipality=municipality)
    place = {pk: index for index, pk in enumerate(wanted)}
    return sorted(rows, key=lambda offer: place[offer.pk])


def for_cards(queryset: QuerySet[Any], *, today: dt.date, municipality: str | None) -> list[Offer]:
    """Fetch what a card shows, in a fixed number of queries."""
    areas = ServiceArea.objects.current(today).filter(municipality=municipality)
    rows = queryset.select_related("provider", "current_wait", "programme").prefetch_related(
        Prefetch("question_links", OfferHelpQuestion.objects.select_related("help_question")),
        "locations",
        Prefetch("service_areas", areas.select_related("municipality"), to_attr="areas_here"),
        Prefetch(
            "programme__runs", GroupRun.objects.upcoming(today).open_on(today), to_attr="next_runs"
        ),
    )
    return list(rows)


def next_run(offer: Offer, today: dt.date) -> GroupRun | None:
    """Return the run to show: the first with places by recent news, else the first at all."""
    programme = getattr(offer, "programme", None)
    runs: list[GroupRun] = getattr(programme, "next_runs", []) if programme else []
    since = fresh_since(Fact.PLACES, today)
    for run in runs:
        if run.places_left and run.places_confirmed_on and run.places_confirmed_on >= since:
            return run
    return runs[0] if runs else None
