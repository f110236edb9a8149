"""The figures of a set of measurements, and tables of them.

One row of a table is about measurements of one method: a forecast, a mean of those who
started and a median are different things, and are never put together. A mean over those who
started says nothing of who is still waiting (survivor bias): `SURVIVOR_BIAS` goes with every
table that has one. There is no norm unless a region has set it, and none for kinds of help
together: a share within several norms at once is the share within none.
"""

import datetime as dt
import functools
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from providers.enums import SPECIALIST_KINDS, CareLevel, HelpKind, WaitMethod, WaitStatus
from providers.rules.norms import is_within

SURVIVOR_BIAS = _(
    "Een gemiddelde of mediaan van wie begonnen is, telt alleen mensen die hulp kregen. Wie nog "
    "wacht of afhaakte telt niet mee. Daardoor lijkt het wachten korter dan het is."
)
ONE_WEEK, FOUR_WEEKS = 1, 4

Norms = Mapping[str, Decimal]


class Quarter(NamedTuple):
    """A quarter of a year; sorts by time."""

    year: int
    number: int

    @classmethod
    @functools.lru_cache(maxsize=5000)
    def of(cls, day: dt.date) -> "Quarter":
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return dt.date(self.year, self.number * 3 - 2, 1)

    @property
    def words(self) -> str:
        """The quarter in words: '4e kwartaal 2026'."""
        return gettext("%(n)se kwartaal %(year)s") % {"n": self.number, "year": self.year}

    def __str__(self) -> str:
        return f"{self.year}-K{self.number}"


class LineKey(NamedTuple):
    """Which line of a table, in that of whatever place: of a kind, of a step, or the total."""

    quarter: Quarter
    method: WaitMethod
    kind: HelpKind | None = None
    level: CareLevel | None = None

    @property
    def is_total(self) -> bool:
        """Whether it is of specialist help together."""
        return self.kind is None and self.level is None


class Measured(NamedTuple):
    """What is known of one offer in one quarter by one method, as far as the figures need it.

    `weeks` is the total wait; None for a stop, for half a wait and where nothing is known.
    """

    offer: int
    kind: str
    method: str
    on: dt.date
    weeks: Decimal | None
    people_waiting: int | None
    status: str = WaitStatus.KNOWN
    level: int = CareLevel.SPECIALIST
    provider: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Total waits in weeks, from referral to the start of help.

    `offers` is the number of offers: those measured (`n`), those with an intake stop (`stops`)
    and the `unknown` ones. `sd` is the standard deviation of a sample (n - 1); None for a single
    measurement. Shares are of the measured offers, not of people, and between 0 and 1.
    `within_norm` is None where no norm is set. `waiting` is the number of people now on the lists
    that give one, and `lists` how many do; None when none does.
    """

    n: int
    low: Decimal | None = None
    median: Decimal | None = None
    mean: Decimal | None = None
    high: Decimal | None = None
    sd: Decimal | None = None
    under_a_week: Decimal | None = None
    within_four_weeks: Decimal | None = None
    within_norm: Decimal | None = None
    waiting: int | None = None
    lists: int = 0
    offers: int = 0
    stops: int = 0

    @property
    def unknown(self) -> int:
        """How many offers there are of which this quarter nothing is known."""
        return max(0, self.offers - self.n - self.stops)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a kind of help, a step, or (neither) specialist help together."""

    quarter: Quarter
    method: WaitMethod
    kind: HelpKind | None
    figures: Figures
    level: CareLevel | None = None

    @property
    def line(self) -> "LineKey":
        """Which line it is, in the table of whatever place."""
        return LineKey(self.quarter, self.method, self.kind, self.level)

    @property
    def is_total(self) -> bool:
        """Whether it is specialist help together."""
        return self.line.is_total

    @property
    def is_apart(self) -> bool:
        """Whether it is about a kind of help that counts in no total."""
        return self.kind is not None and self.kind not in SPECIALIST_KINDS


def figures(rows: Iterable[Measured], *, norms: Norms | None = None) -> Figures:
    """Return the figures of measurements of one method; `norms` are weeks per kind of help."""
    found = list(rows)
    known = [row for row in found if row.weeks is not None]
    weeks = [row.weeks for row in known if row.weeks is not None]
    waiting, lists = _waiting(found)
    counted = Figures(
        n=len(weeks),
        waiting=waiting,
        lists=lists,
        offers=len({row.offer for row in found}),
        stops=len({row.offer for row in found if row.status == WaitStatus.STOP}),
    )
    if not weeks:
        return counted
    return replace(
        counted,
        low=min(weeks),
        median=statistics.median(weeks),
        mean=statistics.mean(weeks),
        high=max(weeks),
        sd=statistics.stdev(weeks) if len(weeks) > 1 else None,
        under_a_week=_share(sum(week < ONE_WEEK for week in weeks), len(weeks)),
        within_four_weeks=_share(sum(week <= FOUR_WEEKS for week in weeks), len(weeks)),
        within_norm=_within(known, norms or {}),
    )


def table(rows: Iterable[Measured], *, norms: Norms | None = None) -> list[Row]:
    """Return a line per quarter, method and kind of help, each quarter's total first.

    The newest quarter comes first. A total is over the specialist kinds of help, within one
    method; help of the local team, prevention, the chain of safety and help of an unknown kind
    stand apart.
    """
    return _table(rows, lambda quarter, way, group: _per_kind(quarter, way, group, norms or {}))


def step_table(rows: Iterable[Measured]) -> list[Row]:
    """Return a line per quarter, method and step of specialist help, with the same totals."""
    return _table((row for row in rows if row.kind in SPECIALIST_KINDS), _per_step)


def _table(
    rows: Iterable[Measured],
    parts: Callable[[Quarter, WaitMethod, list[Measured]], list[Row]],
) -> list[Row]:
    groups: dict[tuple[Quarter, str], list[Measured]] = defaultdict(list)
    for row in rows:
        groups[Quarter.of(row.on), row.method].append(row)
    lines: list[Row] = []
    for quarter, method in sorted(groups, key=_newest_first):
        group = groups[quarter, method]
        way = WaitMethod(method)
        lines += _total(quarter, way, group)
        lines += parts(quarter, way, group)
    return lines


def _newest_first(key: tuple[Quarter, str]) -> tuple[int, int, int]:
    (year, number), method = key
    return (-year, -number, WaitMethod.values.index(method))


def _total(quarter: Quarter, method: WaitMethod, rows: list[Measured]) -> list[Row]:
    """Return the line of specialist help together; none when there is none of it."""
    found = [row for row in rows if row.kind in SPECIALIST_KINDS]
    return [Row(quarter, method, None, figures(found))] if found else []


def _per_kind(
    quarter: Quarter, method: WaitMethod, rows: list[Measured], norms: Norms
) -> list[Row]:
    found = {row.kind for row in rows}
    return [
        Row(quarter, method, kind, figures((row for row in rows if row.kind == kind), norms=norms))
        for kind in HelpKind
        if kind in found
    ]


def _per_step(quarter: Quarter, method: WaitMethod, rows: list[Measured]) -> list[Row]:
    found = {row.level for row in rows}
    return [
        Row(quarter, method, None, figures(row for row in rows if row.level == level), level)
        for level in CareLevel
        if level in found
    ]


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / Decimal(whole)


def _within(rows: list[Measured], norms: Norms) -> Decimal | None:
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
