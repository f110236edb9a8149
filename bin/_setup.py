"""What bin/demo and bin/test share: saying what happens, and the virtual environment.

Standard library only: this runs before anything is installed.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOGS = VAR / "log"
RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

NETWORK_WORDS = (
    "name resolution", "newconnectionerror", "network is unreachable", "dns error",
    "failed to fetch", "connection refused", "timed out", "error sending request",
    "getaddrinfo", "no matching distribution",
)  # fmt: skip


class Problem(Exception):  # noqa: N818
    """Something the person at the keyboard can solve; its text says how."""


def say(text: str = "") -> None:
    """Print a line at once, also when the output goes to a file."""
    print(text, flush=True)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and afterwards how long it took."""
    print(f"  {text} ...", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say(" failed")
        raise
    say(f" {time.monotonic() - started:.1f} s")


def guarded(main: Callable[[], int]) -> int:
    """Run a script; a problem becomes a sentence instead of a traceback."""
    try:
        return main()
    except Problem as problem:
        say()
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say()
        say("Stopped. Run it again whenever you like: what was done stays done.")
        return 130


def run(
    command: Sequence[str | Path], log: str, env: Mapping[str, str] | None = None, advice: str = ""
) -> str:
    """Run a command quietly and return what it printed.

    All output also goes to var/log/<log>.log. Raises Problem with the last lines and `advice`.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    result = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=env, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    path.write_text(result.stdout, encoding="utf-8")
    if result.returncode:
        tail = "\n".join(f"    {line}" for line in result.stdout.splitlines()[-12:])
        where = f"All of its output: {path.relative_to(ROOT)}"
        raise Problem("\n".join(filter(None, [tail, advice, where])))
    return result.stdout


def ensure_packages(lock: Path, covers: Sequence[Path] = ()) -> None:
    """Make .venv hold the packages of `lock`; does nothing when it already does.

    `covers` names other lock files that are wholly contained in this one.
    """
    _ensure_venv()
    if _stamp(lock).exists():
        return
    with step(f"Installing the packages of {lock.name}"):
        _install(lock)
    for file in (lock, *covers):
        for old in VENV.glob(f".installed-{file.name}-*"):
            old.unlink()
        _stamp(file).touch()


def _stamp(lock: Path) -> Path:
    """The file whose existence says that exactly this lock file is installed."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    return VENV / f".installed-{lock.name}-{digest}"


def _ensure_venv() -> None:
    if _venv_works():
        return
    if VENV.exists():
        say("  .venv belongs to a Python that is gone or too old: making it anew.")
        shutil.rmtree(VENV)
    version = ".".join(map(str, sys.version_info[:3]))
    with step(f"Making a virtual environment in .venv with Python {version}"):
        uv = shutil.which("uv")
        if uv:
            run([uv, "venv", "--quiet", "--python", sys.executable, VENV], "venv")
        else:
            run([sys.executable, "-m", "venv", VENV], "venv", advice=_venv_advice())


def _venv_works() -> bool:
    if not PYTHON.exists():
        return False
    check = "import sys; raise SystemExit(sys.version_info < (3, 11))"
    with contextlib.suppress(OSError):
        return subprocess.run([PYTHON, "-c", check], check=False).returncode == 0
    return False


def _venv_advice() -> str:
    name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return (
        "Python could not make a virtual environment. On Debian and Ubuntu that part is a package "
        f"of its own: 'sudo apt install {name}'. Then run this again."
    )


def _install(lock: Path) -> None:
    uv = shutil.which("uv")
    try:
        if uv:
            run([uv, "pip", "install", "--quiet", "--python", PYTHON, "-r", lock], "packages")
            return
    except Problem:
        say(" uv did not manage, trying pip ...")
    try:
        _ensure_pip()
        pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
        run([*pip, "install", "--quiet", "--no-input", "-r", str(lock)], "packages")
    except Problem as problem:
        raise Problem(f"{problem}\n{_install_advice(str(problem))}") from None


def _ensure_pip() -> None:
    """A virtual environment made by uv has no pip; Python carries one."""
    has_pip = subprocess.run(
        [PYTHON, "-c", "import pip"], check=False, stderr=subprocess.DEVNULL
    ).returncode
    if has_pip:
        run([PYTHON, "-m", "ensurepip"], "pip", advice=_venv_advice())


def _install_advice(output: str) -> str:
    if any(word in output.lower() for word in NETWORK_WORDS):
        return (
            "The packages could not be fetched: there seems to be no network, or a proxy stands in "
            "between (then set HTTPS_PROXY, or PIP_INDEX_URL to your own index). Check that and "
            "run this again; it goes on where it stopped."
        )
    return (
        "The packages could not be installed. Remove .venv and run this again; if that does not "
        "help, the lines above say which package it is."
    )


def manage(*args: str, env: Mapping[str, str], advice: str = "") -> str:
    """Run a Django management command in the virtual environment and return its output."""
    return run([PYTHON, "manage.py", *args], args[0], env=env, advice=advice)


def environment(**variables: str) -> dict[str, str]:
    """Return this process's environment with these variables set."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", **variables}
