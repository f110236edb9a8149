"""When an offer can start: the one rule behind cards, pages, filters, ranking and counts.

- Entry at the start only (a closed group): a run says when, and never the wait. How long people
  waited for earlier runs says nothing about a door that opens on one day.
- Otherwise: the wait or a run, whichever is sooner.

A wait counts when it is known in weeks by a recent measurement; a run counts when one can still
enrol in it and it is recently known to have places. Whatever else there is leaves the start
unknown, except an intake stop: that is a known no, unless a run has places.

Held together by tests/providers/rules/test_start_rule.py: plain Python on an offer fetched with
its runs, SQL on a row `i` of the index, for statements that the ORM takes too long to build, and
of what other querysets ask the ORM, on offers or on rows of the index.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

from django.db import connection
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least

from providers.enums import DatedFact, WaitStatus
from providers.models import GroupProgramme, GroupRun, Offer, WaitTime
from providers.rules.counting.facts import WAIT_COUNTS, wait_counts, waits_that_count
from providers.rules.enrolment import CanEnrol
from providers.rules.freshness import Moment, clocks_on, day_of, still_counts, still_counts_sql
from providers.rules.publishing.closing import CLOSED, closed_on, is_closed

SOON_START_WEEKS = 6
# Weeks of what is not known or has stopped: longer than any wait, so a known wait goes before.
NEVER = 999.0
# For the ranking a run starts within one of these: exact weeks would cost a calculation per row.
RUN_BANDS = (2, 6, 12, 26, 52)


def weeks_until(day: dt.date, moment: Moment) -> float:
    """Return how many weeks from now a day is."""
    return (day - day_of(moment)).days / 7


def last_day_within(weeks: float, moment: Moment) -> dt.date:
    """Return the last day on which something starts within so many weeks."""
    return day_of(moment) + dt.timedelta(weeks=weeks)


def is_sooner(run: dt.date, wait: Decimal | float | None, moment: Moment) -> bool:
    """Whether a run that starts on this day comes no later than a wait in weeks, if any."""
    return wait is None or wait >= weeks_until(run, moment)


def has_ended(until: dt.date | None, moment: Moment) -> bool:
    """Whether an intake stop until this day is over; on that day itself it is."""
    return until is not None and until <= day_of(moment)


def status_tells_start(status: str, *, at_start: bool) -> bool:
    """Whether a measurement with this status says when help can start.

    For entry at the start that is an intake stop only.
    """
    return not at_start or status == WaitStatus.STOP


# --- Python: an offer fetched with its programme and runs --------------------------------------


@dataclass(frozen=True, slots=True)
class StartFacts:
    """What is known of when an offer can start.

    `wait` is in weeks, and always None for entry at the start. `first` is the day of the first
    run with places, `perhaps` that of the first run whose places are not known.
    """

    today: dt.date
    at_start: bool
    wait: float | None
    stopped: bool
    first: dt.date | None
    perhaps: dt.date | None
    has_run: bool

    @property
    def weeks(self) -> float:
        """Weeks until it can start; NEVER when that is not known."""
        run = NEVER if self.first is None else weeks_until(self.first, self.today)
        return min(run, NEVER if self.wait is None else self.wait)

    @property
    def weeks_in_bands(self) -> float:
        """The same as the ranking counts it: a run within one of RUN_BANDS."""
        bands = [float(band) for band in RUN_BANDS if self._by(self.first, band)]
        return min([NEVER if self.wait is None else self.wait, *bands], default=NEVER)

    @property
    def is_unknown(self) -> bool:
        """Whether nothing that counts says when it can start, nor that nobody is taken."""
        if self.stopped:
            return False
        return not self.has_run if self.at_start else self.wait is None

    def starts_within(self, weeks: float) -> bool:
        """Whether it is known to be able to start within so many weeks."""
        by_wait = self.wait is not None and self.wait <= weeks
        return by_wait or self._by(self.first, weeks)

    def may_start_within(self, weeks: float) -> bool:
        """Whether it is not known if it can start within so many weeks."""
        return self.is_unknown or self._by(self.perhaps, weeks)

    def wait_at_most(self, weeks: int) -> bool:
        """Whether the wait is known to be so short; at the start one waits for a run."""
        if self.at_start:
            return self._by(self.first, weeks)
        return self.wait is not None and self.wait <= weeks

    def wait_may_be_at_most(self, weeks: int) -> bool:
        """Whether it is not known if the wait is so short."""
        return self.is_unknown or (self.at_start and self._by(self.perhaps, weeks))

    def _by(self, day: dt.date | None, weeks: float) -> bool:
        return day is not None and day <= last_day_within(weeks, self.today)


def enters_at_start(offer: Offer) -> bool:
    """Whether one can only join when a run starts; asks for the programme of the offer."""
    programme = getattr(offer, "programme", None)
    return programme is not None and not programme.is_open


def tells_start(wait: WaitTime | None, offer: Offer) -> TypeGuard[WaitTime]:
    """Whether a measurement says something about when this offer can start."""
    return wait is not None and status_tells_start(wait.status, at_start=enters_at_start(offer))


def start_facts(offer: Offer, runs: Iterable[GroupRun], moment: Moment) -> StartFacts:
    """Return what is known of the start. `runs` are those to come that one can still enrol in."""
    coming = sorted(runs, key=lambda run: run.starts_on)
    at_start = enters_at_start(offer)
    return StartFacts(
        today=day_of(moment),
        at_start=at_start,
        wait=None if at_start else fresh_weeks(offer, moment),
        stopped=is_stopped(offer, moment),
        first=next((run.starts_on for run in coming if has_places(run, moment)), None),
        perhaps=next((run.starts_on for run in coming if not places_count(run, moment)), None),
        has_run=bool(coming),
    )


def fresh_weeks(offer: Offer, moment: Moment) -> float | None:
    """Return the weeks of a measurement that counts, whoever may join when; none while closed."""
    if is_closed(offer, moment):
        return None
    if offer.wait_status != WaitStatus.KNOWN or offer.wait_weeks is None:
        return None
    return float(offer.wait_weeks) if wait_counts(offer, moment) else None


def is_stopped(offer: Offer, moment: Moment) -> bool:
    """Whether nobody is taken now: it is closed, or stopped by a measurement that counts.

    On the last day of a stop it is over.
    """
    if is_closed(offer, moment):
        return True
    lasts = not has_ended(offer.wait_stop_until, moment)
    return offer.wait_status == WaitStatus.STOP and lasts and wait_counts(offer, moment)


def places_count(run: GroupRun, moment: Moment) -> bool:
    """Whether the places of a run are known, and recently."""
    state = clocks_on(moment).state(DatedFact.PLACES, run.places_confirmed_on)
    return run.places_left is not None and state.counts


def has_places(run: GroupRun, moment: Moment) -> bool:
    """Whether a run is recently known to have places."""
    return bool(run.places_left) and places_count(run, moment)


# --- the ORM: conditions on offers, or on rows of the index ------------------------------------


def entry_at_start() -> Exists:
    """Offers that one can only join when a run starts."""
    return Exists(GroupProgramme.objects.filter(offer=OuterRef("pk"), is_open=False))


def fresh_wait(moment: Moment) -> Q:
    """Offers whose wait says when they can start: a number of weeks that still counts."""
    known = Q(wait_status=WaitStatus.KNOWN, wait_weeks__isnull=False)
    return ~Q(entry_at_start()) & known & waits_that_count(moment) & ~closed_on(moment)


def fresh_stop(moment: Moment) -> Q:
    """Offers that take nobody now: closed, or by a measurement that still counts."""
    lasts = Q(wait_stop_until__isnull=True) | Q(wait_stop_until__gt=day_of(moment))
    stop = lasts & Q(wait_status=WaitStatus.STOP) & waits_that_count(moment)
    return stop | closed_on(moment)


def open_runs(moment: Moment) -> QuerySet[GroupRun]:
    """Runs to come that one can still enrol in."""
    today = day_of(moment)
    return GroupRun.objects.open_to_enrol(today)


def runs_with_places(moment: Moment) -> QuerySet[GroupRun]:
    """Runs to come that one can enrol in and that have places by recent news."""
    today = day_of(moment)
    runs = GroupRun.objects.with_places().open_to_enrol(today)
    return runs.filter(_places_count(moment))


def _places_count(moment: Moment) -> Q:
    return still_counts("places_confirmed_on", DatedFact.PLACES, moment)


def runs_with_places_within(weeks: int, moment: Moment) -> QuerySet[GroupRun]:
    """Those of them that start within so many weeks."""
    return runs_with_places(moment).filter(starts_on__lte=last_day_within(weeks, moment))


def run_with_places(moment: Moment, *, weeks: int) -> Exists:
    """Offers with a run that starts within `weeks` and has places by recent news."""
    return _of_offer(runs_with_places_within(weeks, moment))


def _of_offer(runs: QuerySet[GroupRun]) -> Exists:
    return Exists(runs.filter(programme__offer=OuterRef("pk")))


def starts_within(weeks: int, moment: Moment) -> Q:
    """Offers known to be able to start within `weeks`."""
    by_wait = fresh_wait(moment) & Q(wait_weeks__lte=weeks)
    return by_wait | Q(run_with_places(moment, weeks=weeks))


def known_wait(moment: Moment) -> Combinable:
    """Weeks by a measurement that still counts, or null; null for entry at the start."""
    return Case(When(fresh_wait(moment), then=F("wait_weeks")), output_field=FloatField())


def start_weeks(moment: Moment) -> Combinable:
    """Weeks until it can start, runs in bands as in the ranking; NEVER when not known."""
    bands = [
        When(Q(run_with_places(moment, weeks=weeks)), then=_number(weeks)) for weeks in RUN_BANDS
    ]
    run = Case(*bands, default=_number(NEVER), output_field=FloatField())
    return Least(Coalesce(known_wait(moment), _number(NEVER)), run)


def _number(value: float) -> Combinable:
    # PostgreSQL reads a bare 4.0 as numeric, whose quotients differ from those of floats.
    return Cast(Value(value), FloatField())


# --- SQL: the same on a row `i` of the index, with the values of freshness.days_of -------------

# Weeks by a measurement that still counts, else null; always null for entry at the start, and
# while it is closed.
KNOWN_WAIT = (
    f"CASE WHEN NOT i.fixed_start AND i.wait_status = '{WaitStatus.KNOWN.value}'"
    f" AND {WAIT_COUNTS} AND NOT {CLOSED}"
    " THEN i.wait_weeks END"
)
STOPPED = (
    f"({CLOSED} OR COALESCE(i.wait_status = '{WaitStatus.STOP.value}'"
    f" AND {WAIT_COUNTS}"
    " AND (i.wait_stop_until IS NULL OR i.wait_stop_until > %(today)s), FALSE))"
)
_RUNS_OF = (
    """FROM providers_groupprogramme p
    JOIN providers_grouprun r ON r.programme_id = p.id WHERE p.offer_id = {offer} AND """
    + CanEnrol.SQL
)
# Weeks until the start by `wait` (NEVER for none) or `first_start`, whichever is sooner.
START_WEEKS = "CASE {} ELSE wait END".format(
    " ".join(f"WHEN first_start <= %(in_{n})s AND wait > {n} THEN {n}" for n in RUN_BANDS)
)


def first_start(offer: str, *, of_many: bool = False) -> str:
    """Return the first day on which a run with places, by recent news, starts; or null.

    `of_many` where perhaps each offer of the country is looked at, few of which have such a run.
    """
    runs = _runs_with_places(offer)
    first = f"(SELECT MIN(r.starts_on) {runs})"
    if of_many and connection.vendor == "postgresql":
        return f"CASE WHEN {_exists(runs, of_many=True)} THEN {first} END"
    return first


def _runs_with_places(offer: str) -> str:
    places = still_counts_sql("r.places_confirmed_on", DatedFact.PLACES)
    return f"{_RUNS_OF.format(offer=offer)} AND r.places_left > 0 AND {places}"


def _exists(runs: str, *, of_many: bool) -> str:
    """Return whether an offer has such a run.

    PostgreSQL may answer EXISTS from a list of all such runs. That is quickest of many offers, but
    takes longer than the rest of a search in one municipality, so there it is a value: those are
    looked up of each offer by itself.
    """
    if of_many:
        return f"EXISTS (SELECT 1 {runs})"
    return f"COALESCE((SELECT TRUE {runs} LIMIT 1), FALSE)"


def _has_run_within(weeks: int, *, of_many: bool) -> str:
    runs = f"{_runs_with_places('i.offer_id')} AND r.starts_on <= %(in_{weeks})s"
    return _exists(runs, of_many=of_many)


def _perhaps_a_run(weeks: int, *, of_many: bool) -> str:
    """Return whether a run starts in time whose places nobody gives, or gave long ago."""
    still_counts = still_counts_sql("r.places_confirmed_on", DatedFact.PLACES)
    runs = f"""{_RUNS_OF.format(offer="i.offer_id")} AND r.starts_on <= %(in_{weeks})s
        AND (r.places_left IS NULL OR r.places_confirmed_on IS NULL OR NOT {still_counts})"""
    return _exists(runs, of_many=of_many)


def _start_unknown(*, of_many: bool) -> str:
    has_run = _exists(_RUNS_OF.format(offer="i.offer_id"), of_many=of_many)
    unknown = f"CASE WHEN i.fixed_start THEN NOT {has_run} ELSE ({KNOWN_WAIT}) IS NULL END"
    return f"(NOT {STOPPED} AND {unknown})"


def starts_within_sql(weeks: int, *, of_many: bool = False) -> str:
    """Return `starts_within`; never null. `of_many` as in `first_start`."""
    by_wait = f"COALESCE(({KNOWN_WAIT}) <= {weeks}, FALSE)"
    return f"({by_wait} OR {_has_run_within(weeks, of_many=of_many)})"


def start_within_unknown_sql(weeks: int, *, of_many: bool = False) -> str:
    """Return `StartFacts.may_start_within`; never null."""
    perhaps = _perhaps_a_run(weeks, of_many=of_many)
    return f"({_start_unknown(of_many=of_many)} OR {perhaps})"


def wait_at_most_sql(weeks: int, *, of_many: bool = False) -> str:
    """Return `StartFacts.wait_at_most`; never null."""
    by_wait = f"COALESCE(({KNOWN_WAIT}) <= {weeks}, FALSE)"
    return f"({by_wait} OR (i.fixed_start AND {_has_run_within(weeks, of_many=of_many)}))"


def wait_at_most_unknown_sql(weeks: int, *, of_many: bool = False) -> str:
    """Return `StartFacts.wait_may_be_at_most`; never null."""
    perhaps = _perhaps_a_run(weeks, of_many=of_many)
    return f"({_start_unknown(of_many=of_many)} OR (i.fixed_start AND {perhaps}))"
