"""Referrers who report, each some hours after the one before."""

import datetime as dt

from django.db.models import F

from providers.enums import ReportKind
from providers.models import Report
from providers.services.reports import report_offer

HOURS_APART = dt.timedelta(hours=5)


def let_hours_pass():
    """Make the reports there are some hours older."""
    Report.objects.update(created_at=F("created_at") - HOURS_APART)


def say_full(offer, *senders):
    """Have each sender report this offer full."""
    for sender in senders:
        let_hours_pass()
        report_offer(by=None, offer=offer, kind=ReportKind.FULL, sender=sender)
    offer.refresh_from_db()
