"""Runs of groups and groups without one, as querysets and as cards."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from providers.models import GroupProgramme, GroupRun
from providers.rules.freshness import Clocks
from search.cards.card import SearchContext
from search.cards.groups import ProgrammeCard, RunCard, programme_card, run_card
from search.groups.month import SHOWN_PER_DAY


def all_runs(today: dt.date) -> QuerySet[GroupRun]:
    """Return every visible run with what its card shows."""
    runs = GroupRun.objects.visible().with_interest(today)
    return runs.select_related("programme__offer__provider", "location")


def first_of_each_day(runs: QuerySet[GroupRun]) -> QuerySet[GroupRun]:
    """Return of runs in order those that the table of a month has room for."""
    order: Any = runs.query.order_by
    turn = Window(RowNumber(), partition_by="starts_on", order_by=order)
    found: QuerySet[GroupRun] = runs.annotate(turn=turn).filter(turn__lte=SHOWN_PER_DAY)
    return found


def soon_starting(today: dt.date, *, limit: int) -> list[RunCard]:
    """Return the first runs that start and have places."""
    runs = (
        GroupRun.objects.visible()
        .open_to_enrol(today)
        .with_places()
        .select_related("programme__offer__provider", "location")
        .order_by("starts_on", "id")[:limit]
    )
    return [run_card(run, Clocks(today)) for run in runs]


def run_cards(
    runs: Iterable[GroupRun], clocks: Clocks, around: SearchContext | None = None
) -> list[RunCard]:
    """Return cards of runs; a full one names the next of its group that has a place."""
    runs = list(runs)
    full = [run.programme_id for run in runs if run.is_full]
    following = _next_with_place(full, clocks.today) if full else {}
    return [
        run_card(
            run,
            clocks,
            interested=getattr(run, "interested", 0),
            following=following.get(run.programme_id) if run.is_full else None,
            around=around,
        )
        for run in runs
    ]


def _next_with_place(programmes: Iterable[int], today: dt.date) -> dict[int, GroupRun]:
    """Return for each of these groups its next run that has a place: one statement."""
    runs = GroupRun.objects.open_to_enrol(today).exclude(places_left=0)
    found: dict[int, GroupRun] = {}
    for run in runs.filter(programme__in=programmes).order_by("starts_on", "id"):
        found.setdefault(run.programme_id, run)
    return found


def programme_cards(
    rows: Iterable[GroupProgramme], clocks: Clocks, around: SearchContext | None = None
) -> list[ProgrammeCard]:
    """Return cards of groups that have no run to come."""
    return [programme_card(row, clocks, around=around) for row in rows]
