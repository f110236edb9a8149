"""python -m benchmarks.search: how fast searching is, per engine, beside hand-written SQL."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.databases import ENGINES, ROOT, SCALES, check_packages, database

Report = dict[str, Any]


def main() -> None:
    """Measure the engines asked for and print a table, or one line of JSON each."""
    options = _options()
    engines = ENGINES if options.engine == "both" else (options.engine,)
    check_packages(engines)
    for engine in engines:
        report = _measured(engine, options.scale, options.rounds)
        if options.json:
            print(json.dumps(report))
        else:
            _print(report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--scale", choices=list(SCALES), default="national")
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5, help="times each request is timed")
    parser.add_argument("--json", action="store_true", help="every figure, a line per engine")
    return parser.parse_args()


def _measured(engine: str, scale: str, rounds: int) -> Report:
    """Measure in a process of its own: Django keeps to one database."""
    command = [sys.executable, "-m", "benchmarks.measure", str(rounds)]
    with database(engine, scale) as environment:
        print(f"{engine}, {scale}: measuring", file=sys.stderr)
        done = subprocess.run(
            command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
    report: Report = json.loads(done.stdout)
    return report


def _print(report: Report) -> None:
    pages = [row for row in report["rows"] if "page" in row]
    print(f"\n{report['engine']}")
    print(
        f"{'search page, by kind':<28} {'n':>3} {'median':>9} {'worst':>9} {'SQL':>8} {'ratio':>6}"
    )
    for kind in dict.fromkeys(row["kind"] for row in pages):
        _print_kind(kind, [row for row in pages if row["kind"] == kind])
    _print_kind("all", pages)
    maps = [row["map"] for row in report["rows"] if "map" in row]
    for name, spread in report["summary"].items():
        print(f"{name:<5} median {spread['median_ms']:>8.1f} ms   p95 {spread['p95_ms']:>8.1f} ms")
    for name, rows in (("page", [row["page"] for row in pages]), ("map", maps)):
        statements = [row["statements"] for row in rows]
        size = max(row["compressed_bytes"] for row in rows) / 1000
        print(f"{name:<5} {min(statements)}-{max(statements)} statements, at most {size:.1f} kB")


def _print_kind(kind: str, rows: list[Report]) -> None:
    median = statistics.median(row["page"]["median_ms"] for row in rows)
    worst = max(row["page"]["worst_ms"] for row in rows)
    sql = statistics.median(row["sql_ms"] for row in rows)
    ratio = statistics.median(row["page"]["median_ms"] / row["sql_ms"] for row in rows)
    print(
        f"{kind:<28} {len(rows):>3} {median:>6.0f} ms {worst:>6.0f} ms {sql:>5.0f} ms {ratio:>6.1f}"
    )


if __name__ == "__main__":
    main()
