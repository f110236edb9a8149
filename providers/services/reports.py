"""Writes on reports: a referrer says with one tap that an offer is full, wrong or does not fit."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers import emails
from providers.enums import VISIBLE_STATUSES, DatedFact, ReportKind, ReportReason
from providers.models import Confirmation, GroupRun, Offer, Report
from providers.models.audit import ON_NO_PAGE
from providers.networks import NOWHERE, REMEMBERED_DAYS, Network
from providers.rules.availability import run_to_show
from providers.rules.clocks import strictest_clocks
from providers.rules.freshness import Clocks
from providers.rules.reports import (
    REASONS,
    Voice,
    counting_since,
    enough_since,
    last_word,
    reported_full,
)
from providers.services import audit


class SearchBefore(NamedTuple):
    """The search that led to an offer, in codes that exist; empty where it did not say."""

    municipality: str = ""
    help_question: str = ""
    age_band: str = ""


ANYWHERE = SearchBefore()


@transaction.atomic
def report_offer(
    *,
    by: User | None,
    offer: Offer,
    kind: ReportKind,
    reason: ReportReason | None = None,
    sender: str,
    network: Network = NOWHERE,
    settled: bool = True,
    search: SearchBefore = ANYWHERE,
) -> bool:
    """Add a report; False when the same sender said so of this offer today already.

    `sender` is a keyed hash (search.signals.taps) and never gets into the audit trail; `settled`
    says that the browser was known before it tapped; `search` is what led to the offer. When
    enough senders report the offer full, its provider is asked by mail: once, until it answers.
    Raises ValidationError when the reason does not belong to the kind, or nobody sees the offer.
    """
    fresh: Offer = Offer.objects.select_for_update().get(pk=offer.pk)
    _check(fresh, kind, reason)
    today = timezone.localdate()
    _report, created = Report.objects.get_or_create(
        offer=fresh,
        kind=kind,
        sender=sender,
        created_on=today,
        defaults={
            "reason": reason or "",
            "network": network.on(today),
            "counts": _is_a_voice(fresh, kind, reason, sender, network)
            and (settled or kind is not ReportKind.FULL),
            "municipality_id": search.municipality or None,
            "help_question_id": search.help_question or None,
            "age_band": search.age_band,
        },
    )
    if created:
        changes = {"kind": kind.value, "reason": reason.value if reason else ""}
        is_full = kind is ReportKind.FULL
        # Cards show how many say that it is full, and nothing of the other reports.
        audit.record(
            by=by,
            action="offer.reported",
            subject=fresh,
            changes=changes,
            regions=None if is_full else ON_NO_PAGE,
        )
        if is_full:
            _count(fresh)
    return created


def _check(offer: Offer, kind: ReportKind, reason: ReportReason | None) -> None:
    if offer.status not in VISIBLE_STATUSES:
        raise ValidationError(_("Dit aanbod staat niet meer op de kaart."))
    allowed = REASONS[kind]
    if (reason is None and allowed) or (reason is not None and reason not in allowed):
        raise ValidationError(_("Kies een van de antwoorden."))


def _is_a_voice(
    offer: Offer, kind: ReportKind, reason: ReportReason | None, sender: str, network: Network
) -> bool:
    """Whether this report adds a voice, and is no flood.

    It adds none when another browser of the same network said the same of this offer: colleagues
    in one practice and one person with two browsers look alike. Nor after too many of its kind
    from one browser or network on a day.
    """
    counting, today = Report.objects.counting().filter(kind=kind), timezone.localdate()
    mine = Q(sender=sender)
    if network.address:
        mine |= Q(network=network.on(today))
    if counting.filter(mine, created_on=today).count() >= settings.TAP_LIMITS["reports_a_day"]:
        return False
    same = counting.filter(offer=offer, reason=reason or "").exclude(sender=sender)
    since = same.since(today - dt.timedelta(days=REMEMBERED_DAYS))
    return not network.is_in(since.values_list("network", "created_on"))


def _count(offer: Offer) -> None:
    """Copy onto the offer how many senders say it is full, and ask its provider when enough do."""
    today = timezone.localdate()
    clocks = strictest_clocks([offer.pk], today)[offer.pk]
    runs = GroupRun.objects.filter(programme__offer=offer).open_to_enrol(today)
    # The one on its page, so that a report can only add to what stands there.
    run = run_to_show(runs, clocks)
    asked_before = reported_full(offer, run, clocks)
    voices = _voices(offer, run, clocks)
    offer.full_reports = len({sender for _at, sender in voices})
    offer.full_reported_on = enough_since(voices)
    offer.save(update_fields=["full_reports", "full_reported_on"])
    if reported_full(offer, run, clocks) and not asked_before:
        transaction.on_commit(lambda: emails.ask_whether_full(offer), robust=True)


def _voices(offer: Offer, run: GroupRun | None, clocks: Clocks) -> list[Voice]:
    """Return who said that it is full since its provider last gave news."""
    reports = Report.objects.counting().filter(offer=offer, kind=ReportKind.FULL)
    since = reports.since(counting_since(offer, run, clocks))
    day = last_word(offer, run, clocks.today)
    if day is not None:
        at = _moment_of_word(offer, run, day)
        later = Q(created_on__gt=day)
        since = since.filter(later if at is None else later | Q(created_at__gt=at))
    return list(since.values_list("created_at", "sender"))


def _moment_of_word(offer: Offer, run: GroupRun | None, day: dt.date) -> dt.datetime | None:
    """Return when on this day the provider last gave news; None when only the day is known."""
    facts = Q(fact__in=[DatedFact.OFFER, DatedFact.WAIT]) | Q(fact=DatedFact.PLACES, run=run)
    newest = Confirmation.objects.filter(facts, offer=offer, at__date=day).order_by("-at").first()
    moments = [newest.at] if newest else []
    if offer.current_wait is not None and offer.wait_measured_on == day:
        moments.append(offer.current_wait.recorded_at)
    return max(moments, default=None)


def recount_full(offer_ids: Collection[int]) -> None:
    """Count again who says full, where enough did: their providers gave news just now.

    For the services that write that news, after it. One statement where nobody reports anything.
    """
    reported = Offer.objects.filter(pk__in=offer_ids, full_reported_on__isnull=False)
    for offer in reported.order_by("pk"):
        _count(offer)
