"""The waits of a provider beside the median of its region, for the same kind and way to measure."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from providers.enums import HelpKind, WaitMethod
from providers.languages import weeks_words
from providers.models import Offer, Provider, ServiceArea
from providers.rules.small_numbers import FEWEST
from providers.statistics import Measured, Quarter, figures, measurements


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One offer: its wait, and the median of the region (empty with under five measurements)."""

    title: str
    kind: str
    method: str
    own: str
    median: str
    n: int
    # Help of an unknown kind is no kind: nothing is like it.
    has_kind: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of one quarter; `region` is where the provider has most of its areas."""

    region: str
    quarter: str
    lines: tuple[WaitLine, ...]


def waits_of(provider: Provider, today: dt.date) -> Waits:
    """Return the waits of the last quarter that has ended: three statements at most."""
    running = Quarter.of(today).first_day
    last_day = running - dt.timedelta(days=1)
    quarter = Quarter.of(last_day)
    code, region = _home(provider, today)
    if not code:
        return Waits("", quarter.words, ())
    rows = measurements(region=code, since=quarter.first_day, until=last_day)
    titles = dict(Offer.objects.visible().filter(provider=provider).values_list("pk", "title"))
    return Waits(region, quarter.words, _lines(rows, titles))


def _home(provider: Provider, today: dt.date) -> tuple[str, str]:
    """Return code and name of the region in which the provider has most of its areas."""
    areas = ServiceArea.objects.current(today).filter(offer__in=Offer.objects.visible())
    of_it = areas.filter(offer__provider=provider, municipality__region__isnull=False).order_by()
    names = ("municipality__region", "municipality__region__name")
    counts = Counter(of_it.values_list(*names))
    return min(counts, key=lambda one: (-counts[one], one[1]), default=("", ""))


def _lines(rows: list[Measured], titles: dict[int, str]) -> tuple[WaitLine, ...]:
    groups: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.method].append(row)
    own = [row for row in rows if row.offer in titles and row.weeks is not None]
    lines = [_line(row, titles[row.offer], groups[row.kind, row.method]) for row in own]
    return tuple(sorted(lines, key=lambda one: (one.title, one.method)))


def _weeks(weeks: Decimal) -> str:
    """Return weeks with one decimal, never as months: months beside weeks do not compare."""
    return weeks_words(weeks.quantize(Decimal("0.1")))


def _line(row: Measured, title: str, alike: list[Measured]) -> WaitLine:
    assert row.weeks is not None  # noqa: S101 - chosen by that
    found = figures(alike)
    has_kind = row.kind != HelpKind.UNKNOWN
    may_show = found.n >= FEWEST and has_kind and found.median is not None
    return WaitLine(
        title=title,
        kind=str(HelpKind(row.kind).label),
        method=str(WaitMethod(row.method).label),
        own=_weeks(row.weeks),
        median=_weeks(found.median) if may_show and found.median is not None else "",
        n=found.n if may_show else 0,
        has_kind=has_kind,
    )
