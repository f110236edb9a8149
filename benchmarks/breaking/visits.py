"""Visitors and a provider over HTTP: each request with when it began, what it gave and how long."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.breaking.programs import HOST

# A browser, so that searches count as demand.
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r'name="((?:initial-)?ronde-\d+-places_left)"[^>]*value="(\d+)"')
FORM = "application/x-www-form-urlencoded"
UNREACHED = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: when it began, what it was, its status (0: no answer), seconds, and its text."""

    at: float
    name: str
    status: int
    seconds: float
    text: str = ""

    @property
    def failed(self) -> bool:
        """Whether it gave no answer, or an error of ours."""
        return self.status == UNREACHED or self.status >= 500


def get(port: int, path: str, *, name: str, timeout: float = 10, keep: bool = False) -> Visit:
    """Ask for a page over a connection of its own."""
    began, clock = time.time(), time.perf_counter()
    status, text = UNREACHED, ""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", path, headers={"User-Agent": AGENT})
        answer = connection.getresponse()
        body = answer.read()
        status, text = answer.status, body.decode(errors="replace") if keep else ""
    connection.close()
    return Visit(began, name, status, time.perf_counter() - clock, text)


@dataclass
class Readers:
    """Ask for pages at a steady pace, however long each takes; notes every visit."""

    port: int
    pages: list[tuple[str, str]]
    a_second: float
    visits: list[Visit] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        thread = threading.Thread(target=self._run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Stop asking, and wait for the last answers."""
        self._stopped.set()
        for thread in list(self._threads):
            thread.join(20)

    def _run(self) -> None:
        begin = time.monotonic()
        number = 0
        while not self._stopped.is_set():
            name, path = self.pages[number % len(self.pages)]
            thread = threading.Thread(target=self._ask, args=(name, path), daemon=True)
            thread.start()
            self._threads.append(thread)
            number += 1
            time.sleep(max(0.0, begin + number / self.a_second - time.monotonic()))

    def _ask(self, name: str, path: str) -> None:
        # Only these texts are read afterwards.
        self.visits.append(get(self.port, path, name=name, keep=name == "places"))


@dataclass
class Member:
    """Somebody who is logged in, with the cookies of one browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def log_in(self, email: str, password: str) -> None:
        """Log in, or end the benchmark."""
        page = self.get("/account/login/")[1]
        form = {"login": email, "password": password}
        status, _text, to = self.post("/account/login/", form, page)
        if status != 302 or "/account/login" in to:
            raise SystemExit(f"The log-in was refused: {status}")

    def get(self, path: str) -> tuple[int, str, str]:
        """Return status, text and where to."""
        return self._send("GET", path, None)

    def post(self, path: str, form: dict[str, str], page: str) -> tuple[int, str, str]:
        """Send a form with the token of its page."""
        found = TOKEN.search(page)
        token = {"csrfmiddlewaretoken": found.group(1)} if found else {}
        return self._send("POST", path, urlencode(form | token))

    def save(self, path: str, form: dict[str, str]) -> bool:
        """Open a form and send it; True only when the site said that it was saved."""
        status, page, _to = self.get(path)
        if status != 200:
            return False
        shown = {name: number for name, number in FIELD.findall(page) if name.startswith("initial")}
        status, _text, to = self.post(path, shown | form, page)
        return status == 302 and "/account/login" not in to

    def _send(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"User-Agent": AGENT, "Cookie": cookie}
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return UNREACHED, "", ""
        finally:
            connection.close()
        self._keep(answer.msg.get_all("Set-Cookie") or [])
        return answer.status, text, answer.getheader("Location") or ""

    def _keep(self, given: Iterable[str]) -> None:
        for line in given:
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value


class Saved(NamedTuple):
    """A number that the site said it saved, when it said so, and when that write began."""

    number: int
    at: float
    began: float


@dataclass
class Writer:
    """A provider that numbers its waits and gives away one place at a time; notes what was saved.

    `waits` and `places` hold what the site said it saved.
    """

    member: Member
    offer: int
    run: int
    places_left: int
    pause: float = 0.3
    waits: list[Saved] = field(default_factory=list)
    places: list[Saved] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    number: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or go on with the next number."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the write that is on its way."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(60)

    def back_after(self, moment: float) -> float:
        """Return the seconds from a moment to the first saved write that began after it."""
        later = [saved.at - moment for saved in self.waits if saved.began > moment]
        return min(later, default=float("inf"))

    def longest_gap(self, start: float, end: float) -> float:
        """Return the longest time without a saved write between two moments, in seconds."""
        times = sorted([start, end, *(saved.at for saved in self.waits if start < saved.at < end)])
        return max(after - before for before, after in pairwise(times))

    def _run(self) -> None:
        base = f"/voor-aanbieders/aanbod/{self.offer}"
        while not self._stopped.is_set():
            self.number += 1
            form = {"status": "bekend", "start_weeks": "4", "people_waiting": str(self.number)}
            form["measured_on"] = dt.datetime.now(tz=dt.UTC).date().isoformat()
            self._save(f"{base}/wachttijd/", form, self.number, self.waits)
            left = self.places_left - self.number
            form = {f"ronde-{self.run}-places_left": str(left)}
            self._save(f"{base}/plekken/", form, left, self.places)
            time.sleep(self.pause)

    def _save(self, path: str, form: dict[str, str], number: int, among: list[Saved]) -> None:
        began = time.time()
        if self.member.save(path, form):
            among.append(Saved(number, time.time(), began))
        else:
            self.refused.append(time.time())
            time.sleep(0.5)
