"""What was searched, missed and refused in a year, per municipality, help question and age band.

Numbers as they are stored: whoever shows them hides the small ones (providers.rules.small_numbers).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, Sum

from providers.enums import ReportKind, ReportReason
from providers.models import Demand, MissingHelpSignal, Report
from providers.models.policy.demand import IN_VAIN
from providers.rules.small_numbers import is_small

DAYS = 365


class CellKey(NamedTuple):
    """Which cell: CBS code, code of the help question, age band."""

    municipality: str
    question: str
    band: str


@dataclass(frozen=True, slots=True)
class DemandFigures:
    """What was asked for in a cell in the past year; None where it is not counted."""

    searches: int | None = None
    empty_searches: int | None = None
    signals: int | None = None
    refusals: int | None = None


# As many as were asked for; one of each kind of number.
Counts = Counter[CellKey]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for per cell; a cell without an age band is of searches that named no age."""

    searches: Counts = field(default_factory=Counter)
    empty_searches: Counts = field(default_factory=Counter)
    signals: Counts = field(default_factory=Counter)
    refusals: Counts = field(default_factory=Counter)

    def figures(self) -> dict[CellKey, DemandFigures]:
        """Return the figures of each cell that has any."""
        keys = {*self.searches, *self.signals, *self.refusals}
        return {
            key: DemandFigures(
                searches=self.searches[key],
                empty_searches=self.empty_searches[key],
                signals=self.signals[key],
                refusals=self.refusals[key],
            )
            for key in keys
        }


def per_question(counts: Counts) -> Counter[str]:
    """Return how many there are of each help question, over all places and ages."""
    total: Counter[str] = Counter()
    for key, number in counts.items():
        total[key.question] += number
    return total


def publishable(counts: Counts) -> Counts:
    """Return the cells of which files show a number; a total of these tells nothing of the others.

    Two hidden fours would follow from a total of about ten.
    """
    return Counter({key: number for key, number in counts.items() if not is_small(number)})


def asked_in(municipalities: Iterable[str], *, until: dt.date, days: int = DAYS) -> Asked:
    """Return what was asked for in the days up to and including `until`: three statements.

    Of demand that is kept by month only, a month counts when its first day does.
    """
    codes, since = list(municipalities), until - dt.timedelta(days=days - 1)
    asked = Asked()
    _searches(asked, codes, since, until)
    asked.signals.update(_signals(codes, since, until))
    asked.refusals.update(_refusals(codes, since, until))
    return asked


def _searches(asked: Asked, codes: list[str], since: dt.date, until: dt.date) -> None:
    rows = Demand.objects.between(since, until).filter(municipality__in=codes)
    summed = (
        rows.exclude(help_question="")
        .order_by()
        .values_list("municipality", "help_question", "age_band")
        .annotate(all=Sum("searches"), empty=Sum("searches", filter=IN_VAIN))
    )
    for *key, number, empty in summed:
        asked.searches[CellKey(*key)] = number
        asked.empty_searches[CellKey(*key)] = empty or 0


def _signals(codes: list[str], since: dt.date, until: dt.date) -> Iterable[CellKey]:
    """Yield the cell of each counting signal; one sender's of a day about one question is one."""
    rows = MissingHelpSignal.objects.filter(
        municipality__in=codes, counts=True, created_on__range=(since, until)
    ).order_by("pk")
    taps: dict[tuple[str, str, str, dt.date], str] = {}
    names = ("municipality", "help_question", "sender", "created_on", "age_band")
    for *tap, band in rows.values_list(*names):
        taps.setdefault(tuple(tap), band)
    return (CellKey(tap[0], tap[1], band) for tap, band in taps.items())


def _refusals(codes: list[str], since: dt.date, until: dt.date) -> Iterable[CellKey]:
    """Return a cell per refusal that was reported, as far as the report says its question.

    One network counts once a day for a cell, on however many offers it reports.
    """
    refused = Q(kind=ReportKind.NO_FIT, reason=ReportReason.REFUSED)
    rows = Report.objects.counting().filter(
        refused, municipality__in=codes, created_on__range=(since, until)
    )
    known = rows.filter(help_question__isnull=False).order_by("pk")
    names = ("municipality", "help_question", "age_band", "created_on", "network", "sender")
    voices = {(*row[:4], row[4] or row[5]) for row in known.values_list(*names)}
    return [CellKey(*voice[:3]) for voice in voices]
