"""From filters to results: in what order, in which parts, and how many."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Prefetch, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from providers.availability import SOON_START_WEEKS
from providers.filters import OfferFilterSet
from providers.freshness import Fact, fresh_since
from providers.models import GroupRun, Offer, OfferHelpQuestion, ServiceArea
from providers.sections import Section, section_of
from search.facets import COLUMNS, with_routes
from search.score import SCORE_COLUMNS, Score, with_score

PAGE_SIZE = 20
TOP_OF_SECTION = 5


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
    score: Score


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every result in its order.

    One statement answers how many there are, how many per part and which to show. It reads a few
    numbers per result: counting in the database as well costs as much as the ranking again.
    """

    hits: list[Hit]
    rows: list[dict[str, Any]]

    @property
    def total(self) -> int:
        """Return how many offers fit."""
        return len(self.hits)

    @property
    def soon(self) -> int:
        """Return how many of them are known to be able to start within six weeks."""
        return sum(hit.score.start_weeks <= SOON_START_WEEKS for hit in self.hits)

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
    columns = dict.fromkeys(["pk", "part", *SCORE_COLUMNS, *COLUMNS, *names])
    rows = list(_annotated(filterset).order_by(*keys).values(*columns))
    hits = [
        Hit(row["pk"], row["part"], Score(*(row[name] for name in SCORE_COLUMNS))) for row in rows
    ]
    return Ranking(hits, rows)


def _annotated(filterset: OfferFilterSet) -> QuerySet[Any]:
    rows: Any = filterset.with_unknowns(filterset.qs)
    if filterset.place:
        rows = rows.with_square_distance(filterset.place.x, filterset.place.y)
    scored: QuerySet[Any] = with_score(with_routes(rows, filterset), filterset).annotate(
        part=section_of(filterset.today)
    )
    return scored


def _keys(filterset: OfferFilterSet, order: Order) -> list[Any]:
    near = [F("square_distance").asc(nulls_last=True)] if filterset.place else []
    unknowns, part, score = F("unknowns").asc(), F("part").asc(), F("score").desc()
    keys: dict[Order, list[Any]] = {
        Order.BEST: [part, unknowns, score],
        Order.NEAREST: [unknowns, *near, score],
        Order.SHORTEST: [unknowns, F("start_weeks").asc(), score],
        Order.LIGHTEST: [unknowns, F("level").asc(), score],
    }
    return [*keys[order], F("turn_today").asc(), F("pk").asc()]


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
