"""python -m benchmarks.memory: the most memory that one worker takes, whatever is asked of it.

Asks it for the searches of the mix and their maps, and for all that is large: also four times at
the same moment, and again, as what does not come back shows in the next round only. Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.databases import ENGINES, SCALES, check_packages, database
from benchmarks.http import HOST, server
from benchmarks.mix import CASES

# Megabytes that a worker may take at the scale of the whole country, with room to grow.
MOST_MB, HELD_AT = 350, "large"
POINTS = "/api/v1/offer-points"
AT_ONCE = 4
PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Step:
    """Addresses to ask for, at the same moment or one after the other."""

    name: str
    addresses: tuple[str, ...]
    encoding: str = "gzip"
    together: bool = False


STEPS = (
    Step("searches of the mix", tuple(f"/?{case.query}" for case in CASES)),
    Step("their maps", tuple(f"/kaart/punten?{case.query}" for case in CASES)),
    Step("points of the country", (POINTS,)),
    Step("of an age", (f"{POINTS}?leeftijd=14",)),
    Step("short", (f"{POINTS}?kort=ja",)),
    Step("not compressed", (POINTS,), encoding="identity"),
    *(Step("four at once", (POINTS,) * AT_ONCE, together=True) for _round in range(3)),
    *(
        Step("four at once, not compressed", (POINTS,) * AT_ONCE, "identity", together=True)
        for _round in range(2)
    ),
    Step("four cities at once", (f"{POINTS}?gemeente=GM0363",) * AT_ONCE, together=True),
    Step(
        "largest pages of the API",
        tuple(f"/api/v1/{one}?pageSize=100" for one in ("offers", "providers")),
    ),
    Step("pages for search engines", ("/sitemap.xml", "/sitemap-aanbod.xml")),
    Step("groups, help and lists", ("/groepen/", "/api/v1/openapi.json")),
    Step("searches of the mix again", tuple(f"/?{case.query}" for case in CASES)),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a step was answered, and the megabytes of the worker after it and at most."""

    name: str
    answers: Counter[str]
    after: int
    most: int


def main() -> None:
    """Serve one worker and print its memory step by step; code 1 when it takes too much."""
    options = _options()
    check_packages([options.engine])
    limits = {"API_RATE": "1000000/min"}
    with (
        database(options.engine, options.scale) as environment,
        server(environment | limits, workers=1) as port,
    ):
        figures = [_measured(Step("start", ("/",) * 8), port)]
        for step in STEPS:
            figures.append(_measured(step, port))
            print(f"{step.name}: {figures[-1].most}", file=sys.stderr)
    most = max(one.most for one in figures)
    print(json.dumps({"most": most}) if options.json else _table(figures))
    if options.scale == HELD_AT and most > MOST_MB:
        raise SystemExit(f"A worker took {most} MB; {MOST_MB} is the most it may.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="postgresql")
    parser.add_argument("--scale", choices=list(SCALES), default=HELD_AT)
    parser.add_argument("--json", action="store_true", help="the most at any moment, only")
    return parser.parse_args()


def _measured(step: Step, port: int) -> Figures:
    """Ask for what a step names, with the high-water mark of the worker set back first."""
    worker = _worker()
    (worker / "clear_refs").write_text("5")
    with ThreadPoolExecutor(AT_ONCE if step.together else 1) as pool:
        asked = [pool.submit(_ask, port, one, step.encoding) for one in step.addresses]
        answers = Counter(one.result() for one in asked)
    return Figures(step.name, answers, *_megabytes(worker))


def _ask(port: int, address: str, encoding: str) -> str:
    """Read an answer in parts and return its status: 503 is one that may be asked again later."""
    connection = HTTPConnection(HOST, port, timeout=300)
    with closing(connection):
        connection.request("GET", address, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        while answer.read(PART):
            pass
        return str(answer.status)


def _worker() -> Path:
    """Return where the kernel tells about the worker: the child of our child, the server."""
    servers = _children(os.getpid())
    (worker,) = (one for server_ in servers for one in _children(server_))
    return Path(f"/proc/{worker}")


def _children(pid: int) -> list[int]:
    of_threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for path in of_threads for one in path.read_text().split()]


def _megabytes(process: Path) -> tuple[int, int]:
    """Return what a process has in memory now, and had at most."""
    lines = dict(
        line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line
    )
    now, most = (int(lines[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return round(now), round(most)


def _table(figures: Iterable[Figures]) -> str:
    rows = [f"| {'asked':<30} | {'answers':<14} | after | most |", "|---|---|---|---|"]
    for one in figures:
        answers = ", ".join(f"{n} × {status}" for status, n in sorted(one.answers.items()))
        rows.append(f"| {one.name:<30} | {answers:<14} | {one.after:>5} | {one.most:>4} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
