"""Log lines that hold no typed text: of an error its kind and where it happened.

The text of an exception may quote a form or a row (`Key (email)=(...)`), so it is left out, in
lines and in JSON alike. So is the address that was asked for: anything can stand in one. With
DEBUG, on a machine of one's own, Django's own formatter is used.
"""

import datetime as dt
import json
import logging
import time
import traceback
from http import HTTPStatus
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port

from socialekaart.running.faults import is_database_down
from socialekaart.running.labels import method_of, view_of
from socialekaart.running.request_id import number_in

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def without_text(exc_info: Any) -> str:
    """Return kind and places of an exception and its causes, one a line, without its text."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        lines.append(type(error).__qualname__)
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


class LineFormatter(logging.Formatter):
    """A line for people, with the number of the request behind it."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name of the standard library
        return without_text(ei)

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = number_in(record) or "-"
        return super().format(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": number_in(record) or None,
        }
        if record.exc_info and record.exc_info[1]:
            line["exception"] = without_text(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class NothingTyped(logging.Filter):
    """Says of a request its status, its method and the name of its view, in our own words.

    Django quotes the path (`Not Found: /...`), the method, the name of the host and the text of
    an exception, all of which a visitor sends.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.msg, record.args = _in_own_words(record, request), ()
        elif record.name.startswith("django.security."):
            record.msg, record.args = "Refused", ()
        return True


def _in_own_words(record: logging.LogRecord, request: HttpRequest) -> str:
    status = getattr(record, "status_code", 0)
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Refused"
    called = f"{method_of(request)} {view_of(request)}"
    return f"{phrase} ({status}): {called}{_wrong_host(record, request)}"


def _wrong_host(record: logging.LogRecord, request: HttpRequest) -> str:
    """Say that the proxy does not pass the name of the site: the one host that is no text."""
    if not record.name.endswith(".DisallowedHost"):
        return ""
    host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
    return ", asked for by this machine's own name" if host in LOOPBACK else ", host not allowed"


class OneLinePerFault(logging.Filter):
    """Leaves out tracebacks that say nothing, and repeats of a database that is down.

    A request that Django refuses (too many fields, a wrong host) is the visitor's doing; a
    database that is down is one fault, however many requests meet it.
    """

    seconds = 10.0

    def __init__(self) -> None:
        super().__init__()
        self._last_line, self._left_out = -self.seconds, 0

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = None
            return True
        if not (record.exc_info and is_database_down(record.exc_info[1])):
            return True
        return self._of_database(record, type(record.exc_info[1]).__name__)

    def _of_database(self, record: logging.LogRecord, kind: str) -> bool:
        now = time.monotonic()
        if now - self._last_line < self.seconds:
            self._left_out += 1
            return False
        record.msg, record.args = (
            "Database not available (%s); %s more since the last line",
            (
                kind,
                self._left_out,
            ),
        )
        record.exc_info, record.exc_text = None, None
        self._last_line, self._left_out = now, 0
        return True
