"""bin/demo: sets everything up, loads the demo region and serves the map.

Standard library only: this runs before anything is installed.
"""

import argparse
import errno
import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from _setup import (
    PYTHON,
    ROOT,
    RUNTIME_LOCK,
    VAR,
    Problem,
    ensure_packages,
    environment,
    guarded,
    manage,
    say,
    step,
)

HOST = "127.0.0.1"


def main() -> int:
    options = _options()
    say("Socialekaart, demo: all organisations and persons in it are made up.")
    # Before the set-up, which takes minutes; a set-up alone uses no port.
    if not options.setup_only:
        _check_port(options.port)
    ensure_packages(RUNTIME_LOCK)
    env = _demo_environment(options.database, options.port)
    demo = _prepare(env)
    say()
    say(_indented(demo))
    say()
    if options.setup_only:
        say("Everything is ready. Start it with: bin/demo")
        return 0
    _check_port(options.port)
    _serve(options.port, env)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/demo", description="Set everything up, load the demo region and serve the map."
    )
    parser.add_argument("--port", type=int, default=8000, help="port to serve on (8000)")
    parser.add_argument("--setup-only", action="store_true", help="stop after the set-up")
    parser.add_argument(
        "--database",
        default="sqlite:///",
        metavar="URL",
        help="another database than var/socialekaart.sqlite3, such as postgresql://...",
    )
    return parser.parse_args()


def _demo_environment(database: str, port: int) -> dict[str, str]:
    """The settings of the demo. DATABASE_URL of the shell is left out on purpose:
    it may point at a database with real data."""
    return environment(
        HTTPS="0",
        DEMO="1",
        DEBUG="0",
        DATABASE_URL=database,
        ALLOWED_HOSTS="localhost,127.0.0.1,[::1]",
        SITE_URL=f"http://localhost:{port}",
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        VAR_DIR=str(VAR),
    )


def _prepare(env: dict[str, str]) -> str:
    """Fill the database and gather static files; return what is in the demo, and its log-ins."""
    advice = "If this database is of an older version, remove var/socialekaart.sqlite3 and retry."
    with step("Preparing the database"):
        manage("migrate", "--no-input", env=env, advice=advice)
    with step("Loading regions, municipalities, postcodes and the words of the field"):
        manage("load_reference", env=env)
    with step("Loading the demo region"):
        demo = manage("load_demo", env=env)
    _collect_static(env)
    return demo


def _collect_static(env: dict[str, str]) -> None:
    """Gather and compress static files, only when one of them changed: it takes seconds."""
    stamp = VAR / "static" / ".collected"
    digest = _static_digest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    with step("Gathering and compressing style sheets, scripts and images"):
        manage("collectstatic", "--no-input", "--clear", env=env)
    stamp.write_text(digest, encoding="ascii")


def _static_digest() -> str:
    lines = [RUNTIME_LOCK.read_text(encoding="utf-8")]
    for path in _own_static_files():
        stat = path.stat()
        lines.append(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _own_static_files() -> Iterator[Path]:
    for path in sorted(ROOT.glob("*/static/**/*")):
        if path.is_file() and VAR not in path.parents:
            yield path


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines())


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise Problem(f"{port} is no port. Choose one from 1024 to 65535.") from None
        except OSError as error:
            raise Problem(_port_advice(port, error)) from None


def _port_advice(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program (an earlier bin/demo, perhaps). "
            f"Stop that program, or choose another port: bin/demo --port {port + 1}"
        )
    return f"Port {port} cannot be used ({error.strerror}). Choose another: bin/demo --port 8000"


def _serve(port: int, env: dict[str, str]) -> None:
    """Become the server, so that Ctrl-C stops it and nothing stays behind."""
    say(f"Open http://localhost:{port}/ in your browser. Stop with Ctrl-C.")
    say()
    arguments = [
        "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--log-level", "warning",
        "socialekaart.wsgi:application",
    ]  # fmt: skip
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "granian", *arguments], env)


if __name__ == "__main__":
    sys.exit(guarded(main))
