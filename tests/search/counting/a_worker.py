"""Counts one search in a process as the application server makes them, and ends in the usual way.

DATABASE_URL=... python -m tests.search.counting.a_worker fork|spawn|alone
"""

import multiprocessing
import sys

import django

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def count_one() -> None:
    """Count one search, long before the thread would write it."""
    django.setup()
    from django.conf import settings
    from django.test import RequestFactory

    from providers.models.policy import Searched
    from search.counting.writer import count

    settings.DEMAND_SECONDS = 3600
    request = RequestFactory().get("/", headers={"user-agent": FIREFOX})
    count(request, [Searched("GM0546", "", "somberheid", "12-15", "", "niets", "")])


if __name__ == "__main__":
    if sys.argv[1] == "alone":
        count_one()
    else:
        multiprocessing.set_start_method(sys.argv[1])
        worker = multiprocessing.Process(target=count_one)
        worker.start()
        worker.join()
