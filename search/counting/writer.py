"""Writes what was counted, searches and the use of offers: each minute, and when the process ends.

A page that is asked for (GET) writes nothing itself and waits for nothing: a thread of its own
does, with its own connection. A process that is killed loses what it counted since the last
minute; several processes each write their own, and the database adds them up.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest
from django.utils import timezone

from providers.enums import UseKind
from providers.models.policy import Searched, Used
from providers.services.policy.demand import add_demand
from providers.services.policy.offer_use import add_uses
from search.counting.memory import SHOWN, USES, Memory, T
from search.counting.visits import is_visit, network_and_browser

logger = logging.getLogger(__name__)
memory: Memory[Searched] = Memory()
uses: Memory[Used] = Memory(USES)
shown: Memory[Used] = Memory(SHOWN)
_starting = threading.Lock()
_threads: list[threading.Thread] = []


def count(request: HttpRequest, searches: Sequence[Searched]) -> None:
    """Remember a search that somebody saw the answer to; what is none counts for nothing."""
    _remember(memory, searches, request)


def count_uses(request: HttpRequest, kind: UseKind, offers: Iterable[int]) -> None:
    """Remember what a visitor did with these offers, each once."""
    where = shown if kind is UseKind.SHOWN else uses
    _remember(where, [Used(offer, kind.value) for offer in dict.fromkeys(offers)], request)


def _remember(where: Memory[T], counted: Sequence[T], request: HttpRequest) -> None:
    if not counted or not settings.DEMAND_SECONDS or not is_visit(request):
        return
    network, visitor = network_and_browser(request)
    where.add(counted, network=network, visitor=visitor, at=timezone.localtime())
    start()


def write() -> None:
    """Write what was counted; what the database refuses now waits for the next time."""
    _write(memory, lambda counts: add_demand(by=None, counts=counts))
    for where in (uses, shown):
        _write(where, lambda counts: add_uses(by=None, counts=counts))


def _write(where: Memory[T], add: Callable[[Mapping[tuple[dt.date, T], int]], None]) -> None:
    counts = where.take()
    if not counts:
        return
    try:
        add(counts)
    except Error as error:
        where.give_back(counts)
        logger.warning("What was counted could not be written: %s", type(error).__name__)


def start() -> None:
    """Start the thread that writes: at the first search, so in the process that serves it."""
    if _threads:
        return
    with _starting:
        if not _threads:
            thread = threading.Thread(target=_write_each_minute, name="demand", daemon=True)
            _threads.append(thread)
            # The application server runs its workers as multiprocessing does, which skips `atexit`
            # in a forked one. In a program of its own this runs at its end just as well.
            Finalize(None, _write_and_close, exitpriority=1)
            thread.start()


def _write_each_minute() -> None:
    pause = threading.Event()
    while True:
        pause.wait(settings.DEMAND_SECONDS)
        _write_and_close()


def _write_and_close() -> None:
    try:
        write()
    finally:
        connections.close_all()
