"""Times the hand-written statement for each address given, and prints the medians as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import Any

from benchmarks.setup import set_up

ROUNDS = 15
MAP = "/kaart/punten?"


def main() -> None:
    """Print a list of milliseconds; null for an address without such a statement."""
    set_up()
    json.dump([_milliseconds(address) for address in sys.argv[1:]], sys.stdout)


def _milliseconds(address: str) -> float | None:
    from benchmarks.by_hand.map_statement import map_statement
    from benchmarks.by_hand.statements import statement

    if address.startswith(MAP):
        return _timed(map_statement(address.removeprefix(MAP)))
    return _timed(statement(address[2:])) if address.startswith("/?") else None


def _timed(wanted: Any) -> float:
    from django.db import connection

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
