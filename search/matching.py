"""From filters to results: in what order, in which parts, and how many."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from providers.availability import SOON_START_WEEKS
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea
from providers.sections import Section, section_of
from search.score import SCORE_COLUMNS, Score, with_score

PAGE_SIZE = 20
TOP_OF_SECTION = 5


class Order(TextChoices):
    """The orders on offer; the first is the default."""

    BEST = "past", _("Past het best")
    NEAREST = "dichtbij", _("Dichtbij eerst")
    SHORTEST = "wachttijd", _("Kortste wachttijd")
    LIGHTEST = "licht", _("Lichtste hulp eerst")


SOON = float(SOON_START_WEEKS)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, before anything is fetched that is shown of it."""

    pk: int
    part: Section
    score: Score


class Hits:
    """Every result of a search in order, from one statement."""

    def __init__(self, filterset: OfferFilterSet, order: Order) -> None:
        self.filterset = filterset
        self.order = order

    @cached_property
    def all(self) -> list[Hit]:
        """Return the results in the order asked for; ties always end in the same order."""
        rows = ranked(self.filterset, self.order).values_list("pk", "part", *SCORE_COLUMNS)
        return [Hit(pk, Section(part), Score(*numbers)) for pk, part, *numbers in rows]

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self.all)

    @cached_property
    def soon(self) -> int:
        """Return how many can start within six weeks."""
        return sum(hit.score.start_weeks <= SOON for hit in self.all)

    @cached_property
    def by_part(self) -> dict[Section, list[Hit]]:
        """Return the results of each part, the parts in their order."""
        found: dict[Section, list[Hit]] = {part: [] for part in Section}
        for hit in self.all:
            found[hit.part].append(hit)
        return {part: hits for part, hits in found.items() if hits}

    @property
    def best_of_each(self) -> list[Hit]:
        """Return the first few of each part."""
        return [hit for hits in self.by_part.values() for hit in hits[:TOP_OF_SECTION]]


def ranked(filterset: OfferFilterSet, order: Order) -> QuerySet[Any]:
    """Return rows of the search index in the order asked for."""
    rows = filterset.with_unknowns(filterset.qs)
    if filterset.place:
        rows = rows.with_square_distance(filterset.place.x, filterset.place.y)
    rows = with_score(rows, filterset).annotate(part=section_of(filterset.today))
    return rows.order_by(*_keys(filterset, order))


def _keys(filterset: OfferFilterSet, order: Order) -> list[Any]:
    near = [F("square_distance").asc(nulls_last=True)] if filterset.place else []
    unknowns, part, score = F("unknowns").asc(), F("part").asc(), F("score").desc()
    last = [F("turn_today").asc(), F("pk").asc()]
    keys: dict[Order, list[Any]] = {
        Order.BEST: [part, unknowns, score],
        Order.NEAREST: [unknowns, *near, score],
        Order.SHORTEST: [unknowns, F("start_weeks").asc(), score],
        Order.LIGHTEST: [unknowns, F("level").asc(), score],
    }
    return [*keys[order], *last]


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
        Prefetch("programme__runs", GroupRun.objects.upcoming(today), to_attr="next_runs"),
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
