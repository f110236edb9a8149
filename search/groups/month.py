"""One month as a table of weeks, for runs that start on its days."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import formats

from search.cards.groups import RunCard

# Per day in the table; the list of that day has the others.
SHOWN_PER_DAY = 4
# As far as one can leaf, in months from now.
FURTHEST = 24


@dataclass(slots=True)
class Day:
    """One day of the table."""

    date: dt.date
    in_month: bool
    is_today: bool
    # How many runs start on it, and the first few of them.
    count: int = 0
    runs: list[RunCard] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The day as people say it."""
        return formats.date_format(self.date, "l j F")

    @property
    def more(self) -> int:
        """How many runs do not fit in the table."""
        return self.count - len(self.runs)


class Month:
    """The weeks of the month that begins on `first`."""

    def __init__(self, first: dt.date, today: dt.date) -> None:
        self.first = first
        self.today = today
        self.last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        self.weeks = [
            [Day(day, day.month == first.month, day == today) for day in week]
            for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        ]

    def fill(self, runs: Iterable[RunCard], counts: Mapping[dt.date, int]) -> None:
        """Put the first few runs on their days, and how many start there in all."""
        days = {day.date: day for week in self.weeks for day in week if day.in_month}
        for date, count in counts.items():
            days[date].count = count
        for run in runs:
            days[run.starts_on].runs.append(run)

    @property
    def name(self) -> str:
        """The month as people say it: 'december 2026'."""
        return formats.date_format(self.first, "F Y")

    @property
    def weekdays(self) -> list[str]:
        """The names of the days, Monday first."""
        return [formats.date_format(day.date, "l") for day in self.weeks[0]]

    @property
    def count(self) -> int:
        """How many runs start in this month."""
        return sum(day.count for week in self.weeks for day in week)

    @property
    def before(self) -> dt.date | None:
        """The month before; None when that is too long ago."""
        return self._step(-1)

    @property
    def after(self) -> dt.date | None:
        """The month after; None when that is too far ahead."""
        return self._step(1)

    def _step(self, by: int) -> dt.date | None:
        month = add_months(self.first, by)
        return month if within_reach(month, self.today) else None


def add_months(first: dt.date, by: int) -> dt.date:
    """Return the first day of the month that many months later."""
    count = first.year * 12 + first.month - 1 + by
    return dt.date(count // 12, count % 12 + 1, 1)


def within_reach(month: dt.date, today: dt.date) -> bool:
    """Whether one can leaf to this month."""
    away = (month.year - today.year) * 12 + month.month - today.month
    return abs(away) <= FURTHEST


def read_month(text: str, today: dt.date) -> dt.date:
    """Return the first day of the month 'jjjj-mm'; this month when it says something else."""
    this = today.replace(day=1)
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
    if match is None or match.group(1) == "0000":
        return this
    month = dt.date(int(match.group(1)), int(match.group(2)), 1)
    return month if within_reach(month, today) else this
