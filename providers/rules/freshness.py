"""The clocks: how old a fact may be before it counts as unknown, and how its age is said.

Past its clock a fact is shown greyed with its age and counts as unknown; it is never deleted.
The clocks are those of the settings, unless a region sets its own (providers.rules.clocks).

While an offer is closed for a while its clocks stand still: nobody asks its provider for
anything, so the days of the last closing are no days of age for what STANDS_STILL. The places of
a run go on: the run starts on its day, and its group goes on meanwhile.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db.models import DateField, F, Q, Value
from django.db.models.lookups import LessThanOrEqual
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.enums import DatedFact
from providers.index.days import DaysBetween, days_between
from providers.languages import cached_per_language

# A page says the same few ages dozens of times.
KEPT = 4000
# Whose clocks stand still while the offer is closed.
STANDS_STILL = (DatedFact.OFFER, DatedFact.WAIT)


class Freshness(StrEnum):
    """The state of a dated fact."""

    FRESH = "fresh"
    # Still counts, but its clock has nearly run down: time to ask for a confirmation.
    DUE = "due"
    STALE = "stale"
    NEVER = "never"

    @property
    def counts(self) -> bool:
        """Whether the fact is still taken to be true."""
        return self in {Freshness.FRESH, Freshness.DUE}

    @property
    def counts_if_known(self) -> bool | None:
        """The same; None when it never was known."""
        return None if self is Freshness.NEVER else self.counts


class FactAge(NamedTuple):
    """The state of a fact, and the same in words: how old it is, and what to do about it."""

    state: Freshness
    age: str
    advice: str = ""

    @property
    def words(self) -> str:
        """The age with the advice for who reads it: 'wachttijd 4 maanden oud: bel even'."""
        return f"{self.age}: {self.advice}" if self.advice else self.age


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks that apply on a day: those of the settings, with `own` days put in their place.

    `own` holds only the facts for which a region has days of its own. `closed` are the first and
    the last day of the last time that the offer in view was closed, or will be.
    """

    today: dt.date
    own: Mapping[str, int] = field(default_factory=dict)
    closed: tuple[dt.date, dt.date] | None = None

    def while_closed(self, first: dt.date | None, last: dt.date | None) -> Self:
        """Return these clocks for an offer that is closed from the first through the last day."""
        closed = None if first is None or last is None else (first, last)
        return self if closed == self.closed else replace(self, closed=closed)

    def days(self, fact: DatedFact) -> int:
        """Return for how many days this kind of fact counts."""
        return self.own.get(fact.value, settings.FRESHNESS_DAYS[fact.value])

    def since(self, fact: DatedFact) -> dt.date:
        """Return the first day whose facts of this kind still count."""
        return self.today - dt.timedelta(days=self.days(fact))

    def counting(self, fact: DatedFact) -> tuple[dt.date, dt.date]:
        """Return the first and the last day whose facts of this kind count: never one to come."""
        return self.since(fact), self.today

    def age(self, fact: DatedFact, on: dt.date) -> int:
        """Return how many days the clock ran since a fact was dated `on`."""
        days = (self.today - on).days
        if self.closed is None or fact not in STANDS_STILL:
            return days
        first, last = self.closed
        until, since = min(last, self.today), max(first - dt.timedelta(days=1), on)
        return days - max(0, (until - since).days)

    def state(self, fact: DatedFact, on: dt.date | None) -> Freshness:
        """Return the state of a fact dated `on`; one dated after today says nothing."""
        if on is None or on > self.today:
            return Freshness.NEVER
        age, days = self.age(fact, on), self.days(fact)
        if age > days:
            return Freshness.STALE
        return Freshness.FRESH if age <= int(days * settings.FRESHNESS_DUE_SHARE) else Freshness.DUE

    def days_left(self, fact: DatedFact, on: dt.date | None) -> int:
        """Return for how many more days a fact counts: 0 on its last day, -1 once it does not."""
        if on is None or not self.state(fact, on).counts:
            return -1
        return self.days(fact) - self.age(fact, on)

    def fact_age(self, fact: DatedFact, on: dt.date | None) -> FactAge:
        """Return the state of a fact dated `on` together with the words that say it."""
        state = self.state(fact, on)
        if on is None or state is Freshness.NEVER:
            return FactAge(state, _never(fact))
        if state.counts:
            return FactAge(state, _dated(fact, on, self.today))
        advice = _("controleer ze") if fact is DatedFact.CONTACT else _("bel even")
        return FactAge(state, _old(fact, on, self.today), advice)


# A plain day stands for the clocks of the settings on that day.
Moment = dt.date | Clocks


def clocks_on(moment: Moment) -> Clocks:
    """Return the clocks meant by a day or by clocks themselves."""
    return moment if isinstance(moment, Clocks) else Clocks(moment)


def day_of(moment: Moment) -> dt.date:
    """Return the day meant by a day or by clocks."""
    return moment.today if isinstance(moment, Clocks) else moment


def fresh_since(fact: DatedFact, moment: Moment) -> dt.date:
    """Return the first day whose facts of this kind still count."""
    return clocks_on(moment).since(fact)


def counting_days(fact: DatedFact, moment: Moment) -> tuple[dt.date, dt.date]:
    """Return the first and the last day whose facts of this kind count."""
    return clocks_on(moment).counting(fact)


