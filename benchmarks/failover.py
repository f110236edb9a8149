"""python -m benchmarks.failover: lose the primary, a replica and a machine of the site, and look.

Everything of docs/scaling.md on this machine, on the loopback: three PostgreSQL servers under
Patroni with etcd, HAProxy, PgBouncer, Redis, two machines of the site per pool. It needs these
packages of Debian or Ubuntu, and installs them only with --install. Takes about six minutes.

Visitors ask for 20 pages a second; a provider numbers its waits and gives away one place at a time.
At 60 s the primary is killed (Patroni with it, as by a power cut) and comes back after 30; at 120 a
replica, at 180 a machine of the site. Ends with code 1 when one of these does not hold:

- every wait and place that the site said it saved is there;
- fewer than 0.5% of what visitors asked for failed;
- writes are back within 30 s of the loss of the primary;
- nobody read more places than were left in a write of over five seconds before;
- the old primary follows the new one without help.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.breaking.cluster import (
    NODES,
    SERVERS,
    Cluster,
    cluster,
    install,
    missing_packages,
    settings_of_a_site,
    start_all,
)
from benchmarks.breaking.programs import answers, wait_until
from benchmarks.breaking.visits import Member, Readers, Saved, Visit, Writer
from benchmarks.databases import ROOT

READS_A_SECOND = 20
STALE_SECONDS = 5
MOST_ERRORS = 0.005
WRITES_BACK_SECONDS = 30
# The machine that lost its power starts again after so long.
AWAY_SECONDS = 30
REJOIN_SECONDS = 120
PAGES = (
    "/?hulpvraag=somberheid&plaats=leiden&leeftijd=14",
    "/?hulpvraag=angst&plaats=leiden&leeftijd=9",
    "/?woord=muziek&plaats=leiden",
    "/groepen/",
    "/?hulpvraag=somberheid&hulpvraag=schoolverzuim&plaats=leiden&leeftijd=14",
    "/kaart/punten?plaats=leiden",
)


@dataclass
class Run:
    """What happened: visits, writes, moments by name, and what became of the old primary."""

    readers: Readers
    writer: Writer
    began: float
    moments: dict[str, float]
    killed: dict[str, str]
    rejoined: float = float("inf")


def main() -> None:
    """Build it, break it, and say what held."""
    options = _options()
    missing = missing_packages()
    if missing and options.install:
        install(missing)
    elif missing:
        command = f"apt-get install --no-install-recommends {' '.join(missing)}"
        raise SystemExit(f"Missing: {command}. With --install this is done for you.")
    with cluster() as made:
        try:
            run, stored = _break(made, options)
        finally:
            if options.logs:
                _keep_logs(made, options.logs)
    rows = judge(run, stored)
    _print(run, rows)
    sys.exit(0 if all(row["held"] for row in rows) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.failover",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--install", action="store_true", help="install the missing packages")
    parser.add_argument("--logs", help="a folder to copy the logs of all programs to")
    parser.add_argument(
        "--at",
        type=int,
        nargs=3,
        default=[60, 120, 180],
        metavar="SECONDS",
        help="when the primary, a replica and a machine of the site are killed",
    )
    parser.add_argument("--reads", type=float, default=READS_A_SECOND, help="a second")
    parser.add_argument("--end", type=int, default=240, help="seconds after which it ends")
    return parser.parse_args()


def _break(made: Cluster, options: argparse.Namespace) -> tuple[Run, dict[str, Any]]:
    _say("starting PostgreSQL, Patroni, etcd, Redis, PgBouncer and HAProxy")
    start_all(made)
    _say("loading the demo")
    target = _demo(made.url_of(made.primary()))
    _say("starting four machines of the site")
    made.start(*NODES)
    for name in NODES:
        port = made.ports[name]
        wait_until(f"{name} is ready", partial(answers, port, "/gezond/klaar"), seconds=240)
    site = made.ports["site"]
    wait_until("the proxy sends visitors", partial(answers, site, "/groepen/"))
    run = _begin(site, target, options.reads)
    at = options.at
    _primary_dies(made, run, at[0])
    _at(run, at[1])
    _kill(made, run, "replica", next(n for n in made.synchronous() if n != run.killed["primary"]))
    _restart(made, run, "replica", after=15)
    _at(run, at[2])
    _kill(made, run, "site", "read1")
    _restart(made, run, "site", after=10)
    _at(run, options.end)
    run.writer.stop()
    run.readers.stop()
    numbers = [str(target["offer"]), str(target["run"])]
    return run, _demo(made.url_of(made.primary()), "numbers", *numbers)


def _begin(site: int, target: dict[str, Any], reads: float) -> Run:
    member = Member(site)
    member.log_in(str(target["email"]), str(target["password"]))
    writer = Writer(member, int(target["offer"]), int(target["run"]), int(target["places"]))
    watched = f"/api/v1/offers/{target['offer']}"
    pages = [(path.partition("?")[0], path) for path in PAGES]
    # Each second page says how many places there are.
    mixed = [one for page in pages for one in (page, ("places", watched))]
    readers = Readers(site, mixed, reads)
    _say("reading and writing")
    writer.start()
    readers.start()
    return Run(readers, writer, time.time(), {}, {})


def _primary_dies(made: Cluster, run: Run, at: int) -> None:
    _at(run, at)
    old = made.primary()
    _kill(made, run, "primary", old)
    _restart(made, run, "primary", after=AWAY_SECONDS)
    end = run.moments["primary back"] + REJOIN_SECONDS
    while time.time() < end:
        leader = next((m for m in made.members() if m["role"] in {"leader", "master"}), None)
        mine = next((m for m in made.members() if m["name"] == old), None)
        if leader and mine and leader["name"] != old and _follows(mine, leader):
            run.rejoined = time.time() - run.moments["primary back"]
            _say(f"{old} follows {leader['name']} again")
            return
        time.sleep(1)


def _follows(member: dict[str, Any], leader: dict[str, Any]) -> bool:
    same = member.get("timeline") == leader.get("timeline")
    return same and member["state"] in {"running", "streaming"}


def _kill(made: Cluster, run: Run, what: str, name: str) -> None:
    made.programs[name].kill()
    run.moments[what], run.killed[what] = time.time(), name
    _say(f"killed {name} ({what})")


def _restart(made: Cluster, run: Run, what: str, *, after: int) -> None:
    """Start it again, as systemd does after a crash or at the start of the machine."""
    time.sleep(max(0.0, run.moments[what] + after - time.time()))
    run.moments[f"{what} back"] = time.time()
    made.programs[run.killed[what]].start()


def _at(run: Run, seconds: int) -> None:
    time.sleep(max(0.0, run.began + seconds - time.time()))


def _demo(url: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.breaking.demo", *arguments]
    environment = os.environ | settings_of_a_site() | {"DATABASE_URL": url}
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _keep_logs(made: Cluster, folder: str) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    for log in made.folder.glob("*.log"):
        shutil.copy(log, folder)


# --- what held ------------------------------------------------------------------------------------


def judge(run: Run, stored: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each promise with what was measured, and whether it held."""
    visits, writer = run.readers.visits, run.writer
    lost = lost_numbers(writer, stored)
    failed = [visit for visit in visits if visit.failed]
    share = len(failed) / len(visits)
    back = writer.back_after(run.moments["primary"])
    stale = stale_reads(visits, writer.places)
    seen = sum(1 for visit in visits if places_in(visit) is not None)
    return [
        _row(
            "acknowledged writes that are not there",
            f"{len(lost)} of {len(writer.waits) + len(writer.places)}",
            held=not lost and len(writer.waits) > 0,
        ),
        _row(
            "reads that failed (at most 0.5%)",
            f"{len(failed)} of {len(visits)} ({share:.2%})",
            held=share < MOST_ERRORS,
        ),
        _row(
            "writes back after the primary died (at most 30 s)",
            f"{back:.1f} s",
            held=back <= WRITES_BACK_SECONDS,
        ),
        _row(
            "reads of a place that was gone for over 5 s",
            f"{len(stale)} of {seen}",
            held=not stale and seen > 0,
        ),
        _row(
            "the old primary follows the new one (after its start)",
            f"{run.rejoined:.0f} s",
            held=run.rejoined < REJOIN_SECONDS,
        ),
    ]


