"""How an answer that may be large is made and leaves: compressed, in a file, in parts.

Every point of the country is 83 MB, and a ninth of that compressed.
"""

import gzip
import hashlib
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException

# Of so many compressed bytes an answer is large: it is then on disk, and leaves in parts.
LARGE = 500_000
PART = 256 * 1024
# Large answers there may be at a time: a process has four threads, and one is left for pages. One
# of them is made while the others wait or are sent: beside each other they would take as long, as
# they share a processor, and the memory of all of them.
MOST = 3
# Seconds that one waits for its turn (a proxy waits for thirty), and after which a program may ask
# again (Retry-After).
PATIENCE_SECONDS = 15
RETRY_SECONDS = 10

places = threading.BoundedSemaphore(MOST)
making = threading.Lock()


Readable = IO[bytes] | gzip.GzipFile


class TooManyLargeAnswers(APIException):
    """503: as many large answers are made or sent as there may be."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = _(
        "Er worden nu al veel grote antwoorden gemaakt. Vraag het straks opnieuw, of vraag minder "
        "punten, met een filter of een rechthoek (bbox)."
    )
    wait = RETRY_SECONDS


class Written(NamedTuple):
    """A compressed answer in a file: its mark, and its size when it is not compressed."""

    mark: str
    size: int
    is_large: bool


class Parts:
    """A file that is read in parts; closed with the answer that it is, or when nobody sends it."""

    def __init__(self, file: Readable, opened: ExitStack) -> None:
        self._file, self._opened = file, opened

    def __iter__(self) -> Iterator[bytes]:
        return iter(partial(self._file.read, PART), b"")

    def close(self) -> None:
        """Close the file, and give up the place among the large answers."""
        self._opened.close()

    __del__ = close


def compressed_response(
    request: HttpRequest, parts: Iterator[bytes], *, content_type: str
) -> HttpResponseBase:
    """Return an answer made in parts, of which no form is in memory as a whole when it is large.

    It is made before its first byte leaves: a fault is still an error then, and no slow reader
    keeps the database waiting. Raises TooManyLargeAnswers.
    """
    with ExitStack() as opened:
        file: IO[bytes] = opened.enter_context(SpooledTemporaryFile(max_size=LARGE))
        written = _compress(parts, file, opened)
        # Weak: the same points, however they are sent.
        etag = f'W/"{written.mark}"'
        response: HttpResponseBase
        if unchanged := get_conditional_response(request, etag=etag):
            response = unchanged
        else:
            response = _response(request, file, written, opened)
            response["Content-Type"] = content_type
        response["ETag"] = etag
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def _compress(parts: Iterator[bytes], file: IO[bytes], opened: ExitStack) -> Written:
    """Write the compressed parts to a file; a large one takes a place and waits for its turn."""
    mark, size, is_large = hashlib.blake2b(digest_size=16), 0, False
    with (
        closing(parts),  # type: ignore[type-var]
        ExitStack() as turn,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as zipped,
    ):
        for part in parts:
            zipped.write(part)
            mark.update(part)
            size += len(part)
            if not is_large and file.tell() > LARGE:
                is_large = True
                opened.enter_context(_place())
                turn.enter_context(_turn())
    return Written(mark.hexdigest(), size, is_large)


def _response(
    request: HttpRequest, file: IO[bytes], written: Written, opened: ExitStack
) -> HttpResponseBase:
    """Return the answer as it is sent: in one piece, or in parts that close what was opened."""
    zipped = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    size = file.tell() if zipped else written.size
    file.seek(0)
    content: Readable = file
    if not zipped:
        content = opened.enter_context(gzip.GzipFile(fileobj=file, mode="rb"))
    response: HttpResponseBase
    if written.is_large:
        response = StreamingHttpResponse(Parts(content, opened.pop_all()))
        response["Content-Length"] = str(size)
    else:
        response = HttpResponse(content.read())
    if zipped:
        response["Content-Encoding"] = "gzip"
    return response


@contextmanager
def _place() -> Iterator[None]:
    if not places.acquire(blocking=False):
        raise TooManyLargeAnswers
    try:
        yield
    finally:
        places.release()


@contextmanager
def _turn() -> Iterator[None]:
    if not making.acquire(timeout=PATIENCE_SECONDS):
        raise TooManyLargeAnswers
    try:
        yield
    finally:
        making.release()
