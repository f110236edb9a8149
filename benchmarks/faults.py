"""python -m benchmarks.faults: 64 connections for a minute, then with something killed or hung.

One machine as docs/operators.md has it: two workers of four threads, pages made anew, the demo
region. Beside the connections a provider numbers its waits, about one a second. Then, under the
same load: a worker killed (-9) and hung (SIGSTOP), the server killed (and started again as systemd
does), the database killed and hung, or on SQLite its only lock held. Of each: what visitors got,
for how long, and whether everything that was acknowledged is there. Ends with code 1 when the
minute gave an error of ours, or when anything acknowledged is lost. Takes about six minutes an
engine; on PostgreSQL it needs the distribution's package `postgresql`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.breaking.one_machine import Machine, machine
from benchmarks.breaking.pressure import Answers, Pressure
from benchmarks.breaking.visits import Member, Writer
from benchmarks.databases import ENGINES, ROOT
from benchmarks.mix import CASES

# Under load before the fault, and after it.
BEFORE, AFTER = 5, 20
HUNG_SECONDS = 30
# After so long systemd or PostgreSQL's own service starts again what died.
AGAIN_SECONDS = 2
Break = Callable[[Machine], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one fault did: answers of visitors, and of the writer what was saved and is lost."""

    engine: str
    fault: str
    answers: Answers
    saved: int
    lost: int
    longest_without_write: float

    @property
    def held(self) -> bool:
        """Whether nothing acknowledged is lost, and without a fault nothing failed."""
        errors = self.answers.unavailable + self.answers.other + self.answers.unreached
        return self.lost == 0 and self.saved > 0 and not (errors and self.fault == NOTHING)


def kill_worker(one: Machine) -> None:
    one.site.send(signal.SIGKILL, only=one.workers()[0])


def hang_worker(one: Machine) -> None:
    worker = one.workers()[0]
    one.site.send(signal.SIGSTOP, only=worker)
    time.sleep(HUNG_SECONDS)
    one.site.send(signal.SIGCONT, only=worker)


def kill_server(one: Machine) -> None:
    one.site.kill()
    time.sleep(AGAIN_SECONDS)
    one.start_site()


def kill_database(one: Machine) -> None:
    assert one.database is not None
    one.database.kill()
    time.sleep(AGAIN_SECONDS)
    one.database.start()


def hang_database(one: Machine) -> None:
    assert one.database is not None
    one.database.send(signal.SIGSTOP)
    time.sleep(HUNG_SECONDS)
    one.database.send(signal.SIGCONT)


def hold_lock(one: Machine) -> None:
    """Write for so long that nobody else can: what a hung writer does to SQLite."""
    file = one.environment["DATABASE_URL"].removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(HUNG_SECONDS)
        database.execute("ROLLBACK")


NOTHING = "nothing, for a minute"
SITE: dict[str, Break] = {
    "a worker killed": kill_worker,
    f"a worker hung, {HUNG_SECONDS} s": hang_worker,
    "the server killed": kill_server,
}
DATABASE: dict[str, dict[str, Break]] = {
    "sqlite": {f"the lock held, {HUNG_SECONDS} s": hold_lock},
    "postgresql": {
        "the database killed": kill_database,
        f"the database hung, {HUNG_SECONDS} s": hang_database,
    },
}


def main() -> None:
    """Break each engine in each way, and say what held."""
    options = _options()
    engines = ENGINES if options.engine == "both" else (options.engine,)
    _print_columns()
    held = [_print(outcome) for engine in engines for outcome in _of_engine(engine, options)]
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    sys.exit(0 if all(held) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=60, help="of load without a fault")
    parser.add_argument("--kept", action="store_true", help="keep pages, as a real site does")
    return parser.parse_args()


def _of_engine(engine: str, options: argparse.Namespace) -> Iterator[Outcome]:
    extra = {"PAGE_CACHE_SECONDS": "60" if options.kept else "0", "API_RATE": "1000000/min"}
    with machine(engine, extra) as one:
        target = _demo(one)
        one.start_site()
        member = Member(one.port)
        member.log_in(str(target["email"]), str(target["password"]))
        writer = Writer(member, int(target["offer"]), int(target["run"]), int(target["places"]))
        quiet = undisturbed(options.seconds)
        faults = {NOTHING: quiet} | SITE | DATABASE[engine]
        for fault, break_it in faults.items():
            yield _outcome(one, fault, break_it, writer, options.connections)


def undisturbed(seconds: int) -> Break:
    """Return a fault that is none."""
    return lambda one: time.sleep(max(0, seconds - BEFORE - AFTER))


def _outcome(one: Machine, fault: str, break_it: Break, writer: Writer, number: int) -> Outcome:
    print(f"{time.strftime('%H:%M:%S')} {one.engine}: {fault}", file=sys.stderr, flush=True)
    pressure = Pressure(one.port, [f"/?{case.query}" for case in CASES], number)
    began, before = time.time(), len(writer.waits)
    pressure.start()
    writer.start()
    time.sleep(BEFORE)
    break_it(one)
    time.sleep(AFTER)
    ended = time.time()
    pressure.stop()
    writer.stop()
    there = set(_demo(one, "numbers", str(writer.offer), str(writer.run))["waits"])
    saved = [wait.number for wait in writer.waits[before:]]
    return Outcome(
        engine=one.engine,
        fault=fault,
        answers=Answers.of(pressure.visits),
        saved=len(saved),
        lost=len(set(saved) - there),
        longest_without_write=writer.longest_gap(began, ended),
    )


def _demo(one: Machine, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.breaking.demo", *arguments]
    environment = os.environ | one.environment
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _print_columns() -> None:
    names = "engine|fault|pages|503|other 5xx|no answer|errors for|median|p99|slowest|saved|lost"
    columns = [*names.split("|"), "longest without a write"]
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")


def _print(one: Outcome) -> bool:
    """Print a row as soon as it is known, and return whether it held."""
    got = one.answers
    cells = [one.engine, one.fault, got.good, got.unavailable, got.other, got.unreached]
    times = [got.error_seconds, got.median, got.p99, got.slowest]
    cells += [f"{seconds:.1f} s" for seconds in times]
    cells += [one.saved, one.lost, f"{one.longest_without_write:.1f} s"]
    print(f"| {' | '.join(str(cell) for cell in cells)} |", flush=True)
    return one.held


if __name__ == "__main__":
    main()
