"""The mean wait of one kind of help over the quarters, drawn on the server, with its table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gaps.waits.lines import Line
from gaps.waits.words import measured, rounded, weeks
from providers.enums import SPECIALIST_KINDS, HelpKind, WaitMethod
from providers.models import WaitNorm
from providers.statistics import Quarter

# Where points may stand; the scale is left of them.
LEFT, RIGHT, TOP, BOTTOM = 64, 500, 24, 150


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of one quarter: where it stands, and what is written by it."""

    x: float
    y: float
    label: str
    weeks: str
    # The quarter has not ended.
    is_running: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line: of the scale, or a norm."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of 560 by 190 with the same content in words."""

    summary: str
    path: str
    points: tuple[Point, ...]
    ticks: tuple[Level, ...]
    norms: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One kind of help (or all specialist kinds) by one method over the quarters."""

    label: str
    method: WaitMethod
    lines: tuple[Line, ...]
    norms: tuple[WaitNorm, ...]
    chart: Chart | None

    @property
    def counts_only_started(self) -> bool:
        """Whether it counts only who began."""
        return self.lines[0].counts_only_started

    @property
    def is_running(self) -> bool:
        """Whether its last quarter has not ended."""
        return any(line.is_running for line in self.lines)


def courses(lines: Iterable[Line], norms: Sequence[WaitNorm]) -> list[Course]:
    """Return every kind and method with its quarters, the oldest first.

    Kinds together have no norm of their own; the norms of their kinds are drawn, by name.
    """
    found: dict[tuple[str, WaitMethod], list[Line]] = {}
    for line in lines:
        found.setdefault((line.label, line.method), []).append(line)
    return [
        _course(label, method, sorted(of_it, key=lambda line: line.quarter), norms)
        for (label, method), of_it in found.items()
    ]


def _course(label: str, method: WaitMethod, lines: list[Line], norms: Sequence[WaitNorm]) -> Course:
    kinds = SPECIALIST_KINDS if lines[0].is_total else (lines[0].kind,)
    own = tuple(norm for norm in norms if norm.kind in kinds)
    return Course(label, method, tuple(lines), own, _chart(label, lines, own))


def _chart(label: str, lines: Sequence[Line], norms: Sequence[WaitNorm]) -> Chart | None:
    """Draw the means; None when fewer than two quarters have one that may be shown."""
    found = [(line, line.value("gemiddelde")) for line in lines]
    means = [(line, Decimal(mean)) for line, mean in found if mean is not None]
    if len(means) < 2:
        return None
    high = _top(max([mean for _line, mean in means] + [norm.weeks for norm in norms]))
    first, last = lines[0].quarter, lines[-1].quarter
    points = tuple(_point(line, mean, first, last, high) for line, mean in means)
    return Chart(
        summary=_summary(label, means),
        path=_path([line.quarter for line, _mean in means], points),
        points=points,
        ticks=tuple(Level(_y(Decimal(n), high), str(n)) for n in (0, high // 2, high)),
        norms=tuple(Level(_y(norm.weeks, high), _norm_label(norm)) for norm in norms),
    )


def _norm_label(norm: WaitNorm) -> str:
    kind = HelpKind(norm.kind).label
    return _("norm %(kind)s: %(weeks)s weken") % {"kind": kind, "weeks": measured(norm.weeks)}


def _number(quarter: Quarter) -> int:
    return quarter.year * 4 + quarter.number


def _point(line: Line, mean: Decimal, first: Quarter, last: Quarter, high: int) -> Point:
    span = max(1, _number(last) - _number(first))
    x = LEFT + (_number(line.quarter) - _number(first)) / span * (RIGHT - LEFT)
    quarter = line.quarter
    label = _("K%(n)s '%(year)02d") % {"n": quarter.number, "year": quarter.year % 100}
    return Point(round(x, 1), _y(mean, high), label, weeks(rounded(mean)), line.is_running)


def _path(quarters: Sequence[Quarter], points: Sequence[Point]) -> str:
    """The line breaks where a quarter between two points has no figure."""
    steps = [
        "L" if n and _number(quarter) - _number(quarters[n - 1]) == 1 else "M"
        for n, quarter in enumerate(quarters)
    ]
    return "".join(f"{step}{point.x} {point.y}" for step, point in zip(steps, points, strict=True))


def _top(most: Decimal) -> int:
    """Return an even upper end of the scale."""
    for step in (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80, 120, 200):
        if most <= step:
            return step
    return 260


def _y(value: Decimal, high: int) -> float:
    return round(BOTTOM - float(value) / high * (BOTTOM - TOP), 1)


def _summary(label: str, means: Sequence[tuple[Line, Decimal]]) -> str:
    each = [f"{line.quarter}: {weeks(mean)}" for line, mean in means]
    return _("%(kind)s, gemiddelde wachttijd in weken per kwartaal. %(each)s") % {
        "kind": label,
        "each": ", ".join(each),
    }
