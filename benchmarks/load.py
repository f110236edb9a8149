"""Fills the database to measure on, unless it holds as many offers of today already."""

from __future__ import annotations

import sys

from benchmarks.growing import LARGEST_WRITTEN, crowd, multiply
from benchmarks.setup import set_up

CROWDED = "GM0363"  # Amsterdam


def main() -> None:
    """Load as many offers as asked for; 0 means the demo region. Then the points, if any."""
    set_up()
    from django.core.management import call_command

    offers, points = int(sys.argv[1]), int(sys.argv[2])
    if not _is_there(offers):
        scale = {"scale": "national", "offers": _written(offers)} if offers else {}
        call_command("load_demo", fresh=True, verbosity=0, **scale)
        if offers > LARGEST_WRITTEN:
            multiply(offers // LARGEST_WRITTEN)
    if points:
        crowd(CROWDED, points)
    _complete_the_index()
    _count_rows()


def _written(offers: int) -> int:
    return min(offers, LARGEST_WRITTEN)


def _is_there(offers: int) -> bool:
    """Texts may have changed since: they do not matter here, while waits age with the day."""
    from django.utils import timezone

    from demo.loader import LOADED
    from providers.models import AuditEvent, Offer

    event = AuditEvent.objects.filter(action=LOADED).order_by("-id").first()
    wanted = (str(timezone.localdate()), _written(offers))
    if event is None or (event.changes["day"], event.changes["offers"]) != wanted:
        return False
    return offers <= LARGEST_WRITTEN or Offer.objects.count() == offers


def _complete_the_index() -> None:
    """Write the search index where another version of the program left it empty."""
    from django.core.management import call_command

    from providers.models import Offer

    if Offer.objects.filter(index=None).exists() or Offer.objects.filter(words=None).exists():
        call_command("rebuild_index", verbosity=0)


def _count_rows() -> None:
    """Let the engine count, so that it knows where to begin."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
