"""One machine of the site with its database, as docs/operators.md has it, to break."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.breaking.cluster import postgresql_tools, serve, settings_of_a_site
from benchmarks.breaking.programs import (
    HOST,
    Program,
    answers,
    children,
    free_ports,
    user_for_servers,
    wait_until,
)

WORKERS = 2


@dataclass
class Machine:
    """The site and, on PostgreSQL, its server; `environment` is for commands."""

    folder: Path
    engine: str
    port: int
    environment: dict[str, str]
    site: Program
    database: Program | None

    def workers(self) -> list[int]:
        """Return the processes that answer visitors."""
        first = self.site.processes()[:1]
        return [pid for parent in first for pid in children(parent) if _is_python(pid)]

    def start_site(self) -> None:
        self.site.start()
        ready = partial(answers, self.port, "/gezond/klaar")
        wait_until("the site is ready", ready, seconds=240)


def _is_python(pid: int) -> bool:
    # Beside its workers the server has a helper that cleans up after them.
    with contextlib.suppress(OSError):
        return "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    return False


@contextlib.contextmanager
def machine(engine: str, extra: dict[str, str]) -> Iterator[Machine]:
    """Make an empty database of this engine, and give it with a site that is not started yet."""
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        free = free_ports()
        port = next(free)
        url, database = _database(engine, folder, next(free))
        environment = {**settings_of_a_site(), "DATABASE_URL": url, **extra}
        site = serve("site", port, folder, environment, workers=WORKERS)
        found = Machine(folder, engine, port, environment, site, database)
        # Asked to stop (`timeout`), it ends what it started too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            if database is not None:
                database.start()
                wait_until("PostgreSQL answers", partial(_connects, url))
            yield found
        finally:
            site.stop()
            if database is not None:
                database.stop()


def _connects(url: str) -> bool:
    import psycopg

    with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=2):
        return True
    return False


def _database(engine: str, folder: Path, port: int) -> tuple[str, Program | None]:
    if engine == "sqlite":
        return f"sqlite:///{folder / 'site.sqlite3'}", None
    tools, user, data = _tools(), user_for_servers(), folder / "data"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    command = [str(tools / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C"]
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=data)
    server = [str(tools / "postgres"), "-D", str(data), "-p", str(port)]
    server += ["-c", f"listen_addresses={HOST}", "-c", f"unix_socket_directories={data}"]
    program = Program("postgresql", server, folder, working_folder=data, user=user)
    return f"postgresql://postgres@{HOST}:{port}/postgres", program


def _tools() -> Path:
    found = postgresql_tools()
    if found is None:
        raise SystemExit("PostgreSQL of the distribution is missing: apt-get install postgresql")
    return found
