"""Writes on wait times: measurements are added, never changed."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from providers.enums import ConfirmedVia, WaitSource, WaitStatus
from providers.models import Offer, ServiceArea, WaitRetraction, WaitTime
from providers.models.waits import TOTAL_WEEKS
from providers.services import audit
from providers.services.confirmations import confirm_wait
from providers.services.index import index_waits
from providers.services.locking import lock_offers
from providers.services.reports import recount_full

BATCH = 1000
# What a measurement says, apart from who recorded it and when.
SAYS = (
    *("measured_on", "status", "intake_weeks", "treatment_weeks", "start_weeks"),
    *("people_waiting", "stop_until", "method", "source", "as_written", "note"),
)
# What still holds when somebody says that nothing changed.
REPEATED = (
    *("status", "intake_weeks", "treatment_weeks", "start_weeks", "people_waiting"),
    "stop_until",
)


@transaction.atomic
def record_wait(
    *,
    by: User | None,
    offer: Offer,
    measured_on: dt.date | None = None,
    via: ConfirmedVia = ConfirmedVia.LOGIN,
    **fields: Any,
) -> WaitTime:
    """Add one measurement and let it count if it is the newest valid one.

    `fields` are those of WaitTime: status, start_weeks or intake_weeks and treatment_weeks (weeks,
    0-260), people_waiting, stop_until, method, source, as_written, note, municipality. What the
    provider itself gives leaves a Confirmation too: it says that this is right today. Given twice
    on one day by the same person, it is one measurement.
    Raises ValidationError.
    """
    # Two measurements at once must not leave the older one as the current wait.
    lock_offers([offer.pk])
    wait = WaitTime(
        offer=offer, recorded_by=by, measured_on=measured_on or timezone.localdate(), **fields
    )
    wait.full_clean()
    same = _given_just_before(wait)
    if same is not None:
        return same
    wait.save()
    refresh_current_waits([offer.pk])
    offer.refresh_from_db()
    if wait.source == WaitSource.PROVIDER:
        confirm_wait(by=by, offer=offer, via=via)
    audit.record(
        by=by,
        action="wait.recorded",
        subject=offer,
        changes={
            "status": wait.status,
            "intake_weeks": wait.intake_weeks,
            "treatment_weeks": wait.treatment_weeks,
            "start_weeks": wait.start_weeks,
            "measured_on": wait.measured_on,
        },
    )
    return wait


class WaitConflictError(Exception):
    """Somebody else gave a newer wait of this offer in the meantime."""


@transaction.atomic
def answer_wait(
    *,
    by: User | None,
    offer: Offer,
    shown: int | None,
    fields: Mapping[str, Any] | None,
    via: ConfirmedVia,
    people_waiting: int | None = None,
) -> WaitTime:
    """Say what the wait is today: these fields of WaitTime, or (None) still the one shown.

    `people_waiting` is how many wait now; left out, a wait that is still so keeps its number.
    `shown` is the number of the measurement on the page; None when there was none. Raises
    WaitConflictError when another one counts by now, ValidationError when there is nothing to
    repeat.
    """
    lock_offers([offer.pk])
    before = Offer.objects.select_related("current_wait").get(pk=offer.pk).current_wait
    if (before.pk if before else None) != shown:
        raise WaitConflictError
    counted = {} if people_waiting is None else {"people_waiting": people_waiting}
    if fields is not None:
        return record_wait(by=by, offer=offer, via=via, **{**fields, **counted})
    if before is None:
        raise ValidationError({"start_weeks": _("Vul een getal in.")})
    same = {name: getattr(before, name) for name in REPEATED}
    return record_wait(by=by, offer=offer, via=via, **{**same, **counted})


@transaction.atomic
def record_waits(*, by: User | None, waits: Iterable[WaitTime]) -> list[WaitTime]:
    """Add many measurements in few queries, for files and feeds. Raises ValidationError."""
    rows = list(waits)
    for wait in rows:
        wait.recorded_by = by
        wait.clean_fields(exclude=["offer", "municipality", "recorded_by"])
        wait.clean()
    # An offer saved after its measurement was made: that one has its number, this one not yet.
    offer_ids = {wait.offer_id or wait.offer.pk for wait in rows}
    lock_offers(offer_ids)
    saved = WaitTime.objects.bulk_create(rows, batch_size=BATCH)
    refresh_current_waits(offer_ids)
    audit.record_many(
        by=by, action="wait.recorded", subjects=Offer.objects.filter(pk__in=offer_ids)
    )
    return saved


def _given_just_before(wait: WaitTime) -> WaitTime | None:
    """Return the last measurement of this offer and place when it says the same, on the same day.

    A second tap on the same button adds no fact. What differs in anything, or comes after
    something else, is a row of its own.
    """
    rows = WaitTime.objects.filter(offer=wait.offer, municipality=wait.municipality)
    before = rows.order_by("-id").first()
    if before is None or hasattr(before, "retraction"):
        return None
    if before.recorded_by_id != wait.recorded_by_id:
        return None
    if timezone.localdate(before.recorded_at) != timezone.localdate():
        return None
    return before if all(getattr(before, n) == getattr(wait, n) for n in SAYS) else None


@transaction.atomic
def retract_wait(*, by: User | None, wait: WaitTime) -> WaitRetraction:
    """Take back a measurement: it stays in the history, and the one before it counts again.

    Taken back twice, it is taken back once.
    """
    lock_offers([wait.offer_id])
    before = WaitRetraction.objects.filter(wait=wait).first()
    if before is not None:
        return before
    retraction = WaitRetraction.objects.create(wait=wait, by=by)
    refresh_current_waits([wait.offer_id])
    audit.record(
        by=by,
        action="wait.retracted",
        subject=wait.offer,
        changes={
            "wait": wait.pk,
            "measured_on": wait.measured_on,
            "status": wait.status,
            "total_weeks": wait.total_weeks,
        },
    )
    return retraction


def counts(wait: WaitTime) -> bool:
    """Whether this measurement is the one that is shown, of its offer or in its municipality."""
    return (
        Offer.objects.filter(current_wait=wait).exists()
        or ServiceArea.objects.filter(current_wait=wait).exists()
    )


def refresh_current_waits(offer_ids: Collection[int]) -> None:
    """Copy the newest valid measurement onto each of these offers."""
    ids = list(offer_ids)
    for start in range(0, len(ids), BATCH):
        _refresh(ids[start : start + BATCH])


def _refresh(ids: list[int]) -> None:
    """By statements on whole sets: a list of values per offer takes Django seconds to compile."""
    offers = Offer.objects.filter(pk__in=ids)
    newest = WaitTime.objects.valid().filter(offer=OuterRef("pk")).newest_first()
    offers.update(current_wait=Subquery(newest.values("pk")[:1]))
    current = WaitTime.objects.filter(pk=OuterRef("current_wait_id"))
    offers.update(
        wait_status=Coalesce(Subquery(current.values("status")), Value(WaitStatus.UNKNOWN)),
        wait_weeks=Subquery(current.values_list(TOTAL_WEEKS)),
        wait_measured_on=Subquery(current.values("measured_on")),
        wait_stop_until=Subquery(current.values("stop_until")),
    )
    recount_full(ids)
    index_waits(ids)
    _refresh_areas(ids)


def _refresh_areas(ids: list[int]) -> None:
    """Copy the newest measurement for one municipality onto the service area it is about.

    An area whose last measurement was taken back has none.
    """
    newest: dict[tuple[int, str | None], WaitTime] = {}
    for wait in WaitTime.objects.for_one_municipality().filter(offer__in=ids).newest_first():
        newest.setdefault((wait.offer_id, wait.municipality_id), wait)
    measured = Q(offer__in={offer for offer, _place in newest})
    areas = ServiceArea.objects.filter(measured | Q(offer__in=ids, current_wait__isnull=False))
    changed = list(areas)
    for area in changed:
        area.current_wait = newest.get((area.offer_id, area.municipality_id))
    ServiceArea.objects.bulk_update(changed, ["current_wait"], batch_size=200)
