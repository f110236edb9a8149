"""From filters to results: in what order, in which parts, and how many."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    F,
    IntegerField,
    Prefetch,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from providers.availability import SOON_START_WEEKS, fresh_wait, starts_within
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea
from providers.sections import Section, section_of

PAGE_SIZE = 20
TOP_OF_SECTION = 5
# Values of start_band: up to and including SOON it is known that help can start in time.
NOW, SOON, LATER, UNKNOWN = range(4)


class Order(TextChoices):
    """The orders on offer; the first is the default."""

    BEST = "past", _("Past het best")
    NEAREST = "dichtbij", _("Dichtbij eerst")
    SHORTEST = "wachttijd", _("Kortste wachttijd")
    LIGHTEST = "licht", _("Lichtste hulp eerst")


class Hit(NamedTuple):
    """One result, as far as counting and choosing what to show needs it."""

    offer: int
    part: str
    band: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every result in its order.

    One statement answers how many there are, how many per part and which to show. It reads three
    numbers per result: counting in the database as well costs as much as the ranking again.
    """

    hits: list[Hit]

    @property
    def total(self) -> int:
        """Return how many offers fit."""
        return len(self.hits)

    @property
    def soon(self) -> int:
        """Return how many of them are known to be able to start within six weeks."""
        return sum(hit.band <= SOON for hit in self.hits)

    @property
    def per_section(self) -> dict[Section, int]:
        """Return how many there are per part, the parts in their order."""
        found = Counter(hit.part for hit in self.hits)
        return {part: found[part.value] for part in Section if part.value in found}

    def best_of_each_section(self) -> list[Hit]:
        """Return the best few of each part, the parts in their order."""
        best: dict[str, list[Hit]] = {part.value: [] for part in Section}
        for hit in self.hits:
            if len(best[hit.part]) < TOP_OF_SECTION:
                best[hit.part].append(hit)
        return [hit for hits in best.values() for hit in hits]


def rank(filterset: OfferFilterSet, order: Order) -> Ranking:
    """Return the results in the order asked for; ties always end in the same order."""
    keys = _keys(filterset, order)
    # The keys are among the columns so that ORDER BY points at them: each is computed once.
    names = [key.expression.name for key in keys]
    columns = dict.fromkeys(["pk", "part", "start_band", *names])
    rows = _annotated(filterset).order_by(*keys).values_list(*columns)
    return Ranking([Hit(*row[:3]) for row in rows])


def _annotated(filterset: OfferFilterSet) -> QuerySet[Any]:
    today, asked = filterset.today, filterset.asked
    offers = filterset.with_unknowns(filterset.qs)
    offers = offers.with_fit(filterset.question_codes, asked.get("woord", []))
    if filterset.place:
        offers = offers.with_square_distance(filterset.place.x, filterset.place.y)
    return offers.annotate(
        part=section_of(today),
        start_band=Case(
            When(Q(starts_within(2, today)), then=Value(NOW)),
            When(Q(starts_within(SOON_START_WEEKS, today)), then=Value(SOON)),
            When(fresh_wait(today), then=Value(LATER)),
            default=Value(UNKNOWN),
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
