"""Locks for writes that look first and write after."""

from collections.abc import Collection

from providers.models import Offer


def lock_offers(ids: Collection[int]) -> None:
    """Let other writes on these offers wait until this transaction is done.

    In one order, so that no two of them can wait for each other. Call it before looking.
    """
    rows = Offer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    list(rows.values_list("pk"))
