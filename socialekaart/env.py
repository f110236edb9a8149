"""Typed readers of environment variables, so that settings.py stays one readable list."""

import contextlib
import csv
import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on", "ja"}
# postgresql://user:password@first:5432,second:5432/name
SEVERAL_HOSTS = re.compile(r"(postgres(?:ql)?://(?:[^/@]*@)?)([\w.:-]+(?:,[\w.:-]+)+)((?:[/?].*)?)")
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
FALSE = {"0", "false", "no", "off", "nee", ""}


def env_str(name: str, default: str = "") -> str:
    """Return the variable as text, or the default when it is not set."""
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no; any other word is an error, never a guess."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}: '{raw}' is no yes or no; write 1 or 0.")
    return word in TRUE


def env_int(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    raw = os.environ.get(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: '{raw}' is not a whole number.") from error


def env_choice(name: str, default: str, choices: list[str]) -> str:
    """Return the variable, which is one of these words."""
    found = os.environ.get(name) or default
    if found not in choices:
        raise ImproperlyConfigured(f"{name}: '{found}' is not one of {', '.join(choices)}.")
    return found


def env_list(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated variable as a list without empty items."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    return [item.strip() for item in raw.split(",") if item.strip()]


def env_numbers(name: str, default: dict[str, float]) -> dict[str, float]:
    """Return the default with what the variable says instead: ``light=20,near=0``."""
    found = dict(default)
    for item in env_list(name, []):
        key, _, number = item.partition("=")
        if key not in default or not number.replace(".", "", 1).isdecimal():
            raise ImproperlyConfigured(
                f"{name}: '{item}' is no name=number; the names are {', '.join(default)}."
            )
        found[key] = float(number)
    return found


def env_path(name: str, default: Path) -> Path:
    """Return the variable as a path."""
    raw = os.environ.get(name)
    return Path(raw) if raw else default


def known_code(name: str, default: str, *, file: Path) -> str:
    """Return the variable when it is a code in the first column of a table, else refuse it."""
    found = os.environ.get(name) or default
    with file.open(encoding="utf-8", newline="") as stream:
        codes = [row[0] for row in csv.reader(stream)][1:]
    if found not in codes:
        raise ImproperlyConfigured(
            f"{name}: '{found}' is not a known code. The codes are {codes[0]} to {codes[-1]}; "
            f"fixtures/{file.parent.name}/{file.name} says which is whose."
        )
    return found


def database_url(*, needed: bool) -> str:
    """Return DATABASE_URL; without it the file under VAR_DIR, unless it is needed.

    A daily command that lost its environment would otherwise work on a new, empty database.
    """
    url = env_str("DATABASE_URL")
    if needed and not url:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Give the database of this site: sqlite:////path/to/file or "
            "postgresql://user:password@host/name (docs/operators.md). A command from cron or "
            "systemd needs the same environment file as the server."
        )
    return url or "sqlite:///"


def secret_key(path: Path) -> str:
    """Return SECRET_KEY, or the key in `path`, made on first use and readable by the owner only."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as draft:
        draft.write(secrets.token_urlsafe(50))
        draft.flush()
        # In place at once and only if there is none: two workers that start together must not
        # each have a key of their own, nor read one that is half written.
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)


def database(url: str, *, var_dir: Path) -> dict[str, object]:
    """Turn DATABASE_URL into Django's database setting: sqlite:///path or postgresql://...

    What stands after the question mark goes to PostgreSQL as it is: sslmode=require.
    Raises ImproperlyConfigured, without a word of the address: it holds the password.
    """
    url, hosts = _one_host(url)
    parts = _split(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path[1:] or str(var_dir / "socialekaart.sqlite3"))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts, hosts)
    raise ImproperlyConfigured(
        "DATABASE_URL must start with sqlite:/// or postgresql://, for instance "
        "postgresql://user:password@localhost/socialekaart."
    )


def _split(url: str) -> SplitResult:
    """Return the parts of an address of a database, if that can be read in one way only."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it raises ValueError for what is no number
        clear = parts.scheme == "sqlite" or not (
            parts.fragment
            or "/" in parts.path[1:]
            or "@" in parts.path + parts.query
            or BAD_ESCAPE.search(parts.netloc + parts.path)
        )
    except ValueError:
        clear = False
    if not clear:
        # Without the error of before: that one quotes a part of the password.
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: a sign in the password, or in another part, means "
            "something in an address. Write it percent-encoded: # as %23, / as %2F, ? as %3F, "
            "@ as %40, : as %3A, [ as %5B, ] as %5D and % as %25."
        ) from None
    return parts


def _one_host(url: str) -> tuple[str, list[str]]:
    """Return an address with the first of its hosts only, and all of them when there are more."""
    found = SEVERAL_HOSTS.fullmatch(url)
    if found is None:
        return url, []
    before, hosts, after = found.groups()
    several = hosts.split(",")
    return f"{before}{several[0]}{after}", several


def _postgresql(parts: SplitResult, hosts: list[str]) -> dict[str, object]:
    options = dict(parse_qsl(parts.query))
    host, port = options.pop("host", parts.hostname or ""), str(parts.port or "")
    if hosts:
        # libpq tries them in this order; it wants as many ports as hosts.
        pairs = [one.partition(":")[::2] for one in hosts]
        host, port = (",".join(one) for one in zip(*pairs, strict=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port.strip(",") and port,
        # A server that does not answer is one that is down: 503 instead of a long wait.
        "OPTIONS": {"connect_timeout": "5", "tcp_user_timeout": "15000"} | options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # A new connection a request costs half the throughput on SQLite.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: a write that starts as a read would fail at once under a second writer
            # instead of waiting for its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000;"
            ),
        },
    }
