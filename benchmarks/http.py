"""python -m benchmarks.http: the served site under load, over the loopback, beside bare SQL.

Measured twice: with every page made anew, and with pages kept (PAGE_CACHE_SECONDS), where all
requests but the first get what was kept. A real site lies in between.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from benchmarks.databases import ENGINES, ROOT, SCALES, check_packages, database

HOST = "127.0.0.1"
CONNECTIONS = 16
START_SECONDS = 60
ADDRESSES = {
    "topics, town, age": "/?hulpvraag=somberheid&hulpvraag=schoolverzuim&plaats=leiden&leeftijd=14",
    "word, town, age": "/?woord=muziek&plaats=utrecht&leeftijd=13",
    "word that hits everything": "/?woord=de",
    "map of a town": "/kaart/punten?plaats=leiden",
}
CROWDED = {
    "map of the crowded town": "/kaart/punten?gemeente=GM0363&vak=52.31,4.78,52.43,5.01",
    "every point of it (API)": "/api/v1/offer-points?gemeente=GM0363",
    "every point of it, short": "/api/v1/offer-points?gemeente=GM0363&kort=ja",
}
KEPT_SECONDS = {"made": 0, "kept": 600}
Figures = dict[str, Any]


def main() -> None:
    """Serve the database of each engine as bin/demo does, and measure it."""
    options = _options()
    engines = ENGINES if options.engine == "both" else (options.engine,)
    check_packages(engines)
    for scale, engine in itertools.product(options.scale, engines):
        with database(engine, scale, options.points) as environment:
            print(f"{engine}, {scale}: measuring", file=sys.stderr)
            report = _measured(environment, options)
        report = {"engine": engine, "offers": SCALES[scale], **report}
        if options.json:
            print(json.dumps(report))
        else:
            _print(report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--scale", choices=list(SCALES), nargs="+", default=["national"])
    parser.add_argument("--points", type=int, default=0, help="on the map of one municipality")
    parser.add_argument("--rounds", type=int, default=60, help="requests for the latency")
    parser.add_argument("--seconds", type=int, default=5, help="of load per address")
    parser.add_argument("--json", action="store_true", help="one line per engine")
    return parser.parse_args()


def _measured(environment: dict[str, str], options: argparse.Namespace) -> Figures:
    load = os.getloadavg()[0]
    addresses = ADDRESSES | (CROWDED if options.points else {})
    rows: dict[str, Figures] = {name: {} for name in addresses}
    for kind, seconds in KEPT_SECONDS.items():
        limits = {"PAGE_CACHE_SECONDS": str(seconds), "API_RATE": "1000000/min"}
        with server(environment | limits) as port:
            for name, address in addresses.items():
                rows[name][kind] = {
                    **_latency(port, address, min(options.rounds, 500)),
                    **_throughput(port, address, min(options.seconds, 30)),
                }
    command = [sys.executable, "-m", "benchmarks.by_hand.bare", *addresses.values()]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    for row, bare in zip(rows.values(), json.loads(done.stdout), strict=True):
        row["sql_ms"] = bare
    return {"load": round(load, 1), "rows": rows}


@contextlib.contextmanager
def server(environment: dict[str, str], *, workers: int = 2) -> Iterator[int]:
    """Serve on a free port with two processes, as bin/demo does; stopped afterwards."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    command += ["--log-level", "warning", "socialekaart.wsgi:application"]
    with tempfile.TemporaryFile() as log:
        served = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield port
        finally:
            served.terminate()
            served.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _attempt in range(START_SECONDS * 5):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=30).close()
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _latency(port: int, address: str, rounds: int) -> Figures:
    """Ask one after the other over one connection that stays open."""
    connection = HTTPConnection(HOST, port, timeout=60)
    for _warm in range(6):
        _ask(connection, address)
    times, size = [], 0
    for _round in range(rounds):
        start = time.perf_counter()
        size = _ask(connection, address)
        times.append((time.perf_counter() - start) * 1000)
    connection.close()
    p95 = statistics.quantiles(times, n=20)[18]
    return {
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(p95, 1),
        "compressed_bytes": size,
    }


def _ask(connection: HTTPConnection, address: str) -> int:
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, f"{answer.status} for {address}"
    return len(body)


def _throughput(port: int, address: str, seconds: int) -> Figures:
    """Return answers a second to sixteen connections at once."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return {"per_second": round(_by_threads(port, address, seconds), 1), "client": "threads"}
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "60s"]
    command += ["-H", "Accept-Encoding: gzip", f"http://{HOST}:{port}{address}"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return {"per_second": round(float(found.group(1)), 1), "client": "wrk"}


def _by_threads(port: int, address: str, seconds: int) -> float:
    start = time.perf_counter()
    end = start + seconds

    def ask_on() -> int:
        connection = HTTPConnection(HOST, port, timeout=60)
        for number in itertools.count():
            if time.perf_counter() > end:
                connection.close()
                return number
            _ask(connection, address)
        return 0

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asked = [pool.submit(ask_on) for _n in range(CONNECTIONS)]
        total = sum(one.result() for one in asked)
    return total / (time.perf_counter() - start)


def _print(report: Figures) -> None:
    print(f"\n{report['engine']}, {report['offers']} offers, load {report['load']} at the start")
    print(f"{'':<33} {'median':>9} {'p95':>9} {'a second':>9} {'bytes':>7} {'bare SQL':>9}")
    for name, row in report["rows"].items():
        sql = "" if row["sql_ms"] is None else f"{row['sql_ms']:.1f} ms"
        for kind in KEPT_SECONDS:
            figures = row[kind]
            print(
                f"{name:<28} {kind} {figures['median_ms']:>6.1f} ms {figures['p95_ms']:>6.1f} ms "
                f"{figures['per_second']:>9.1f} {figures['compressed_bytes']:>7} {sql:>9}"
            )


if __name__ == "__main__":
    main()
