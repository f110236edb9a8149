"""What the page of an offer says of its wait: figures, source, history and norm."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.languages import weeks_words
from providers.models import WaitTime
from providers.rules.availability import Availability, of_measurement
from providers.rules.counting.facts import wait_counts
from providers.rules.freshness import measured_words
from providers.rules.norms import is_within, norm_for, norm_words
from providers.rules.small_numbers import rounded_words
from providers.rules.start import enters_at_start, tells_start
from search.offer.detail import OfferDetail
from search.offer.wait_chart import Chart, wait_chart

YEAR = dt.timedelta(days=400)
# A year of a measurement a week, and a few.
MOST_MEASUREMENTS = 60


@dataclass(frozen=True, slots=True)
class Norm:
    """What a region has agreed on, where that is written, and whether this wait stays within.

    `met` is None when the wait is not known, or is too old to compare.
    """

    words: str
    source: str
    source_url: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """A part of a wait as a figure: 'tot de intake', '2,5', 'weken'."""

    label: str
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The wait for one offer.

    `measurement` is the one that says when it can start, `is_stale` that it is too old to count;
    `people` says about how many wait, and is empty when that is not known.
    `here` is the wait in the municipality in view, where the provider gives one for it.
    `history` are the valid measurements of the last year, oldest first, with how many waited.
    `by_run_only`: one can only join when a run starts, so that no wait says when.
    """

    measurement: WaitTime | None
    people: str
    is_stale: bool
    parts: list[Weeks]
    source: str
    stop_until: dt.date | None
    here: Availability | None
    norm: Norm | None
    history: list[tuple[WaitTime, str]]
    chart: Chart | None
    by_run_only: bool


def waiting_of(detail: OfferDetail) -> Waiting:
    """Return what is known of the wait: one statement for its history."""
    is_stale = _is_stale(detail)
    history = _history(detail)
    return Waiting(
        measurement=detail.wait,
        people=_people(detail.wait),
        is_stale=is_stale,
        parts=_parts(detail.wait),
        source=_source(detail.wait, detail.today),
        stop_until=detail.stop_until,
        here=_here(detail),
        norm=_norm(detail, is_stale=is_stale),
        history=[(wait, _people(wait) or _("onbekend")) for wait in history],
        chart=wait_chart(history, stale=is_stale),
        by_run_only=enters_at_start(detail.offer),
    )


def _is_stale(detail: OfferDetail) -> bool:
    measured = detail.offer.wait_measured_on is not None
    return measured and not wait_counts(detail.offer, detail.clocks)


def _people(wait: WaitTime | None) -> str:
    return rounded_words(wait.people_waiting if wait else None)


def _parts(wait: WaitTime | None) -> list[Weeks]:
    """Return the weeks of a measurement, each part by itself and together."""
    if wait is None:
        return []
    parts = [
        (_("tot de intake"), wait.intake_weeks),
        (_("daarna tot de start"), wait.treatment_weeks),
        (_("samen") if wait.start_weeks is None else _("tot de start"), wait.total_weeks),
    ]
    return [
        Weeks(label, *weeks_words(weeks).split()) for label, weeks in parts if weeks is not None
    ]


def _source(wait: WaitTime | None, today: dt.date) -> str:
    """Return who measured, how, and how long ago."""
    if wait is None:
        return ""
    return _("%(source)s, %(when)s. %(method)s.") % {
        "source": wait.get_source_display(),
        "when": measured_words(wait.measured_on, today),
        "method": wait.get_method_display(),
    }


def _here(detail: OfferDetail) -> Availability | None:
    wait = detail.here.current_wait if detail.here else None
    if not tells_start(wait, detail.offer):
        return None
    return of_measurement(wait, detail.offer, detail.clocks)


def _norm(detail: OfferDetail, *, is_stale: bool) -> Norm | None:
    """Return the norm of the region in view for this kind of help; there may well be none."""
    region = detail.here.municipality.region_id if detail.here else None
    norm = norm_for(detail.offer.help_kind, region) if detail.wait else None
    if norm is None:
        return None
    weeks = None if is_stale else detail.offer.wait_weeks
    return Norm(norm_words(norm), norm.source, norm.source_url, is_within(norm.weeks, weeks))


def _history(detail: OfferDetail) -> list[WaitTime]:
    if detail.wait is None or enters_at_start(detail.offer):
        return []
    newest = detail.offer.wait_measured_on or detail.today
    valid = detail.offer.wait_times.valid().filter(measured_on__gte=newest - YEAR)
    return list(reversed(valid.newest_first()[:MOST_MEASUREMENTS]))
