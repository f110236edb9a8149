"""Writes on whom to call in a crisis in a region, by its desk."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from providers.models import CrisisNumber, YouthRegion
from providers.services.municipal.region_rows import lock_region, remove_row, store_row
from providers.services.offers import EditConflictError

# More than this is no list to look at in a hurry.
MOST_NUMBERS = 8


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
    mine = CrisisNumber.objects.in_region(region)
    if number is None:
        if mine.count() >= MOST_NUMBERS:
            raise ValidationError(
                _("Er staan al %(n)s nummers. Haal er eerst een weg.") % {"n": MOST_NUMBERS}
            )
        return store_row(by=by, row=CrisisNumber(region=region), values=fields)
    fresh = mine.filter(pk=number.pk).first()
    if fresh is None or expected_updated_at not in {None, fresh.updated_at}:
        raise EditConflictError
    return store_row(by=by, row=fresh, values=fields)


@transaction.atomic
def remove_crisis_number(*, by: User | None, number: CrisisNumber) -> None:
    """Take a number away; the search shows again what it showed without."""
    remove_row(by=by, row=CrisisNumber.objects.select_for_update().get(pk=number.pk))
