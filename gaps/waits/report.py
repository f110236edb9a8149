"""How long one waits in a municipality or a region, per kind of help, step and quarter."""

import datetime as dt
from dataclasses import dataclass

from gaps.turns import one_at_a_time
from gaps.waits.hiding import NOTHING
from gaps.waits.lines import Line, Part, line_of, lines_of, parts_of
from gaps.waits.overlap import withheld_in
from providers.enums import HelpKind, WaitMethod
from providers.models import Municipality, Provider, WaitNorm, YouthRegion
from providers.rules.norms import norms_of
from providers.statistics import (
    LineKey,
    Measured,
    Quarter,
    Row,
    complete,
    figures,
    measurements,
    served,
    step_table,
    table,
)

YEARS_BACK = 2
Place = Municipality | YouthRegion


@dataclass(frozen=True, slots=True)
class WaitReport:
    """The tables of one municipality or region, and the norms that hold there."""

    place: Place
    on: dt.date
    lines: tuple[Line, ...]
    steps: tuple[Line, ...]
    norms: tuple[WaitNorm, ...]

    @property
    def parts(self) -> list[Part]:
        """Return the lines by quarter and method, the newest first."""
        return parts_of(self.lines, self.steps)


def since(today: dt.date) -> dt.date:
    """Return the first day of the report: two years back, from 1 January."""
    return today.replace(year=today.year - YEARS_BACK, month=1, day=1)


@one_at_a_time
def wait_report(place: Place, *, today: dt.date, kind: str = "") -> WaitReport:
    """Return the figures of the last two years, of one kind of help or all: three statements.

    In a region an offer counts once, and so do the people on its list, however many of its
    municipalities it serves. For a municipality two statements more: what follows from others.
    """
    norms = norms_of(place.region_id if isinstance(place, Municipality) else place.pk)  # 1.
    rows = measured_in(place, today=today, kind=kind)  # 2 and 3.
    withheld: frozenset[LineKey] = frozenset()
    if isinstance(place, Municipality):
        withheld = withheld_in(place, rows, since=since(today), until=today, kind=kind)  # 4 and 5.
    running = Quarter.of(today)
    weeks = {code: norm.weeks for code, norm in norms.items()}
    return WaitReport(
        place=place,
        on=today,
        lines=lines_of(table(rows, norms=weeks), running=running, withheld=withheld),
        steps=() if kind else lines_of(step_table(rows), running=running, withheld=withheld),
        norms=tuple(norm for code, norm in norms.items() if not kind or code == kind),
    )


def measured_in(place: Place, *, today: dt.date, kind: str = "") -> list[Measured]:
    """Return what is known and what is not of the offers that serve a place: two statements."""
    where = {"municipality": place.pk} if isinstance(place, Municipality) else {"region": place.pk}
    found = measurements(**where, kind=kind, since=since(today), until=today)
    return complete(found, served(**where, kind=kind))


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """The figures of one provider for one kind of help; nothing is hidden of them."""

    provider: str
    line: Line


@dataclass(frozen=True, slots=True)
class Comparison:
    """The providers of a place beside each other, in one quarter and by one method."""

    place: Place
    on: dt.date
    quarter: Quarter
    method: WaitMethod
    quarters: tuple[Quarter, ...]
    lines: tuple[ProviderLine, ...]


@one_at_a_time
def comparison(
    place: Place, *, today: dt.date, quarter: str = "", method: str = ""
) -> Comparison | None:
    """Return the providers side by side: three statements; None when nothing was measured.

    For who may compare providers only (providers.permissions): one offer is one provider, so
    nothing is hidden. Without a quarter: the last that has ended, or else the running one.
    """
    rows = measured_in(place, today=today)
    quarters = sorted({Quarter.of(row.on) for row in rows}, reverse=True)
    if not quarters:
        return None
    ended = [one for one in quarters if one != Quarter.of(today)]
    chosen = next((one for one in quarters if str(one) == quarter), (ended or quarters)[0])
    there = [row for row in rows if Quarter.of(row.on) == chosen]
    methods = [way for way in WaitMethod if any(row.method == way for row in there)]
    way = WaitMethod(method) if method in methods else methods[0]
    providers = Provider.objects.filter(pk__in={row.provider for row in there})
    names = dict(providers.values_list("pk", "name"))
    found = _per_provider([row for row in there if row.method == way], chosen, way, names, today)
    return Comparison(place, today, chosen, way, tuple(quarters), found)


def _per_provider(
    rows: list[Measured],
    quarter: Quarter,
    method: WaitMethod,
    names: dict[int, str],
    today: dt.date,
) -> tuple[ProviderLine, ...]:
    groups: dict[tuple[str, int], list[Measured]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.provider), []).append(row)
    running = Quarter.of(today)
    lines = [
        ProviderLine(
            names[provider],
            line_of(Row(quarter, method, HelpKind(kind), figures(group)), NOTHING, running),
        )
        for (kind, provider), group in groups.items()
    ]
    order = list(HelpKind)

    def place_of(one: ProviderLine) -> tuple[int, str]:
        return order.index(one.line.kind or HelpKind.UNKNOWN), one.provider

    return tuple(sorted(lines, key=place_of))
