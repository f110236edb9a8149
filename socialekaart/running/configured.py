"""Settings that are longer than a line: how logs are written, and where workers share figures."""

import os
from pathlib import Path
from typing import Any

LOGS = "socialekaart.running.logs"
FORMATTERS: dict[str, dict[str, Any]] = {
    # On a machine of one's own: tracebacks and paths are whole.
    "debug": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    "line": {
        "()": f"{LOGS}.LineFormatter",
        "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
        "style": "{",
    },
    "json": {"()": f"{LOGS}.JsonFormatter"},
}


def logging_of(log_format: str, *, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, in one of the formats above."""
    filters = ["faults"] if log_format == "debug" else ["typed", "faults"]
    stderr = {"class": "logging.StreamHandler", "formatter": log_format, "filters": filters}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": FORMATTERS,
        "filters": {
            "typed": {"()": f"{LOGS}.NothingTyped"},
            "faults": {"()": f"{LOGS}.OneLinePerFault"},
        },
        "handlers": {"stderr": stderr},
        "root": {"handlers": ["stderr"], "level": level},
        # fido2 writes the number of each passkey that is used.
        "loggers": {"django.server": {"level": "WARNING"}, "fido2": {"level": "WARNING"}},
    }


def caches_of(*, redis: str) -> dict[str, dict[str, Any]]:
    """Return Django's CACHES: in the memory of each process, but for the limits.

    Those are counted for all workers together: in Redis where there is one, else in a table.
    """
    memory = "django.core.cache.backends.locmem.LocMemCache"
    return {
        # What is quick to find again: places, clocks, marks of versions. It may forget at any time.
        "default": {"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": 2000}},
        # Some ten kilobytes a page (search/page_cache.py).
        "pages": {"BACKEND": memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1000}},
        "limits": _limits_in_redis(redis) if redis else _limits_in_table(),
    }


def _limits_in_redis(url: str) -> dict[str, Any]:
    seconds = 2
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "sk-limits",
        # A Redis that is down must not hold up every request.
        "OPTIONS": {"socket_connect_timeout": seconds, "socket_timeout": seconds},
    }


def _limits_in_table() -> dict[str, Any]:
    # In a table of its own (accounts.limits): a count that makes room for something else is no
    # limit. From so many rows on the expired ones are deleted at each write.
    options = {"MAX_ENTRIES": 10_000}
    return {"BACKEND": "accounts.limits.LimitsCache", "LOCATION": "limits", "OPTIONS": options}


def share_figures(folder: Path) -> None:
    """Let each worker write its figures in a file there; before prometheus_client is imported."""
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
