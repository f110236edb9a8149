"""python -m benchmarks.browser: what a referrer waits for, in a real browser beside the server.

Served as in production (granian, hashed and compressed files, DEBUG=0) on the demo region, warmed,
every page made anew. Each round is a browser that has seen nothing: an empty cache, no cookies.
Times include the browser itself and whatever else the machine does: the load is printed too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from benchmarks.databases import FOLDER, ROOT, check_packages, database
from benchmarks.http import HOST, server

LINE = "meisje 14 somber, kan zich niet concentreren, gaat niet meer naar school, ouders geldstress"
ANSWER = (
    "/?hulpvraag=druk-en-afgeleid&hulpvraag=geldzorgen&hulpvraag=schoolverzuim"
    "&hulpvraag=somberheid&leeftijd=14&plaats=leiden"
)
SCREENS: dict[str, ViewportSize] = {
    "desk": {"width": 1440, "height": 900},
    "phone": {"width": 375, "height": 667},
}
ROW = "#lijst .sk-row"
WARMING = 6
SETTLED_MS = 500
# In milliseconds, printed as median and p95; of the rest the least and the most of all rounds.
TIMES = ("submit_to_rows", "largest_paint")
PAINT = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().at(-1).startTime)
).observe({type: "largest-contentful-paint", buffered: true}))"""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 100);
})"""
# What stands whole on the screen, above the bar at the foot of a phone.
WHOLE = """all => {
  const bar = document.querySelector(".sk-views");
  const foot = (bar && bar.getBoundingClientRect().top) || innerHeight;
  return all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())
    .filter(box => box.height && box.top >= 0 && box.bottom <= foot).length;
}"""
Figures = dict[str, Any]


def main() -> None:
    """Serve the demo region and measure it on a desk and on a phone."""
    options = _options()
    check_packages(["sqlite"])
    with database("sqlite", "demo") as environment, _served(environment) as site:
        before = os.getloadavg()[0]
        with _browser() as browser:
            screens = {
                name: _measured(browser, site, size, options.rounds)
                for name, size in SCREENS.items()
            }
        report = {"load": [round(before, 1), round(os.getloadavg()[0], 1)], "screens": screens}
    if options.json:
        print(json.dumps(report))
    else:
        _print(report, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="new browsers per screen")
    parser.add_argument("--json", action="store_true", help="on one line")
    return parser.parse_args()


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    """Gather and compress the static files, and give the address that serves them."""
    own = environment | {"VAR_DIR": str(FOLDER / "served")}
    del own["STATICFILES_BACKEND"]
    gather = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(gather, env=own, cwd=ROOT, check=True)
    with server(own) as port:
        yield f"http://{HOST}:{port}"


@contextmanager
def _browser() -> Iterator[Browser]:
    """Give the browser in CHROMIUM, or chromium; it reaches nothing outside this machine."""
    arguments = ["--disable-gpu", f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}"]
    if os.geteuid() == 0:
        # Chromium refuses its own sandbox to root, as in a container.
        arguments.append("--no-sandbox")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _measured(browser: Browser, site: str, size: ViewportSize, rounds: int) -> Figures:
    found = [_one_round(browser, site, size) for _round in range(WARMING + rounds)][WARMING:]
    return {name: [one[name] for one in found] for name in found[0]}


def _one_round(browser: Browser, site: str, size: ViewportSize) -> Figures:
    """Ask the line in one new window, and open the answer by its address in another."""
    context = browser.new_context(viewport=size, locale="nl-NL")
    submit = _submit_to_rows(context.new_page(), site)
    context.close()
    context = browser.new_context(viewport=size, locale="nl-NL")
    page = context.new_page()
    arrivals = _Arrivals(context.new_cdp_session(page))
    page.goto(site + ANSWER, wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    figures = {"submit_to_rows": submit, **_figures(page), **arrivals.figures()}
    context.close()
    return figures


def _submit_to_rows(page: Page, site: str) -> float:
    """Return milliseconds from Enter until the first row is visible, as the outside sees it."""
    page.goto(site, wait_until="networkidle")
    page.get_by_label("Waar is hulp bij nodig?").fill(LINE)
    page.get_by_label("Postcode of plaats").fill("Leiden")
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator(ROW).first.wait_for()
    return (time.perf_counter() - started) * 1000


def _figures(page: Page) -> Figures:
    return {
        "largest_paint": page.evaluate(PAINT),
        "shift": page.evaluate(SHIFT),
        "whole_rows": page.locator(ROW).evaluate_all(WHOLE),
        "whole_steps": page.locator(".sk-plan__step").evaluate_all(WHOLE),
        "telephones": page.locator(f"{ROW} .sk-call").evaluate_all(WHOLE),
        "height": page.evaluate("document.documentElement.scrollHeight"),
    }


class _Arrivals:
    """Counts what comes over the line, compressed as it came."""

    def __init__(self, session: CDPSession) -> None:
        self.sizes: list[float] = []
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._note)

    def _note(self, event: dict[str, Any]) -> None:
        self.sizes.append(event["encodedDataLength"])

    def figures(self) -> Figures:
        """Return the requests and their bytes, with headers."""
        return {"requests": len(self.sizes), "bytes": sum(self.sizes)}


def _print(report: Figures, rounds: int) -> None:
    before, after = report["load"]
    print(f"demo region, SQLite, {rounds} rounds, load {before} before and {after} after")
    for screen, figures in report["screens"].items():
        print(f"\n{screen}")
        for name, values in figures.items():
            print(f"  {name:<16} {_summary(name, values)}")


def _summary(name: str, values: list[float]) -> str:
    if name in TIMES:
        p95 = statistics.quantiles(values, n=20)[18]
        return f"median {statistics.median(values):.0f} ms, p95 {p95:.0f} ms"
    return f"{min(values):.4g} to {max(values):.4g}"


if __name__ == "__main__":
    main()
