"""When reports that an offer is full count: enough senders, fresh, and after the provider spoke."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.enums import DatedFact, ReportKind, ReportReason
from providers.models import Confirmation, GroupRun, Offer, Report
from providers.rules.freshness import Moment, day_of, fresh_since

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
        # First, as it is what referrers meet most.
        ReportReason.REFUSED,
        ReportReason.TOO_FAR,
        ReportReason.TOO_LATE,
        ReportReason.TOO_HEAVY,
        ReportReason.TOO_LIGHT,
        ReportReason.LANGUAGE,
        ReportReason.COST,
    ),
}
# One referrer may be mistaken, or have an axe to grind.
ENOUGH_SENDERS = 2

# When a report came in, and from which browser (keyed hash).
Voice = tuple[dt.datetime, str]


def enough_since(voices: Iterable[Voice]) -> dt.date | None:
    """Return the day since which enough senders report the same; None when too few do.

    Enough are two senders of whom the second spoke some hours after the first
    (settings.TAP_LIMITS): one person with two telephones needs no more than a minute.
    """
    apart = dt.timedelta(hours=settings.TAP_LIMITS["hours_apart"])
    newest_first = sorted(voices, reverse=True)
    for before, first in newest_first:
        later = {sender for at, sender in newest_first if at >= before + apart} - {first}
        if len(later) >= ENOUGH_SENDERS - 1:
            return timezone.localdate(before)
    return None


def last_word(offer: Offer, run: GroupRun | None, today: dt.date) -> dt.date | None:
    """Return the last day, up to today, on which the provider gave news of places or wait."""
    days = [offer.confirmed_on, offer.wait_measured_on]
    if run is not None:
        days.append(run.places_confirmed_on)
    return max((day for day in days if day is not None and day <= today), default=None)


def counting_since(offer: Offer, run: GroupRun | None, moment: Moment) -> dt.date:
    """Return the first day whose reports count: as long as the fact they contradict would.

    Of the day on which the provider spoke only those count that came later (providers.services
    .reports leaves out the others, and counts again whenever the provider speaks).
    """
    fact = DatedFact.PLACES if run is not None else DatedFact.WAIT
    fresh, spoken = fresh_since(fact, moment), last_word(offer, run, day_of(moment))
    return fresh if spoken is None else max(fresh, spoken)


def reported_full(offer: Offer, run: GroupRun | None, moment: Moment) -> bool:
    """Whether enough referrers say that this offer is full, and nobody contradicted them since.

    `run` is the run that the page shows, if any. Takes no statement.
    """
    if offer.full_reported_on is None or offer.full_reports < ENOUGH_SENDERS:
        return False
    return offer.full_reported_on >= counting_since(offer, run, moment)


def unanswered_wrong(moment: Moment) -> QuerySet[Report]:
    """Return the reports that something is wrong of which the provider confirmed nothing since.

    On the very day of a confirmation the hour decides: what came in after it still stands.
    """
    said = Confirmation.objects.filter(offer=OuterRef("offer"), fact=DatedFact.OFFER)
    newest = said.order_by("-at", "-pk").values("at")[:1]
    rows = Report.objects.counting().filter(kind=ReportKind.WRONG)
    rows = rows.since(fresh_since(DatedFact.OFFER, moment)).annotate(confirmed_at=Subquery(newest))
    confirmed = F("offer__confirmed_on")
    later_that_day = Q(
        created_on=confirmed, confirmed_at__date=confirmed, created_at__gt=F("confirmed_at")
    )
    found: QuerySet[Report] = rows.filter(
        Q(offer__confirmed_on=None)
        | Q(offer__confirmed_on__gt=day_of(moment))
        | Q(created_on__gt=confirmed)
        | later_that_day
    )
    return found


def wrong_reports(offers: Iterable[Offer], moment: Moment) -> dict[int, list[str]]:
    """Return per offer what referrers said is wrong since its provider last confirmed it.

    Each in words with how many said so, most often said first. One statement for all offers.
    """
    rows = unanswered_wrong(moment).filter(offer__in=[offer.pk for offer in offers])
    senders: dict[int, dict[str, set[str]]] = defaultdict(dict)
    names = ("offer", "reason", "sender")
    for pk, reason, sender in rows.order_by("created_on", "pk").values_list(*names):
        senders[pk].setdefault(reason, set()).add(sender)
    return {pk: _reason_words(by_reason) for pk, by_reason in senders.items()}


def _reason_words(by_reason: dict[str, set[str]]) -> list[str]:
    most = sorted(by_reason.items(), key=lambda one: -len(one[1]))
    return [f"{ReportReason(reason).label} ({len(senders)}×)" for reason, senders in most]


def full_reports_words(offer: Offer, run: GroupRun | None, moment: Moment) -> str:
    """Return '2 verwijzers melden: vol', or nothing when too few say so."""
    if not reported_full(offer, run, moment):
        return ""
    return _("%(n)s verwijzers melden: vol") % {"n": offer.full_reports}
