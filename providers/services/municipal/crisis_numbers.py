"""Writes on whom to call in a crisis in a region, by its desk."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from providers.models import CrisisNumber, YouthRegion
from providers.services.municipal.region_rows import lock_region, remove_row, store_row
from providers.services.offers import EditConflictError


@transaction.atomic
def save_crisis_number(
    *,
    by: User | None,
    region: YouthRegion,
    number: CrisisNumber | None = None,
    expected_updated_at: dt.datetime | None = None,
    **fields: Any,
) -> CrisisNumber:
    """Add a number to those of a region, or change one.

    With `expected_updated_at`, raises EditConflictError when somebody else saved in between. Raises
    ValidationError.
    """
    lock_region(region)
    if number is None:
        return store_row(by=by, row=CrisisNumber(region=region), values=fields)
    fresh = CrisisNumber.objects.in_region(region).filter(pk=number.pk).first()
    if fresh is None or expected_updated_at not in {None, fresh.updated_at}:
        raise EditConflictError
    return store_row(by=by, row=fresh, values=fields)


@transaction.atomic
def remove_crisis_number(*, by: User | None, number: CrisisNumber) -> None:
    """Take a number away; the search shows again what it showed without."""
    remove_row(by=by, row=number)
