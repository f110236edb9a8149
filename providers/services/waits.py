"""Writes on wait times: measurements are added, never changed."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from providers.enums import WaitStatus
from providers.models import Offer, WaitTime
from providers.services import audit
from providers.services.index import index_waits

BATCH = 1000


@transaction.atomic
def record_wait(
    *, by: User | None, offer: Offer, measured_on: dt.date | None = None, **fields: Any
) -> WaitTime:
    """Add one measurement and let it count if it is the newest valid one.

    `fields` are those of WaitTime: status, intake_weeks, treatment_weeks (weeks, 0-260),
    people_waiting, stop_until, method, source, as_written, note, municipality.
    Raises ValidationError.
    """
    # Two measurements at once must not leave the older one as the current wait.
    Offer.objects.select_for_update().get(pk=offer.pk)
    wait = WaitTime(
        offer=offer, recorded_by=by, measured_on=measured_on or timezone.localdate(), **fields
    )
    wait.full_clean()
    wait.save()
    refresh_current_waits([offer.pk])
    offer.refresh_from_db()
    audit.record(
        by=by,
        action="wait.recorded",
        subject=offer,
        changes={
            "status": wait.status,
            "intake_weeks": wait.intake_weeks,
            "treatment_weeks": wait.treatment_weeks,
            "measured_on": wait.measured_on,
        },
    )
    return wait


@transaction.atomic
def record_waits(*, by: User | None, waits: Iterable[WaitTime]) -> list[WaitTime]:
    """Add many measurements in few queries, for files and feeds. Raises ValidationError."""
    rows = list(waits)
    for wait in rows:
        wait.recorded_by = by
        wait.clean_fields(exclude=["offer", "municipality", "recorded_by"])
        wait.clean()
    saved = WaitTime.objects.bulk_create(rows, batch_size=BATCH)
    offer_ids = {wait.offer_id for wait in rows}
    refresh_current_waits(offer_ids)
    audit.record_many(
        by=by, action="wait.recorded", subjects=Offer.objects.filter(pk__in=offer_ids)
    )
    return saved


def refresh_current_waits(offer_ids: Collection[int]) -> None:
    """Copy the newest valid measurement onto each of these offers."""
    ids = list(offer_ids)
    for start in range(0, len(ids), BATCH):
        _refresh(ids[start : start + BATCH])


def _refresh(ids: list[int]) -> None:
    newest: dict[int, WaitTime] = {}
    for wait in WaitTime.objects.valid().filter(offer__in=ids).newest_first():
        newest.setdefault(wait.offer_id, wait)
    offers = list(Offer.objects.filter(pk__in=ids).only("pk"))
    for offer in offers:
        _copy(offer, newest.get(offer.pk))
    Offer.objects.bulk_update(
        offers, ["current_wait", "wait_status", "wait_weeks", "wait_measured_on"], batch_size=200
    )
    index_waits(offers)


def _copy(offer: Offer, wait: WaitTime | None) -> None:
    offer.current_wait = wait
    offer.wait_status = wait.status if wait else WaitStatus.UNKNOWN
    offer.wait_weeks = wait.total_weeks if wait else None
    offer.wait_measured_on = wait.measured_on if wait else None
