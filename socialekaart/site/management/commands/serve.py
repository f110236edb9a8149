"""manage.py serve: the application server, with what this site needs of it."""

import errno
import os
import socket
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

# What one worker answers at a time: more would wait for the database in the same queue.
THREADS = 4
# Seconds that a worker gets to finish what it answers before it is ended.
GRACE = 30
# Seconds after which a new worker takes the place of an old one on HUP: it starts in about seven.
START = 20


class Command(BaseCommand):
    """Become the server: a supervisor then watches, stops and reloads (HUP) that."""

    help = (
        "Start de site. Met een HUP-signaal laadt hij een nieuwe versie zonder verzoek te missen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="adres (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="poort (8000)")
        parser.add_argument("--workers", type=int, default=2, help="aantal processen (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_taken(options["host"], options["port"])
        os.execv(sys.executable, server(**{k: options[k] for k in ("host", "port", "workers")}))  # noqa: S606


def server(*, host: str, port: int, workers: int) -> list[str]:
    """Return the command line of the server."""
    given = {"host": host, "port": port, "workers": workers}
    fixed = {"interface": "wsgi", "blocking-threads": THREADS, "workers-kill-timeout": GRACE}
    fixed |= {"respawn-interval": START}
    named = [f"--{name}={value}" for name, value in (given | fixed).items()]
    app = "socialekaart.wsgi:application"
    return [sys.executable, "-m", "granian", *named, "--respawn-failed-workers", "--no-ws", app]


def refuse_taken(host: str, port: int) -> None:
    """Raise CommandError when another program listens here: the server would share it in silence.

    Half of the visitors would then reach the other one.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: a port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            raise CommandError(f"{port} is geen poort. Kies er een van 1 tot 65535.") from None
        except OSError as error:
            raise CommandError(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Poort {port} is in gebruik door een ander programma. Draait de site al? "
            f"Stop dat programma, of kies een andere poort: --port {port + 1}"
        )
    return f"Op {host} poort {port} kan niet geluisterd worden: {error.strerror}."
