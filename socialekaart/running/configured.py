"""Settings that are longer than a line: how logs are written, and where workers share figures."""

import os
from pathlib import Path
from typing import Any

LOGS = "socialekaart.running.logs"
FORMATTERS: dict[str, dict[str, Any]] = {
    # On a machine of one's own: tracebacks are whole.
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
    stderr = {"class": "logging.StreamHandler", "formatter": log_format, "filters": ["faults"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": FORMATTERS,
        "filters": {"faults": {"()": f"{LOGS}.OneLinePerFault"}},
        "handlers": {"stderr": stderr},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"level": "WARNING"}},
    }


def caches_of() -> dict[str, dict[str, Any]]:
    """Return Django's CACHES: in the memory of each process, but for the limits."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    return {
        # What is quick to find again: places, clocks, marks of versions. It may forget at any time.
        "default": {"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": 2000}},
        # Some ten kilobytes a page (search/page_cache.py).
        "pages": {"BACKEND": memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1000}},
        # Counts of log-ins, taps and API requests, for all workers together. In a table of its own
        # (accounts.limits), because a count that makes room for something else is no limit.
        "limits": {
            "BACKEND": "accounts.limits.LimitsCache",
            "LOCATION": "limits",
            # From how many rows on the expired ones are deleted at each write.
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
    }


def share_figures(folder: Path) -> None:
    """Let each worker write its figures in a file there; before prometheus_client is imported."""
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
