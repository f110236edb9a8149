"""Measures one engine from within Django and prints the figures as JSON; see search.py."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.setup import set_up

ROUNDS = 5
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one address costs: milliseconds, statements, bytes over the line."""

    median_ms: float
    worst_ms: float
    statements: int
    compressed_bytes: int


def main() -> None:
    """Measure every case of the mix."""
    set_up()
    json.dump(measure(rounds=int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS), sys.stdout)


def measure(*, rounds: int) -> Row:
    """Return the figures per case and, over all samples, per page."""
    from django.db import connection

    from benchmarks.mix import BOXES, CASES

    rows: list[Row] = []
    samples: dict[str, list[float]] = {"page": [], "map": [], "sql": []}
    for case in CASES:
        page = _address(f"/?{case.query}", rounds, samples["page"])
        sql = _by_hand(case.query, rounds, samples["sql"])
        rows.append({"kind": case.kind, "query": case.query, "page": asdict(page), "sql_ms": sql})
    for case in CASES:
        for box in BOXES:
            address = f"/kaart/punten?{case.query}&vak={box}"
            figures = _address(address, max(2, rounds // 2), samples["map"])
            rows.append({"kind": "map", "query": f"{case.query}&vak={box}", "map": asdict(figures)})
    return {
        "engine": connection.vendor,
        "rows": rows,
        "summary": {name: _spread(values) for name, values in samples.items()},
    }


def _spread(samples: list[float]) -> dict[str, float]:
    return {
        "median_ms": round(statistics.median(samples), 1),
        "p95_ms": round(statistics.quantiles(samples, n=20)[18], 1),
    }


def _address(address: str, rounds: int, samples: list[float]) -> Figures:
    """Fetch an address as a browser does, through every layer, templates and compression."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-encoding": "gzip"})
    client.get(address)  # the vocabulary and the place are in memory from now on
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # Read now: the next request empties the list.
    statements = len(captured)
    assert response.status_code == 200, address
    times = _timed(lambda: client.get(address), rounds)
    samples.extend(times)
    return Figures(
        round(statistics.median(times), 1),
        round(max(times), 1),
        statements,
        len(response.content),
    )


def _by_hand(query: str, rounds: int, samples: list[float]) -> float:
    """Time the hand-written statement, after checking that it gives what the page shows."""
    from django.db import connection

    from benchmarks.by_hand.statements import statement

    wanted = statement(query)

    def run() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(wanted.sql, wanted.parameters)
            rows: list[Any] = cursor.fetchall()
            return rows

    try:
        wanted.check(run())
    except AssertionError as error:
        raise AssertionError(f"{error}: {query}") from None
    times = _timed(run, rounds)
    samples.extend(times)
    return round(statistics.median(times), 1)


def _timed(action: Callable[[], Any], rounds: int) -> list[float]:
    """Return milliseconds per round, without the garbage of the round before."""
    times = []
    for _round in range(rounds):
        gc.collect()
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    main()
