"""Times the hand-written statement for each search page given, and prints the medians as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time

from benchmarks.setup import set_up

ROUNDS = 15


def main() -> None:
    """Print a list of milliseconds; null for an address that is no search page."""
    set_up()
    times = [_milliseconds(a[2:]) if a.startswith("/?") else None for a in sys.argv[1:]]
    json.dump(times, sys.stdout)


def _milliseconds(query: str) -> float:
    from django.db import connection

    from benchmarks.statements import statement

    wanted = statement(query)
    times = []
    with connection.cursor() as cursor:
        for _round in range(ROUNDS):
            start = time.perf_counter()
            cursor.execute(wanted.sql, wanted.parameters)
            rows = cursor.fetchall()
            times.append((time.perf_counter() - start) * 1000)
    wanted.check(rows)
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    main()