def still_counts(column: str, fact: DatedFact, moment: Moment) -> Q:
    """Rows of which the fact that this column dates still counts.

    What stands still is asked of offers, or of rows of the index.
    """
    counts = Q(**{f"{column}__range": counting_days(fact, moment)})
    if fact not in STANDS_STILL:
        return counts
    clocks = clocks_on(moment)
    today, most = Value(clocks.today, output_field=DateField()), clocks.days(fact) + 1
    before = DaysBetween(F("closed_from"), F(column))
    after = DaysBetween(today, F("closed_until"))
    return counts | (
        Q(closed_from__lte=clocks.today, closed_until__gte=clocks.since(fact))
        & Q(**{f"{column}__lt": F("closed_until"), f"{column}__lte": clocks.today})
        & Q(LessThanOrEqual(before, most))
        & Q(LessThanOrEqual(before + after, most))
    )


def still_counts_sql(column: str, fact: DatedFact) -> str:
    """Return the same, of the days that `days_of` hands over; null without a date.

    What stands still is asked of a row of offers or of the index.
    """
    counts = f"{column} BETWEEN %({fact.value}_since)s AND %(today)s"
    if fact not in STANDS_STILL:
        return counts
    # The clock ran before the first day and after the last: each part, and both, within it.
    row, most = column.partition(".")[0], f"%({fact.value}_days)s + 1"
    before = days_between(f"{row}.closed_from", column)
    after = days_between("%(today)s", f"{row}.closed_until")
    return (
        f"({counts} OR ({row}.closed_from <= %(today)s"
        f" AND {row}.closed_until >= %({fact.value}_since)s"
        f" AND {column} < {row}.closed_until AND {column} <= %(today)s"
        f" AND {before} <= {most} AND {before} + {after} <= {most}))"
    )


def days_of(clocks: Clocks) -> dict[str, Any]:
    """Return the values of `still_counts_sql`.

    Today, and of each fact the first day that counts and for how many days it does.
    """
    since = {f"{fact.value}_since": str(clocks.since(fact)) for fact in DatedFact}
    days = {f"{fact.value}_days": clocks.days(fact) for fact in DatedFact}
    return {"today": str(clocks.today), **since, **days}


def freshness(fact: DatedFact, on: dt.date | None, moment: Moment) -> Freshness:
    """Return the state of a fact dated `on`."""
    return clocks_on(moment).state(fact, on)


def fact_age(fact: DatedFact, on: dt.date | None, moment: Moment) -> FactAge:
    """Return state and words of a fact: 'bevestigd gisteren', 'wachttijd 4 maanden oud: bel even'.

    The one function behind cards, pages, portal and mails.
    """
    return clocks_on(moment).fact_age(fact, on)


def age_in_words(on: dt.date, today: dt.date) -> str:
    """Return how long ago something was: 'vandaag', '4 dagen geleden', '3 maanden geleden'."""
    days = (today - on).days
    if days <= 0:
        return _("vandaag")
    if days == 1:
        return _("gisteren")
    return _("%(age)s geleden") % {"age": _age(days)}


def _age(days: int) -> str:
    """Return an age of at least a day: '4 dagen', '3 weken', '8 maanden', 'ruim 2 jaar'."""
    if days < 21:
        return ngettext("%(n)s dag", "%(n)s dagen", days) % {"n": days}
    if days < 60:
        return _("%(n)s weken") % {"n": days // 7}
    if days < 730:
        return _("%(n)s maanden") % {"n": days // 30}
    return _("ruim %(n)s jaar") % {"n": days // 365}


def measured_words(on: dt.date, today: dt.date) -> str:
    """Return when something was measured, with the month once it is over a year old."""
    if (today - on).days < 365:
        return _("gemeten %(age)s") % {"age": age_in_words(on, today)}
    month = formats.date_format(on, "F Y")
    return _("gemeten in %(month)s, %(age)s") % {"month": month, "age": age_in_words(on, today)}


@cached_per_language(KEPT)
def _never(fact: DatedFact) -> str:
    return {
        DatedFact.WAIT: _("wachttijd onbekend"),
        DatedFact.PLACES: _("plekken niet bevestigd"),
        DatedFact.OFFER: _("nog niet bevestigd"),
        DatedFact.CONTACT: _("contactgegevens nog niet bevestigd"),
    }[fact]


@cached_per_language(KEPT)
def _dated(fact: DatedFact, on: dt.date, today: dt.date) -> str:
    words = {
        DatedFact.WAIT: _("gemeten %(age)s"),
        DatedFact.PLACES: _("plekken bevestigd %(age)s"),
        DatedFact.OFFER: _("bevestigd %(age)s"),
        DatedFact.CONTACT: _("contactgegevens bevestigd %(age)s"),
    }[fact]
    return words % {"age": age_in_words(on, today)}


@cached_per_language(KEPT)
def _old(fact: DatedFact, on: dt.date, today: dt.date) -> str:
    days = (today - on).days
    if fact is DatedFact.WAIT and days >= 365:
        return _("wachttijd uit %(month)s, %(age)s oud") % {
            "month": formats.date_format(on, "F Y"),
            "age": _age(days),
        }
    words = {
        DatedFact.WAIT: _("wachttijd %(age)s oud"),
        DatedFact.PLACES: _("plekken %(age)s geleden bevestigd"),
        DatedFact.OFFER: _("%(age)s geleden bevestigd"),
        DatedFact.CONTACT: _("contactgegevens %(age)s geleden bevestigd"),
    }[fact]
    return words % {"age": _age(days)}
