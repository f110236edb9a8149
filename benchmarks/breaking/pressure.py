"""Many connections that each ask on and on, as wrk does, with every answer noted."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import statistics
import threading
import time
from dataclasses import dataclass, field

from benchmarks.breaking.programs import HOST
from benchmarks.breaking.visits import AGENT, UNREACHED, Visit

# Longer than any proxy waits: here is seen how long the site itself lets somebody wait.
PATIENCE = 90
# Who gets an error is back after so long, as somebody at a keyboard.
AGAIN = 1.0


@dataclass
class Pressure:
    """So many connections at once; `visits` holds what each request gave."""

    port: int
    paths: list[str]
    connections: int
    visits: list[Visit] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        for number in range(self.connections):
            thread = threading.Thread(target=self._ask_on, args=(number,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Ask nothing more, and wait for the last answers."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _ask_on(self, number: int) -> None:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        paths = itertools.cycle(self.paths[number % len(self.paths) :] + self.paths)
        while not self._stopped.is_set():
            visit = self._ask(connection, next(paths))
            self.visits.append(visit)
            if visit.failed:
                connection.close()
                self._stopped.wait(AGAIN)
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> Visit:
        began, clock, status = time.time(), time.perf_counter(), UNREACHED
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", path, headers={"User-Agent": AGENT})
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        return Visit(began, path, status, time.perf_counter() - clock)


@dataclass(frozen=True, slots=True)
class Answers:
    """What visitors got, in numbers: answers by kind, seconds, and when errors were."""

    good: int
    unavailable: int
    other: int
    unreached: int
    median: float
    p99: float
    slowest: float
    error_seconds: float

    @classmethod
    def of(cls, visits: list[Visit]) -> Answers:
        """Count them. A status 503 is a page of ours; `other` is any other error of ours."""
        seconds = sorted(visit.seconds for visit in visits if not visit.failed)
        failed = [visit for visit in visits if visit.failed]
        times = [visit.at + visit.seconds for visit in failed]
        return cls(
            good=len(seconds),
            unavailable=sum(1 for visit in failed if visit.status == 503),
            other=sum(1 for visit in failed if visit.status not in {503, UNREACHED}),
            unreached=sum(1 for visit in failed if visit.status == UNREACHED),
            median=statistics.median(seconds),
            # Of those who were answered; who was not is counted apart.
            p99=statistics.quantiles(seconds, n=100)[98],
            slowest=max(visit.seconds for visit in visits),
            error_seconds=max(times) - min(times) if times else 0.0,
        )
