"""When can it start? The one place that turns waits and runs into words and bands."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from providers.enums import WaitStatus
from providers.freshness import Fact, Freshness, fresh_since, freshness, measured_words
from providers.models import GroupRun, Offer

NOW_WEEKS = 2
SOON_WEEKS = 12
SOON_START_WEEKS = 6


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
    """Return weeks as people say them: direct, binnen 2 weken, ongeveer 6 weken."""
    if weeks < 1:
        return _("Direct")
    if weeks <= NOW_WEEKS:
        return _("Binnen 2 weken")
    if weeks > 52:
        return _("Langer dan een jaar")
    return _("Ongeveer %(weeks)s weken") % {"weeks": round(weeks)}


def band_of_weeks(weeks: Decimal | float) -> Band:
    """Return the band for a number of weeks."""
    if weeks <= NOW_WEEKS:
        return Band.NOW
    return Band.SOON if weeks <= SOON_WEEKS else Band.LONG


def availability(offer: Offer, *, today: dt.date, next_run: GroupRun | None = None) -> Availability:
    """Return when this offer can start: by its run or its wait, whichever is sooner."""
    if next_run is None:
        return _of_wait(offer, today)
    until_run = (next_run.starts_on - today).days / 7
    weeks = offer.wait_weeks if _wait_is_fresh(offer, today) else None
    if weeks is not None and weeks < until_run - 1:
        return _of_wait(offer, today)
    return of_run(next_run, today)


def _wait_is_fresh(offer: Offer, today: dt.date) -> bool:
    state = freshness(Fact.WAIT, offer.wait_measured_on, today)
    return offer.wait_status == WaitStatus.KNOWN and state is Freshness.FRESH


def of_run(run: GroupRun, today: dt.date) -> Availability:
    """Return when this run starts, and whether its places are recent news."""
    day = formats.date_format(run.starts_on, "j F")
    state = freshness(Fact.PLACES, run.places_confirmed_on, today)
    if run.is_full:
        return Availability(Band.LONG, _("Vol (%(day)s)") % {"day": day})
    if state is not Freshness.FRESH or run.places_left is None:
        return Availability(
            Band.STALE, _("Start %(day)s") % {"day": day}, _("plekken niet bevestigd")
        )
    weeks = (run.starts_on - today).days / 7
    return Availability(band_of_weeks(weeks), _("Start %(day)s") % {"day": day})


def _of_wait(offer: Offer, today: dt.date) -> Availability:
    measured_on = offer.wait_measured_on
    if measured_on is None or offer.wait_status == WaitStatus.UNKNOWN:
        return Availability(Band.UNKNOWN, _("Wachttijd onbekend"))
    note = measured_words(measured_on, today)
    stale = freshness(Fact.WAIT, measured_on, today) is Freshness.STALE
    if offer.wait_status == WaitStatus.STOP:
        return Availability(Band.STALE if stale else Band.STOP, _("Aanmeldstop"), note)
    if offer.wait_weeks is None:
        return Availability(
            Band.STALE if stale else Band.UNKNOWN, _("Wachttijd deels bekend"), note
        )
    text = weeks_in_words(offer.wait_weeks)
    if stale:
        return Availability(
            Band.STALE, _("Was: %(wait)s") % {"wait": text[0].lower() + text[1:]}, note
        )
    return Availability(band_of_weeks(offer.wait_weeks), text, note)


def fresh_wait(today: dt.date) -> Q:
    """Offers whose wait is known in weeks by a measurement that still counts."""
    return Q(
        wait_status=WaitStatus.KNOWN,
        wait_weeks__isnull=False,
        wait_measured_on__gte=fresh_since(Fact.WAIT, today),
    )


def fresh_stop(today: dt.date) -> Q:
    """Offers that take nobody now, by a measurement that still counts."""
    return Q(wait_status=WaitStatus.STOP, wait_measured_on__gte=fresh_since(Fact.WAIT, today))


def runs_with_places(today: dt.date) -> QuerySet[GroupRun]:
    """Runs to come that one can enrol in and that have places by recent news."""
    runs = GroupRun.objects.upcoming(today).open_on(today).with_places()
    return runs.filter(places_confirmed_on__gte=fresh_since(Fact.PLACES, today))


def run_with_places(today: dt.date, *, weeks: int) -> Exists:
    """Offers with a run that starts within `weeks` and has places by recent news."""
    soon = Q(programme__offer=OuterRef("pk"), starts_on__lte=today + dt.timedelta(weeks=weeks))
    return Exists(runs_with_places(today).filter(soon))


def starts_within(weeks: int, today: dt.date) -> Q:
    """Offers known to be able to start within `weeks`: by their wait or by a run."""
    return fresh_wait(today) & Q(wait_weeks__lte=weeks) | Q(run_with_places(today, weeks=weeks))


def wait_unknown(today: dt.date) -> Q:
    """Offers of which no measurement that still counts tells the wait."""
    return ~(fresh_wait(today) | fresh_stop(today))


def start_within_unknown(weeks: int, today: dt.date) -> Q:
    """Offers that may be able to start within `weeks`: their wait or a run's places are unknown."""
    runs = (
        GroupRun.objects.upcoming(today)
        .open_on(today)
        .filter(
            Q(places_left__isnull=True)
            | Q(places_confirmed_on__isnull=True)
            | Q(places_confirmed_on__lt=fresh_since(Fact.PLACES, today)),
            programme__offer=OuterRef("pk"),
            starts_on__lte=today + dt.timedelta(weeks=weeks),
        )
    )
    return wait_unknown(today) | Q(Exists(runs))
