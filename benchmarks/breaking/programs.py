"""Programs that are started, killed and hung, each with everything that it started itself."""

from __future__ import annotations

import contextlib
import http.client
import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"


@dataclass
class Program:
    """One program with its log; `more` gives processes that are its own but not its children."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    working_folder: Path | None = None
    user: str | None = None
    more: Callable[[], list[int]] = list
    _running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, with its output added to a file of its name."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self._running = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                cwd=self.working_folder or self.folder,
                stdout=log,
                stderr=log,
                user=self.user,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it and what it started as a power cut does (-9), and see it gone."""
        self.send(signal.SIGKILL)
        if self._running is not None:
            self._running.wait()

    def stop(self, seconds: int = 15) -> None:
        """Ask it to stop; kill what does not."""
        # What was hung hears nothing until it goes on.
        self.send(signal.SIGCONT)
        # A server of PostgreSQL ends at once and takes its shared memory along; killed it does not.
        for pid in self.more():
            self.send(signal.SIGQUIT, only=pid)
        if self._running is None or self._running.poll() is not None:
            self.send(signal.SIGKILL)
            return
        self._running.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._running.wait(seconds)
        self.kill()

    def send(self, number: signal.Signals, only: int | None = None) -> None:
        """Send a signal to it and all that it started, or to the process `only`."""
        for pid in [only] if only is not None else self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def processes(self) -> list[int]:
        """Return its process, those it started, and theirs."""
        first = [self._running.pid] if self._running and self._running.poll() is None else []
        found = [*first, *self.more()]
        for pid in found:
            found += [child for child in children(pid) if child not in found]
        return found


def children(parent: int) -> list[int]:
    """Return the processes that this one started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            after_the_name = stat.read_text().rpartition(")")[2].split()
            if int(after_the_name[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def free_ports() -> Iterator[int]:
    """Yield ports that nothing listens on, each once."""
    given: set[int] = set()
    while True:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        # Those that the system gives out are also used for connections to elsewhere.
        lower = port // 2 + 4000
        with socket.socket() as probe:
            # Two neighbours have the same half.
            if lower not in given and probe.connect_ex((HOST, lower)):
                given.add(lower)
                yield lower


def fetch(port: int, path: str, *, seconds: float = 5) -> tuple[int, bytes]:
    """Return status and body of an address here; status 0 without an answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def answers(port: int, path: str) -> bool:
    """Whether this address answers 200."""
    return fetch(port, path)[0] == 200


def wait_until(what: str, is_so: Callable[[], bool], *, seconds: float = 90) -> None:
    """Look twice a second; ends the benchmark when it never becomes true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.5)
    raise SystemExit(f"Not within {seconds:.0f} s: {what}")


def user_for_servers() -> str | None:
    """Return whom servers run as: PostgreSQL refuses to be root."""
    if os.getuid():
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    raise SystemExit("Run this as another user than root: PostgreSQL refuses to be root.")