def _row(promise: str, measured: str, *, held: bool) -> dict[str, Any]:
    return {"promise": promise, "measured": measured, "held": held}


def lost_numbers(writer: Writer, stored: dict[str, Any]) -> list[int]:
    """Return the numbers that the site said it saved, and that are not there."""
    there = set(stored["waits"])
    lost = [saved.number for saved in writer.waits if saved.number not in there]
    # Places only go down: more than the last that was saved means that one is lost.
    if writer.places and stored["places"] > writer.places[-1].number:
        lost.append(writer.places[-1].number)
    return lost


def places_in(visit: Visit) -> int | None:
    """Return how many places a visitor read; None when the answer held none."""
    found = re.search(r'"next_run":\{[^{}]*"places_left":(\d+)', visit.text)
    return int(found.group(1)) if found else None


def stale_reads(visits: list[Visit], saved: list[Saved]) -> list[Visit]:
    """Return the visits that were offered a place which a write of over 5 s before had taken."""
    stale = []
    for visit in visits:
        places = places_in(visit)
        left = [one.number for one in saved if one.at < visit.at - STALE_SECONDS]
        if places is not None and left and places > min(left):
            stale.append(visit)
    return stale


def _print(run: Run, rows: list[dict[str, Any]]) -> None:
    print("\n| promise | measured | held |\n|---|---|---|")
    for row in rows:
        print(f"| {row['promise']} | {row['measured']} | {'yes' if row['held'] else 'NO'} |")
    print("\n| between | reads | failed | median | p99 | slowest | longest without a write |")
    print("|---|---|---|---|---|---|---|")
    deaths = [(what, run.moments[what]) for what in ("primary", "replica", "site")]
    edges = [("start", run.began), *deaths, ("end", time.time())]
    for (name, start), (_next, end) in pairwise(edges):
        visits = [visit for visit in run.readers.visits if start <= visit.at < end]
        gap = run.writer.longest_gap(start, min(end, run.writer.waits[-1].at))
        killed = f" ({run.killed[name]})" if name in run.killed else ""
        print(f"| {name}{killed} | {_times(visits)} | {gap:.1f} s |")
    wrong = Counter((int(v.at - run.began), v.status) for v in run.readers.visits if v.failed)
    for (second, status), number in sorted(wrong.items()):
        print(f"failed at {second} s: {number} x {status or 'no answer'}")
    print(f"load at the end: {os.getloadavg()[0]:.1f}; servers: {', '.join(SERVERS)}")


def _times(visits: list[Visit]) -> str:
    seconds = sorted(visit.seconds for visit in visits)
    failed = sum(1 for visit in visits if visit.failed)
    p99 = statistics.quantiles(seconds, n=100)[98]
    median = statistics.median(seconds)
    return (
        f"{len(visits)} | {failed} | {median * 1000:.0f} ms | {p99 * 1000:.0f} ms"
        f" | {seconds[-1] * 1000:.0f} ms"
    )


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
