"""Whose searches count: those of people at a browser, who want an answer."""

import re

from django.conf import settings
from django.http import HttpRequest

from accounts.network import network_of

# Crawlers, previews of a link in a chat, monitors, browsers that a test drives. Programs that do
# not even say that they are a browser never get that far.
ROBOT = re.compile(
    r"bot\b|bot[/;]|crawl|spider|slurp|preview|externalhit|monitor|uptime|pingdom|headless|"
    r"lighthouse|phantom|selenium|playwright|puppeteer|scan|archiv|validator|python|curl|wget",
    re.IGNORECASE,
)
BROWSER = "Mozilla/"
# A browser that fetches a page in case somebody opens it.
EARLY_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
EARLY = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)


def is_visit(request: HttpRequest) -> bool:
    """Whether this is somebody who looks for help, or does something with what they found.

    Who is logged in is none: a provider looks at its own help, a municipality at its gaps.
    """
    agent = request.headers.get("User-Agent", "")
    return (
        request.method in {"GET", "POST"}
        and agent.startswith(BROWSER)
        and not ROBOT.search(agent)
        and not any(EARLY.search(request.headers.get(name, "")) for name in EARLY_HEADERS)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def network_and_browser(request: HttpRequest) -> tuple[str, str]:
    """Return the network, and the network with the kind of browser: for memory only."""
    network = network_of(request)
    return network, f"{network} {request.headers.get('User-Agent', '')}"
