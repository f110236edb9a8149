"""When reports that an offer is full count: enough senders, fresh, and after the provider spoke."""

import datetime as dt

from django.utils.translation import gettext as _

from providers.enums import DatedFact, ReportKind, ReportReason
from providers.freshness import Moment, fresh_since
from providers.models import GroupRun, Offer

# What can be said with each kind of report; never in own words.
REASONS: dict[ReportKind, tuple[ReportReason, ...]] = {
    ReportKind.FULL: (),
    ReportKind.WRONG: (
        ReportReason.WAIT,
        ReportReason.CONTACT,
        ReportReason.AGES,
        ReportReason.AREA,
        ReportReason.GONE,
        ReportReason.OTHER_WRONG,
    ),
    ReportKind.NO_FIT: (
        ReportReason.TOO_FAR,
        ReportReason.TOO_LATE,
        ReportReason.TOO_HEAVY,
        ReportReason.TOO_LIGHT,
        ReportReason.REFUSED,
        ReportReason.LANGUAGE,
        ReportReason.COST,
    ),
}
# One referrer may be mistaken, or have an axe to grind.
ENOUGH_SENDERS = 2


def last_word(offer: Offer, run: GroupRun | None) -> dt.date | None:
    """Return the last day on which the provider said something about places or wait."""
    said = [offer.confirmed_on, offer.wait_measured_on]
    if run is not None:
        said.append(run.places_confirmed_on)
    return max((day for day in said if day is not None), default=None)


def counting_since(offer: Offer, run: GroupRun | None, moment: Moment) -> dt.date:
    """Return the first day whose reports count: as long as the fact they contradict would.

    A report of the day on which the provider spoke does not count: which came first is not known.
    """
    fact = DatedFact.PLACES if run is not None else DatedFact.WAIT
    fresh, spoken = fresh_since(fact, moment), last_word(offer, run)
    return fresh if spoken is None else max(fresh, spoken + dt.timedelta(days=1))


def reported_full(offer: Offer, run: GroupRun | None, moment: Moment) -> bool:
    """Whether enough referrers say that this offer is full, and nobody contradicted them since.

    `run` is the run that the page shows, if any. Takes no statement.
    """
    if offer.full_reported_on is None or offer.full_reports < ENOUGH_SENDERS:
        return False
    return offer.full_reported_on >= counting_since(offer, run, moment)


def full_reports_words(offer: Offer, run: GroupRun | None, moment: Moment) -> str:
    """Return '2 verwijzers melden: vol', or nothing when too few say so."""
    if not reported_full(offer, run, moment):
        return ""
    return _("%(n)s verwijzers melden: vol") % {"n": offer.full_reports}
