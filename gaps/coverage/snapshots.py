"""Writes the snapshots: every night, and when somebody freezes the figures of a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gaps.coverage.report import computed
from gaps.coverage.stored import content_of
from gaps.models import CoverageSnapshot
from providers.models import Municipality
from providers.models.audit import ON_NO_PAGE
from providers.services.audit import record

# So long every day can be read; of the time before it the last day of each month.
EVERY_DAY = dt.timedelta(days=62)


@transaction.atomic
def store_coverage(*, by: User | None, today: dt.date, region: str | None = None) -> int:
    """Store what there is in every municipality today; returns how many.

    Run again on the same day it replaces what is not frozen. Seven statements a region to read.
    """
    places = Municipality.objects.order_by("region", "code")
    if region:
        places = places.filter(region=region)
    frozen = set(
        CoverageSnapshot.objects.filter(taken_on=today, frozen_at__isnull=False).values_list(
            "municipality", flat=True
        )
    )
    by_region: dict[str, list[Municipality]] = defaultdict(list)
    for place in places:
        if place.pk not in frozen:
            by_region[place.region_id].append(place)
    return sum(_store(some, today) for some in by_region.values())


def _store(places: list[Municipality], today: dt.date) -> int:
    rows = [
        CoverageSnapshot(
            municipality=found.municipality,
            taken_on=today,
            content=content_of(found.cells, found.thresholds),
        )
        for found in computed(places, today=today).values()
    ]
    CoverageSnapshot.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "taken_on"],
        update_fields=["content"],
    )
    return len(rows)


@transaction.atomic
def freeze_coverage(*, by: User, municipality: Municipality, today: dt.date) -> CoverageSnapshot:
    """Freeze the figures of today for good, and return them; again on the same day they stay."""
    row = (
        CoverageSnapshot.objects.select_for_update()
        .filter(municipality=municipality, taken_on=today)
        .first()
    )
    if row is None:
        _store([municipality], today)
        row = CoverageSnapshot.objects.get(municipality=municipality, taken_on=today)
    if row.frozen_at is None:
        row.frozen_at, row.frozen_by = timezone.now(), by
        row.save(update_fields=["frozen_at", "frozen_by"])
        record(by=by, action="coverage.frozen", subject=row, regions=ON_NO_PAGE)
    return row


def remove_old_coverage(*, by: User | None, today: dt.date) -> int:
    """Delete what is older than EVERY_DAY, apart from frozen days and the last of each month."""
    old = CoverageSnapshot.objects.filter(taken_on__lt=today - EVERY_DAY)
    days = old.order_by().values_list("taken_on", flat=True).distinct()
    gone, _per_model = old.filter(
        frozen_at=None, taken_on__in=set(days) - last_of_each_month(days)
    ).delete()
    return gone


def last_of_each_month(days: Iterable[dt.date]) -> set[dt.date]:
    """Return of each month the last of these days."""
    last: dict[tuple[int, int], dt.date] = {}
    for day in sorted(days):
        last[day.year, day.month] = day
    return set(last.values())
