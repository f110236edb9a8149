"""Locks for writes that look first and write after."""

from collections.abc import Collection

from providers.models import Offer

BATCH = 1000


def lock_offers(ids: Collection[int]) -> None:
    """Let other writes on these offers wait until this transaction is done.

    In one order, so that no two of them can wait for each other. Call it before looking.
    """
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        rows = Offer.objects.select_for_update().filter(pk__in=ordered[start : start + BATCH])
        list(rows.order_by("pk").values_list("pk"))
