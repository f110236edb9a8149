"""Does one write in children that are killed one after the other, and says what each left behind.

DATABASE_URL=... python -m tests.crash_steps POINTS STEP [NUMBER ...]

A child is killed by -9 before a statement (POINTS of them, by chance), before its
commit, at a moment of chance, and at last just after it said that its write is stored. Of each a
line of JSON: whether it said so, and whether the database is as it was before.
"""

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import django

PATIENCE = 60  # seconds that a child may take


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one child came to."""

    acknowledged: bool
    unchanged: bool
    seconds: float
    statements: int


def kill_myself(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class KillBefore:
    """Kills this program before so many statements; counts them."""

    def __init__(self, number: int, pipe: int) -> None:
        self.number, self.pipe = number, pipe

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.number -= 1
        if self.number < 0:
            kill_myself()
        os.write(self.pipe, b".")
        return execute(*args)


def child(step: Callable[[], object], pipe: int, before: int, *, before_commit: bool) -> None:
    """Do the step and say so; killed before that when asked."""
    from django.db import connection

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        os.write(pipe, f"server {connection.connection.info.backend_pid} ".encode())
    if before_commit:
        connection._commit = kill_myself  # type: ignore[attr-defined]
    with connection.execute_wrapper(KillBefore(before, pipe)):
        step()
    os.write(pipe, b"stored")
    kill_myself()


def said_by(pipe: int, patience: float) -> bytes:
    """Return what a child says until it is gone, or for so many seconds."""
    said, end = b"", time.monotonic() + patience
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            more = os.read(pipe, 65536)
            if not more:
                break
            said += more
    return said


def attempt(step: Callable[[], object], before_all: str = "", **how: Any) -> Attempt:
    """Do the step in a child that is killed; `patience` is when at the latest, in seconds."""
    from django.db import connections

    patience = how.pop("patience", PATIENCE)
    connections.close_all()
    mine, its = os.pipe()
    start = time.monotonic()
    number = os.fork()
    if number == 0:
        try:
            child(step, its, **how)
        finally:
            os._exit(1)
    os.close(its)
    said = said_by(mine, patience)
    seconds = time.monotonic() - start
    os.kill(number, signal.SIGKILL)
    _number, status = os.waitpid(number, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("The step failed by itself.")
    said += said_by(mine, PATIENCE)
    os.close(mine)
    server_is_done(said)
    unchanged = bool(before_all) and contents() == before_all
    return Attempt(b"stored" in said, unchanged, seconds, said.count(b"."))


def server_is_done(said: bytes) -> None:
    """Wait until the server of PostgreSQL knows that the child is gone."""
    from django.db import connection

    words = said.split()
    if not words or words[0] != b"server":
        return
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [int(words[1])])
            if not cursor.fetchone():
                return
        time.sleep(0.01)
    raise RuntimeError("The server did not end what the killed program was doing.")


def contents() -> str:
    """Return every row of every table."""
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return repr([list(model._base_manager.order_by("pk").values_list()) for model in models])


def steps():
    """Return what can be done, by name; each takes numbers of rows."""
    from importing.lists.importer import write
    from importing.models import ImportRun
    from importing.pipeline.undo import undo
    from providers.models import AuditEvent, Provider
    from providers.services.desk.merging import merge_providers
    from providers.services.desk.undo import undo_change
    from tests.importing.lists.files import DAY, as_csv, messy_rows, source

    def provider(pk):
        return Provider.objects.get(pk=pk)

    return {
        "take_in": lambda rows: write(as_csv(messy_rows(rows)), source(), DAY, by=None),
        "undo_import": lambda run: undo(run=ImportRun.objects.get(pk=run), by=None),
        "merge": lambda keep, double: merge_providers(
            by=None, keep=provider(keep), double=provider(double)
        ),
        "undo_merge": lambda event: undo_change(by=None, event=AuditEvent.objects.get(pk=event)),
    }


def main(points: int, name: str, *numbers: int) -> None:
    """Try until the step is done."""
    django.setup()

    def step() -> object:
        return steps()[name](*numbers)

    before_all = contents()
    never = sys.maxsize

    def say(found: Attempt) -> Attempt:
        sys.stdout.write(f"{json.dumps(asdict(found))}\n")
        sys.stdout.flush()
        return found

    whole = say(attempt(step, before_all, before=never, before_commit=True))
    spread = sorted(random.sample(range(whole.statements), min(points, whole.statements)))
    for before in spread:
        say(attempt(step, before_all, before=before, before_commit=False))
    for _n in range(3):
        patience = random.uniform(0.5, 1.1) * whole.seconds
        by_chance = attempt(step, before_all, before=never, before_commit=False, patience=patience)
        if not say(by_chance).unchanged:
            return
    say(attempt(step, before_all, before=never, before_commit=False))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
