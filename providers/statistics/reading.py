"""Measurements and offers as the figures need them, read in one statement each."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from sys import intern
from typing import Any, NamedTuple

from django.utils import timezone

from providers.enums import WaitStatus
from providers.models import Offer, ServiceArea, WaitTime
from providers.models.base import in_parts
from providers.models.waits import total_of
from providers.statistics.figures import Measured, Quarter


class Served(NamedTuple):
    """An offer that serves a place now, as far as the figures need it."""

    offer: int
    kind: str
    level: int
    provider: int


def served(*, municipality: str = "", region: str = "", kind: str = "") -> list[Served]:
    """Return the visible offers that serve a municipality or a region, each once: one statement.

    Without a group that one joins at its start: it has a day, and no wait.
    """
    rows = Offer.objects.visible().exclude(programme__is_open=False)
    if municipality or region:
        rows = rows.filter(pk__in=_serving(municipality, region, timezone.localdate()))
    if kind:
        rows = rows.filter(help_kind=kind)
    read = rows.order_by("pk").values_list("pk", "help_kind", "level", "provider")
    return [Served(*row) for row in in_parts(read)]


def _serving(municipality: str, region: str, on: dt.date) -> Any:
    areas = ServiceArea.objects.current(on).order_by()
    place = {"municipality": municipality} if municipality else {"municipality__region": region}
    return areas.filter(**place).values("offer")


def measurements(
    *,
    municipality: str = "",
    region: str = "",
    kind: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Measured]:
    """Read measurements of visible offers, in one statement: the last of an offer in a quarter.

    With a municipality (CBS code): of the offers that serve it, and where an offer has a wait for
    that municipality alone, that one. With a region (its code): of the offers that serve any part
    of it, each once. Process time is no wait and is left out. A provider that measures every week
    counts as often as one that measures every quarter: once per offer, quarter and method.
    """
    # A group that one joins at its start has a day, and no wait.
    rows = WaitTime.objects.real().of_visible_offers().exclude(offer__programme__is_open=False)
    rows = rows.holding_in(municipality) if municipality else rows.filter(municipality=None)
    if municipality or region:
        rows = rows.filter(offer__in=_serving(municipality, region, until or timezone.localdate()))
    if kind:
        rows = rows.filter(offer__help_kind=kind)
    if since:
        rows = rows.filter(measured_on__gte=since)
    if until:
        rows = rows.filter(measured_on__lte=until)
    read = rows.order_by("measured_on", "id").values_list(
        *("offer", "offer__help_kind", "method", "status", "measured_on", "municipality"),
        *("intake_weeks", "treatment_weeks", "start_weeks", "people_waiting"),
        *("offer__level", "offer__provider"),
    )
    return _last_of_each_quarter(in_parts(read))


def _last_of_each_quarter(rows: Iterable[tuple[Any, ...]]) -> list[Measured]:
    last: dict[tuple[int, str, Quarter], Measured] = {}
    of_municipality: set[tuple[int, str, Quarter]] = set()
    # A driver makes each value anew, which is most of the memory of a hundred thousand rows.
    same: dict[Any, Any] = {}
    total = functools.cache(total_of)
    for offer, *words, on, own, intake, treatment, start, people, level, provider in rows:
        kind, method, status = map(intern, words)
        weeks = total(intake, treatment, start) if status == WaitStatus.KNOWN else None
        key = (same.setdefault(offer, offer), method, Quarter.of(on))
        # What holds in the municipality itself goes before what holds everywhere.
        if own is not None:
            of_municipality.add(key)
        elif key in of_municipality:
            continue
        day, of = same.setdefault(on, on), same.setdefault(provider, provider)
        last[key] = Measured(key[0], kind, method, day, weeks, people, status, level, of)
    return list(last.values())


def complete(rows: Iterable[Measured], offers: Iterable[Served]) -> list[Measured]:
    """Return the rows with every offer in every quarter and method there is.

    An offer that closed its list is a stop by every method, and counts in no mean; one of which
    nothing was given is unknown. Without this a stop would better the mean without a trace.
    """
    found, known = list(rows), list(offers)
    stopped = _stopped(found)
    lines = [_with_stop(row, stopped) for row in found]
    given: dict[tuple[Quarter, str], set[int]] = defaultdict(set)
    for row in found:
        given[Quarter.of(row.on), row.method].add(row.offer)
    for (quarter, method), there in given.items():
        lines += [
            _without_measurement(one, quarter, method, stopped)
            for one in known
            if one.offer not in there
        ]
    return lines


def _stopped(rows: Iterable[Measured]) -> set[tuple[int, Quarter]]:
    """Return the offers whose last word in a quarter was a stop."""
    found = list(rows)
    # Few ever stopped: the last word of the others need not be known.
    stops = {(row.offer, Quarter.of(row.on)) for row in found if row.status == WaitStatus.STOP}
    last: dict[tuple[int, Quarter], Measured] = {}
    for row in found:
        key = (row.offer, Quarter.of(row.on))
        if key in stops and (key not in last or row.on >= last[key].on):
            last[key] = row
    return {key for key, row in last.items() if row.status == WaitStatus.STOP}


def _with_stop(row: Measured, stopped: set[tuple[int, Quarter]]) -> Measured:
    if (row.offer, Quarter.of(row.on)) in stopped:
        return row._replace(weeks=None, status=WaitStatus.STOP)
    # An earlier stop of this method, after which another method gave weeks, is over.
    return row._replace(status=WaitStatus.UNKNOWN) if row.status == WaitStatus.STOP else row


def _without_measurement(
    one: Served, quarter: Quarter, method: str, stopped: set[tuple[int, Quarter]]
) -> Measured:
    has_stopped = (one.offer, quarter) in stopped
    return Measured(
        offer=one.offer,
        kind=one.kind,
        method=method,
        on=quarter.first_day,
        weeks=None,
        people_waiting=None,
        status=WaitStatus.STOP if has_stopped else WaitStatus.UNKNOWN,
        level=one.level,
        provider=one.provider,
    )
