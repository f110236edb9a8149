"""Measures the nightly coverage of every municipality, the page that reads it, and the workbook.

`python -m benchmarks.coverage` builds the country on both engines, or takes what is under
var/bench, and prints a table; what it stores is undone. Beside it stands one bare SQL statement
that only counts the offers of every cell. `--here` measures the database of DATABASE_URL only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.databases import ENGINES, ROOT, SCALES, check_packages, database
from benchmarks.setup import set_up

# Joins what a search joins, without waits, distances, money or reserved help.
BARE = """
SELECT a.municipality_id, q.help_question_id, b.low, COUNT(*)
FROM providers_servicearea a
JOIN providers_offerindex i ON i.offer_id = a.offer_id
JOIN providers_offerhelpquestion q ON q.offer_id = a.offer_id
JOIN (SELECT 0 AS low, 3 AS high UNION ALL SELECT 4, 7 UNION ALL SELECT 8, 11
      UNION ALL SELECT 12, 15 UNION ALL SELECT 16, 18) b
  ON COALESCE(i.age_min, 0) <= b.high AND COALESCE(i.age_max, 99) >= b.low
WHERE i.status IN ('gepubliceerd', 'overgenomen')
GROUP BY 1, 2, 3
"""
PAGES = 9
LINES = {
    "cells": "cells",
    "bare_sql_s": "one bare SQL statement that only counts the offers of each cell",
    "store_s": "storing every cell, with waits, distances, money and class",
    "page_ms": "the matrix of the largest municipality, the whole answer (ms)",
    "workbook_s": "one workbook of every cell",
    "workbook_mb": "the most memory that workbook took (MB)",
}


def main() -> None:
    """Print a table of both engines, or what `--here` and `--workbook` measure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--scale", choices=list(SCALES), default="national")
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--workbook", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.workbook or options.here:
        set_up()
        json.dump(write_workbook() if options.workbook else measure(), sys.stdout)
        return
    check_packages(options.engine)
    found = {}
    for engine in options.engine:
        with database(engine, options.scale) as environment:
            found[engine] = _child("--here", environment) | _child("--workbook", environment)
    _print(found)


def _child(step: str, environment: dict[str, str]) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is its own too."""
    command = [sys.executable, "-m", "benchmarks.coverage", step]
    ran = subprocess.run(command, env=environment, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    measured: dict[str, Any] = json.loads(ran.stdout)
    return measured


def _print(found: dict[str, dict[str, Any]]) -> None:
    sys.stdout.write(f"| | {' | '.join(found)} |\n|---|{'---|' * len(found)}\n")
    for name, words in LINES.items():
        sys.stdout.write(f"| {words} | {' | '.join(str(one[name]) for one in found.values())} |\n")


def measure() -> dict[str, Any]:
    """Return what storing everything costs, and a page from what is stored."""
    from django.db import connection, transaction
    from django.utils import timezone

    from gaps.coverage.report import coverage_of
    from gaps.coverage.snapshots import store_coverage
    from providers.models import Municipality

    today = timezone.localdate()
    found: dict[str, Any] = {"engine": connection.vendor}
    with transaction.atomic():
        found["bare_sql_s"], counted = _timed(_bare)
        found["bare_sql_cells"] = len(counted)
        found["store_s"], found["municipalities"] = _timed(
            lambda: store_coverage(by=None, today=today)
        )
        place = Municipality.objects.order_by("-inhabitants")[0]
        found["cells"] = len(coverage_of(place, today=today).cells) * found["municipalities"]
        found["page_ms"] = _page_ms(place)
        transaction.set_rollback(True)
    return found


def _page_ms(place: Any) -> int:
    """Return the median of the processor time of the matrix, as Django's test client gets it."""
    from django.test import Client

    from accounts.models import User
    from providers.models import Membership

    user = User.objects.create(email="benchmark@example.org")
    Membership.objects.create(user=user, municipality=place)
    client = Client()
    client.force_login(user)
    times = []
    for _n in range(PAGES):
        seconds, response = _timed(lambda: client.get(f"/voor-gemeenten/{place.slug}/dekking/"))
        if response.status_code != 200:
            raise RuntimeError(f"The page answered {response.status_code}.")
        times.append(seconds)
    return round(1000 * sorted(times)[PAGES // 2])


def write_workbook() -> dict[str, Any]:
    """Return what a workbook of everything costs, and the most memory this process had."""
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder, Path(folder, "stdout").open("w") as output:
        seconds, _nothing = _timed(
            lambda: call_command("export_coverage", str(Path(folder, "all.xlsx")), stdout=output)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"workbook_s": seconds, "workbook_mb": peak}


def _bare() -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE)
        return list(cursor.fetchall())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of a core, which others on the machine hardly change, and the result.

    Those of the server of PostgreSQL go along where it runs on this machine.
    """
    started = time.process_time() + _server_seconds()
    result = work()
    return round(time.process_time() + _server_seconds() - started, 3), result


def _server_seconds() -> float:
    """Return the processor time of the other end of our connection; 0 on SQLite or elsewhere."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
