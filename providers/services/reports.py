"""Writes on reports: a referrer says with one tap that an offer is full, wrong or does not fit."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.availability import run_to_show
from providers.clocks import strictest_clocks
from providers.enums import VISIBLE_STATUSES, ReportKind, ReportReason
from providers.models import GroupRun, Offer, Report
from providers.reports import ENOUGH_SENDERS, REASONS, counting_since, reported_full
from providers.services import audit


@transaction.atomic
def report_offer(
    *,
    by: User | None,
    offer: Offer,
    kind: ReportKind,
    reason: ReportReason | None = None,
    sender: str,
) -> bool:
    """Add a report; False when the same sender said so of this offer today already.

    `sender` is a keyed hash (search.taps) and never gets into the audit trail. When enough
    senders report the offer full, its provider is asked by mail: once, until it has answered.
    Raises ValidationError when the reason does not belong to the kind, or nobody sees the offer.
    """
    fresh: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    _check(fresh, kind, reason)
    _report, created = Report.objects.get_or_create(
        offer=fresh,
        kind=kind,
        sender=sender,
        created_on=timezone.localdate(),
        defaults={"reason": reason or ""},
    )
    if created:
        changes = {"kind": kind.value, "reason": reason.value if reason else ""}
        audit.record(by=by, action="offer.reported", subject=fresh, changes=changes)
        if kind is ReportKind.FULL:
            _count(fresh)
    return created


def _check(offer: Offer, kind: ReportKind, reason: ReportReason | None) -> None:
    if offer.status not in VISIBLE_STATUSES:
        raise ValidationError(_("Dit aanbod staat niet meer op de kaart."))
    allowed = REASONS[kind]
    if (reason is None and allowed) or (reason is not None and reason not in allowed):
        raise ValidationError(_("Kies een van de antwoorden."))


def _count(offer: Offer) -> None:
    """Copy onto the offer how many senders say it is full, and ask its provider when enough do."""
    today = timezone.localdate()
    clocks = strictest_clocks([offer.pk], today)[offer.pk]
    runs = GroupRun.objects.filter(programme__offer=offer).upcoming(today).open_on(today)
    # The one on its page, so that a report can only add to what stands there.
    run = run_to_show(runs, clocks)
    asked_before = reported_full(offer, run, clocks)
    dates = _newest_per_sender(offer, counting_since(offer, run, clocks))
    offer.full_reports = len(dates)
    # The day since which enough senders say so: as old as the oldest that makes it enough.
    offer.full_reported_on = dates[ENOUGH_SENDERS - 1] if len(dates) >= ENOUGH_SENDERS else None
    offer.save(update_fields=["full_reports", "full_reported_on"])
    if reported_full(offer, run, clocks) and not asked_before:
        transaction.on_commit(lambda: emails.ask_whether_full(offer), robust=True)


def _newest_per_sender(offer: Offer, since: dt.date) -> list[dt.date]:
    """Return the last day on which each sender reported this offer full, newest first."""
    reports = Report.objects.filter(offer=offer, kind=ReportKind.FULL).since(since)
    newest = reports.order_by().values("sender").annotate(newest=Max("created_on"))
    return sorted(newest.values_list("newest", flat=True), reverse=True)
