"""Waiting in figures: per kind of help, quarter and method, from measurements.

One row of the table is about measurements of one method: a forecast, a mean of those who
started and a median are different things, and are never put together. A mean over those who
started says nothing of who is still waiting (survivor bias): `SURVIVOR_BIAS` goes with every
table that has one. There is no norm unless a region has set it.
"""

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.enums import SPECIALIST_KINDS, HelpKind, WaitMethod, WaitStatus
from providers.models import ServiceArea, WaitTime
from providers.models.waits import total_of
from providers.rules.norms import is_within

SURVIVOR_BIAS = _(
    "Een gemiddelde of mediaan van wie begonnen is, telt alleen mensen die hulp kregen. Wie nog "
    "wacht of afhaakte telt niet mee. Daardoor lijkt het wachten korter dan het is."
)
ONE_WEEK = 1


class Quarter(NamedTuple):
    """A quarter of a year; sorts by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> "Quarter":
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    def __str__(self) -> str:
        return f"{self.year}-K{self.number}"


class Measured(NamedTuple):
    """One measurement, as far as the figures need it; `weeks` is the total wait."""

    offer: int
    kind: str
    method: str
    on: dt.date
    weeks: Decimal | None
    people_waiting: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Total waits in weeks, from referral to the start of help.

    `sd` is the standard deviation of a sample (n - 1); None for a single measurement. Shares are
    between 0 and 1. `within_norm` is None where no norm is set. `waiting` is the number of
    people now on the lists that give one, and `lists` how many do; None when none does.
    """

    n: int
    low: Decimal | None = None
    median: Decimal | None = None
    mean: Decimal | None = None
    high: Decimal | None = None
    sd: Decimal | None = None
    under_a_week: Decimal | None = None
    within_norm: Decimal | None = None
    waiting: int | None = None
    lists: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; without a kind it is the total of all specialist kinds."""

    quarter: Quarter
    method: WaitMethod
    kind: HelpKind | None
    figures: Figures

    @property
    def is_apart(self) -> bool:
        """Whether it is about a kind of help that counts in no total."""
        return self.kind is not None and self.kind not in SPECIALIST_KINDS


def figures(rows: Iterable[Measured], *, norms: Mapping[str, Decimal] | None = None) -> Figures:
    """Return the figures of measurements of one method; `norms` are weeks per kind of help."""
    found = list(rows)
    known = [row for row in found if row.weeks is not None]
    weeks = [row.weeks for row in known if row.weeks is not None]
    waiting, lists = _waiting(found)
    if not weeks:
        return Figures(0, waiting=waiting, lists=lists)
    return Figures(
        n=len(weeks),
        low=min(weeks),
        median=statistics.median(weeks),
        mean=statistics.mean(weeks),
        high=max(weeks),
        sd=statistics.stdev(weeks) if len(weeks) > 1 else None,
        under_a_week=_share(sum(week < ONE_WEEK for week in weeks), len(weeks)),
        within_norm=_within(known, norms or {}),
        waiting=waiting,
        lists=lists,
    )


def table(rows: Iterable[Measured], *, norms: Mapping[str, Decimal] | None = None) -> list[Row]:
    """Return a line per quarter, method and kind of help, each quarter's total first.

    The newest quarter comes first. A total is over the specialist kinds of help, within one
    method; help of the local team, prevention and help of an unknown kind stand apart.
    """
    groups: dict[tuple[Quarter, str], list[Measured]] = defaultdict(list)
    for row in rows:
        groups[Quarter.of(row.on), row.method].append(row)
    lines: list[Row] = []
    for quarter, method in sorted(groups, key=_newest_first):
        group = groups[quarter, method]
        way = WaitMethod(method)
        lines += _total(quarter, way, group, norms)
        lines += _per_kind(quarter, way, group, norms)
    return lines


def _newest_first(key: tuple[Quarter, str]) -> tuple[int, int, int]:
    (year, number), method = key
    return (-year, -number, WaitMethod.values.index(method))


def _total(
    quarter: Quarter,
    method: WaitMethod,
    rows: list[Measured],
    norms: Mapping[str, Decimal] | None,
) -> list[Row]:
    """Return the line of specialist help together; none when nothing of it was measured."""
    found = [row for row in rows if row.kind in SPECIALIST_KINDS]
    return [Row(quarter, method, None, figures(found, norms=norms))] if found else []


def _per_kind(
    quarter: Quarter,
    method: WaitMethod,
    rows: list[Measured],
    norms: Mapping[str, Decimal] | None,
) -> list[Row]:
    found = {row.kind for row in rows}
    return [
        Row(quarter, method, kind, figures((row for row in rows if row.kind == kind), norms=norms))
        for kind in HelpKind
        if kind in found
    ]


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / Decimal(whole)


def _within(rows: list[Measured], norms: Mapping[str, Decimal]) -> Decimal | None:
    """Return the share within the norm among the kinds of help that have one."""
    each = (is_within(norms[row.kind], row.weeks) for row in rows if row.kind in norms)
    held = [within for within in each if within is not None]
    return _share(sum(held), len(held)) if held else None


def _waiting(rows: list[Measured]) -> tuple[int | None, int]:
    """Return how many people wait: of each offer by its last count, and over how many offers."""
    last: dict[int, tuple[dt.date, int]] = {}
    for row in rows:
        before = last.get(row.offer)
        if row.people_waiting is not None and (before is None or row.on >= before[0]):
            last[row.offer] = (row.on, row.people_waiting)
    counts = [people for _on, people in last.values()]
    return (sum(counts) if counts else None), len(counts)


def measurements(
    *, municipality: str = "", since: dt.date | None = None, until: dt.date | None = None
) -> list[Measured]:
    """Read measurements of visible offers, in one statement: the last of an offer in a quarter.

    With a municipality (CBS code): of the offers that serve it, and where an offer has a wait for
    that municipality alone, that one. Process time is no wait and is left out. A provider that
    measures every week counts as often as one that measures every quarter: once per offer,
    quarter and method.
    """
    # A group that one joins at its start has a day, and no wait.
    rows = WaitTime.objects.real().of_visible_offers().exclude(offer__programme__is_open=False)
    if municipality:
        areas = ServiceArea.objects.current(until or timezone.localdate())
        served = areas.filter(municipality=municipality).order_by().values("offer")
        rows = rows.holding_in(municipality).filter(offer__in=served)
    else:
        rows = rows.filter(municipality=None)
    if since:
        rows = rows.filter(measured_on__gte=since)
    if until:
        rows = rows.filter(measured_on__lte=until)
    columns = ("offer", "offer__help_kind", "method", "measured_on", "status", "municipality")
    read = rows.order_by("measured_on", "id").values_list(
        *columns, "intake_weeks", "treatment_weeks", "start_weeks", "people_waiting"
    )
    return _last_of_each_quarter(read)


def _last_of_each_quarter(rows: Iterable[tuple]) -> list[Measured]:  # type: ignore[type-arg]
    last: dict[tuple[int, str, Quarter], tuple[bool, Measured]] = {}
    for offer, kind, method, on, status, own, intake, treatment, start, people in rows:
        weeks = total_of(intake, treatment, start) if status == WaitStatus.KNOWN else None
        key = (offer, method, Quarter.of(on))
        # What holds in the municipality itself goes before what holds everywhere.
        if key in last and last[key][0] and own is None:
            continue
        last[key] = (own is not None, Measured(offer, kind, method, on, weeks, people))
    return [row for _own, row in last.values()]
