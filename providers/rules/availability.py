"""When can it start? The one place that turns waits and runs into words and bands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import DatedFact, WaitStatus
from providers.models import GroupRun, Offer, WaitTime
from providers.rules.counting.facts import WaitFacts, facts_of, wait_age
from providers.rules.freshness import Moment, age_in_words, day_of, fact_age
from providers.rules.publishing.closing import closed_words, is_closed
from providers.rules.start import (
    enters_at_start,
    fresh_weeks,
    has_ended,
    has_places,
    is_sooner,
    is_stopped,
    places_count,
    status_tells_start,
    weeks_until,
)

NOW_WEEKS = 2
SOON_WEEKS = 12
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


def start_words(weeks: float | None, first: dt.date | None, today: dt.date) -> str:
    """Return when help can start, by a wait in weeks or the day of a run; empty for neither."""
    if first is not None and is_sooner(first, weeks, today):
        return _("Start %(day)s") % {"day": formats.date_format(first, "j F")}
    return "" if weeks is None else weeks_in_words(Decimal(weeks))


def band_of_weeks(weeks: Decimal | float) -> Band:
    """Return the band for a number of weeks."""
    if weeks <= NOW_WEEKS:
        return Band.NOW
    return Band.SOON if weeks <= SOON_WEEKS else Band.LONG


def availability(offer: Offer, *, today: Moment, next_run: GroupRun | None = None) -> Availability:
    """Return when this offer can start: by its run or its wait, as providers.rules.start has it."""
    if next_run is not None and starts_by_run(offer, next_run, today):
        return of_run(next_run, today)
    found = of_wait(offer, today)
    if status_tells_start(offer.wait_status, at_start=enters_at_start(offer)):
        return found
    if next_run is not None and next_run.is_full:
        return of_run(next_run, today)
    return Availability(Band.UNKNOWN, _("Nog geen start bekend"))


def starts_by_run(offer: Offer, run: GroupRun | None, today: Moment) -> bool:
    """Whether this run says when the offer can start, and not its wait.

    Recent news goes first: a run that may well be full never stands before a wait that counts.
    """
    if run is None or run.is_full:
        return False
    weeks = None if enters_at_start(offer) else fresh_weeks(offer, today)
    if places_count(run, today):
        return is_sooner(run.starts_on, weeks, today)
    return weeks is None and not is_stopped(offer, today)


def of_run(run: GroupRun, today: Moment) -> Availability:
    """Return when this run starts, and whether its places are recent news."""
    day = formats.date_format(run.starts_on, "j F")
    found = fact_age(DatedFact.PLACES, run.places_confirmed_on, today)
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
    return Availability(band_of_weeks(weeks_until(run.starts_on, today)), start, note)


def run_to_show(runs: Iterable[GroupRun], today: Moment) -> GroupRun | None:
    """Return the first of these runs with places by recent news, else the first at all.

    `runs` are those to come that one can still enrol in, soonest first.
    """
    coming = list(runs)
    with_places = (run for run in coming if has_places(run, today))
    return next(with_places, coming[0] if coming else None)


def of_wait(offer: Offer, today: Moment) -> Availability:
    """Return in words that it is closed, or what the newest measurement says.

    Whoever may join when.
    """
    if is_closed(offer, today):
        return Availability(Band.STOP, closed_words(offer, today))
    return _of_measurement(offer, offer.wait_stop_until, today)


def of_measurement(wait: WaitTime, offer: Offer, today: Moment) -> Availability:
    """Return in words what one measurement of an offer says, such as that of one municipality."""
    return _of_measurement(facts_of(wait, offer), wait.stop_until, today)


def of_facts(facts: WaitFacts, today: Moment) -> Availability:
    """Return in words what is known of a wait that ends by no stop, such as that of a team."""
    return _of_measurement(facts, None, today)


def _of_measurement(
    facts: Offer | WaitFacts, stop_until: dt.date | None, today: Moment
) -> Availability:
    weeks, measured_on = facts.wait_weeks, facts.wait_measured_on
    if measured_on is None:
        return Availability(Band.UNKNOWN, _("Wachttijd onbekend"))
    found = wait_age(facts, today)
    state, note = found.state, found.words
    if facts.wait_status == WaitStatus.UNKNOWN:
        return Availability(
            Band.UNKNOWN, _("Wachttijd onbekend"), _measured_words(measured_on, today)
        )
    if facts.wait_status == WaitStatus.STOP:
        return _of_stop(stop_until, note, today, counts=state.counts)
    if weeks is None:
        band = Band.UNKNOWN if state.counts else Band.STALE
        return Availability(band, _("Wachttijd deels bekend"), note)
    text = weeks_in_words(weeks)
    if not state.counts:
        was = _("Was: %(wait)s") % {"wait": text[0].lower() + text[1:]}
        return Availability(Band.STALE, was, note)
    return Availability(band_of_weeks(weeks), text, note)


def _measured_words(on: dt.date, today: Moment) -> str:
    return _("opgegeven %(age)s") % {"age": age_in_words(on, day_of(today))}


def stop_is_over(offer: Offer, today: dt.date) -> bool:
    """Whether an intake stop had an end, and that day has come; the wait is unknown since."""
    return offer.wait_status == WaitStatus.STOP and has_ended(offer.wait_stop_until, today)


def _of_stop(until: dt.date | None, note: str, today: Moment, *, counts: bool) -> Availability:
    if has_ended(until, today):
        return Availability(Band.UNKNOWN, _("Stop voorbij, wachttijd onbekend"), note)
    return Availability(Band.STOP if counts else Band.STALE, stop_words(until, today), note)


def stop_words(until: dt.date | None, today: Moment) -> str:
    """Return an intake stop in words: 'Aanmeldstop tot 1 maart'; that day it is over."""
    if until is None:
        return _("Aanmeldstop")
    this_year = until.year == day_of(today).year
    day = formats.date_format(until, "j F" if this_year else "j F Y")
    return _("Aanmeldstop tot %(day)s") % {"day": day}
