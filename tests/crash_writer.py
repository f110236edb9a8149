"""Writes measurements until it is killed, and says of each, once it is stored, that it is.

DATABASE_URL=... python -m tests.crash_writer NUMBER_OF_THE_OFFER FIRST_NUMBER
"""

import itertools
import os
import sys

import django


def main(offer_id: int, first: int) -> None:
    """Record one wait after the other; its number stands in `people_waiting`."""
    django.setup()
    from providers.enums import WaitSource, WaitStatus
    from providers.models import Offer
    from providers.services.waits import record_wait

    offer = Offer.objects.get(pk=offer_id)
    for number in itertools.count(first):
        record_wait(
            by=None,
            offer=offer,
            status=WaitStatus.KNOWN,
            intake_weeks=number % 50,
            treatment_weeks=2,
            people_waiting=number,
            source=WaitSource.PROVIDER,
        )
        os.write(sys.stdout.fileno(), f"{number}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
