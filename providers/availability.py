"""When can it start? The one place that turns waits and runs into words and bands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import DatedFact, WaitStatus
from providers.freshness import (
    Moment,
    age_in_words,
    clocks_on,
    day_of,
    fresh_since,
    freshness,
    told,
)
from providers.models import GroupRun, Offer, WaitTime

NOW_WEEKS = 2
SOON_WEEKS = 12
SOON_START_WEEKS = 6
HALF_YEAR_WEEKS = 26
MONTH_WEEKS = 52 / 12


class Band(StrEnum):
    """How soon, for the colour and shape that go with the words."""

    NOW = "now"
    SOON = "soon"
    LONG = "long"
    STOP = "stop"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Availability:
    """When an offer can start: a band, words, and where the words come from."""

    kind: Band
    text: str
    note: str = ""


def weeks_in_words(weeks: Decimal) -> str:
    """Return weeks as people say them: direct, binnen 2 weken, ongeveer 6 weken.

    From a quarter of a year on in months: more precise than that nobody knows it.
    """
    if weeks < 1:
        return _("Direct")
    if weeks <= NOW_WEEKS:
        return _("Binnen 2 weken")
    if weeks > 52:
        return _("Langer dan een jaar")
    if weeks > HALF_YEAR_WEEKS:
        return _("Langer dan een half jaar")
    if weeks > SOON_WEEKS:
        return _("Ongeveer %(months)s maanden") % {"months": round(float(weeks) / MONTH_WEEKS)}
    return _("Ongeveer %(weeks)s weken") % {"weeks": round(weeks)}


def band_of_weeks(weeks: Decimal | float) -> Band:
    """Return the band for a number of weeks."""
    if weeks <= NOW_WEEKS:
        return Band.NOW
    return Band.SOON if weeks <= SOON_WEEKS else Band.LONG


def availability(offer: Offer, *, today: Moment, next_run: GroupRun | None = None) -> Availability:
    """Return when this offer can start: by its run or its wait, whichever is sooner."""
    if next_run is not None and starts_by_run(offer, next_run, today):
        return of_run(next_run, today)
    return _of_wait(offer, today)


def starts_by_run(offer: Offer, run: GroupRun | None, today: Moment) -> bool:
    """Whether this run says when the offer can start, and not its wait.

    Recent news goes first: a run that may well be full never stands before a wait that counts.
    """
    if run is None or run.is_full:
        return False
    weeks = offer.wait_weeks if _wait_is_fresh(offer, today) else None
    if _places_are_told(run, today):
        return weeks is None or weeks >= (run.starts_on - day_of(today)).days / 7 - 1
    return weeks is None and not _takes_nobody(offer, today)


def _wait_is_fresh(offer: Offer, today: Moment) -> bool:
    state = freshness(DatedFact.WAIT, offer.wait_measured_on, today)
    return offer.wait_status == WaitStatus.KNOWN and state.counts


def _places_are_told(run: GroupRun, today: Moment) -> bool:
    state = freshness(DatedFact.PLACES, run.places_confirmed_on, today)
    return run.places_left is not None and state.counts


def _takes_nobody(offer: Offer, today: Moment) -> bool:
    return _of_wait(offer, today).kind is Band.STOP


def of_run(run: GroupRun, today: Moment) -> Availability:
    """Return when this run starts, and whether its places are recent news."""
    day = formats.date_format(run.starts_on, "j F")
    found = told(DatedFact.PLACES, run.places_confirmed_on, today)
    state, note = found.state, found.words
    if run.is_full and state.counts:
        return Availability(Band.LONG, _("Vol (%(day)s)") % {"day": day}, note)
    if run.is_full:
        return Availability(Band.STALE, _("Was: vol (%(day)s)") % {"day": day}, note)
    start = _("Start %(day)s") % {"day": day}
    if not state.counts:
        return Availability(Band.STALE, start, note)
    if run.places_left is None:
        return Availability(Band.STALE, start, _("aantal plekken niet bekend"))
    weeks = (run.starts_on - day_of(today)).days / 7
    return Availability(band_of_weeks(weeks), start, note)


def run_to_show(runs: Iterable[GroupRun], today: Moment) -> GroupRun | None:
    """Return the first of these runs with places by recent news, else the first at all.

    `runs` are those to come that one can still enrol in, soonest first.
    """
    coming, since = list(runs), fresh_since(DatedFact.PLACES, today)
    for run in coming:
        if run.places_left and run.places_confirmed_on and run.places_confirmed_on >= since:
            return run
    return coming[0] if coming else None


def _of_wait(offer: Offer, today: Moment) -> Availability:
    return _of_measurement(
        offer.wait_status,
        offer.wait_weeks,
        offer.wait_measured_on,
        offer.wait_stop_until,
        today,
    )


def of_measurement(wait: WaitTime, today: Moment) -> Availability:
    """Return in words what one measurement says, such as that of one municipality."""
    return _of_measurement(wait.status, wait.total_weeks, wait.measured_on, wait.stop_until, today)


def _of_measurement(
    status: str,
    weeks: Decimal | None,
    measured_on: dt.date | None,
    stop_until: dt.date | None,
    today: Moment,
) -> Availability:
    if measured_on is None:
        return Availability(Band.UNKNOWN, _("Wachttijd onbekend"))
    found = told(DatedFact.WAIT, measured_on, today)
    state, note = found.state, found.words
    if status == WaitStatus.UNKNOWN:
        return Availability(Band.UNKNOWN, _("Wachttijd onbekend"), _asked_words(measured_on, today))
    if status == WaitStatus.STOP:
        return _of_stop(stop_until, note, today, counts=state.counts)
    if weeks is None:
        band = Band.UNKNOWN if state.counts else Band.STALE
        return Availability(band, _("Wachttijd deels bekend"), note)
    text = weeks_in_words(weeks)
    if not state.counts:
        was = _("Was: %(wait)s") % {"wait": text[0].lower() + text[1:]}
        return Availability(Band.STALE, was, note)
    return Availability(band_of_weeks(weeks), text, note)


def _asked_words(on: dt.date, today: Moment) -> str:
    return _("opgegeven %(age)s") % {"age": age_in_words(on, day_of(today))}


def stop_is_over(offer: Offer, today: dt.date) -> bool:
    """Whether an intake stop had an end, and that day has come; the wait is unknown since."""
    until = offer.wait_stop_until
    return offer.wait_status == WaitStatus.STOP and until is not None and until <= today


def _of_stop(until: dt.date | None, note: str, today: Moment, *, counts: bool) -> Availability:
    if until is not None and until <= day_of(today):
        return Availability(Band.UNKNOWN, _("Stop voorbij, wachttijd onbekend"), note)
    return Availability(Band.STOP if counts else Band.STALE, stop_words(until, today), note)


def stop_words(until: dt.date | None, today: Moment) -> str:
    """Return an intake stop in words: 'Aanmeldstop tot 1 maart'; that day it is over."""
    if until is None:
        return _("Aanmeldstop")
    this_year = until.year == day_of(today).year
    day = formats.date_format(until, "j F" if this_year else "j F Y")
    return _("Aanmeldstop tot %(day)s") % {"day": day}


def fresh_wait(today: Moment) -> Q:
    """Offers whose wait is known in weeks by a measurement that still counts."""
    return Q(
        wait_status=WaitStatus.KNOWN,
        wait_weeks__isnull=False,
        wait_measured_on__gte=fresh_since(DatedFact.WAIT, today),
    )


def fresh_stop(today: Moment) -> Q:
    """Offers that take nobody now, by a measurement that still counts; `until` is not over."""
    lasts = Q(wait_stop_until__isnull=True) | Q(wait_stop_until__gt=day_of(today))
    return lasts & Q(
        wait_status=WaitStatus.STOP,
        wait_measured_on__gte=fresh_since(DatedFact.WAIT, today),
    )


def runs_with_places(today: Moment) -> QuerySet[GroupRun]:
    """Runs to come that one can enrol in and that have places by recent news."""
    clocks = clocks_on(today)
    runs = GroupRun.objects.upcoming(clocks.today).open_on(clocks.today).with_places()
    return runs.filter(places_confirmed_on__gte=clocks.since(DatedFact.PLACES))


def run_with_places(today: Moment, *, weeks: int) -> Exists:
    """Offers with a run that starts within `weeks` and has places by recent news."""
    latest = day_of(today) + dt.timedelta(weeks=weeks)
    soon = Q(programme__offer=OuterRef("pk"), starts_on__lte=latest)
    return Exists(runs_with_places(today).filter(soon))


def starts_within(weeks: int, today: Moment) -> Q:
    """Offers known to be able to start within `weeks`: by their wait or by a run."""
    return fresh_wait(today) & Q(wait_weeks__lte=weeks) | Q(run_with_places(today, weeks=weeks))


def wait_unknown(today: Moment) -> Q:
    """Offers of which no measurement that still counts tells the wait."""
    return ~(fresh_wait(today) | fresh_stop(today))


def start_within_unknown(weeks: int, today: Moment) -> Q:
    """Offers that may be able to start within `weeks`: their wait or a run's places are unknown."""
    clocks = clocks_on(today)
    runs = (
        GroupRun.objects.upcoming(clocks.today)
        .open_on(clocks.today)
        .filter(
            Q(places_left__isnull=True)
            | Q(places_confirmed_on__isnull=True)
            | Q(places_confirmed_on__lt=clocks.since(DatedFact.PLACES)),
            programme__offer=OuterRef("pk"),
            starts_on__lte=clocks.today + dt.timedelta(weeks=weeks),
        )
    )
    return wait_unknown(today) | Q(Exists(runs))
