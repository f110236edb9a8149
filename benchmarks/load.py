"""Fills the database to measure on, unless it holds as many offers of today already."""

from __future__ import annotations

import sys

from benchmarks.setup import set_up


def main() -> None:
    """Load as many offers as asked for; 0 means the demo region."""
    set_up()
    from django.core.management import call_command

    offers = int(sys.argv[1])
    if not _is_there(offers):
        scale = {"scale": "national", "offers": offers} if offers else {"scale": "region"}
        call_command("load_demo", fresh=True, verbosity=0, **scale)
    _complete_the_index()


def _is_there(offers: int) -> bool:
    """Texts may have changed since: they do not matter here, while waits age with the day."""
    from django.utils import timezone

    from providers.demo.loader import LOADED
    from providers.models import AuditEvent

    event = AuditEvent.objects.filter(action=LOADED).order_by("-id").first()
    wanted = (str(timezone.localdate()), offers)
    return event is not None and (event.changes["day"], event.changes["offers"]) == wanted


def _complete_the_index() -> None:
    """Write the search index where another version of the program left it empty."""
    from django.core.management import call_command
    from django.db import connection

    from providers.models import Offer

    if Offer.objects.filter(index=None).exists() or Offer.objects.filter(words=None).exists():
        call_command("rebuild_index", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
