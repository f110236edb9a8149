"""Caches finished pages for a short time, as long as nothing that they show was written since.

Cached is only what is the same for everybody: a page for who carries no cookie but the one of the
form token, and without that token. Who is logged in, keeps offers or has a message to read gets a
page of their own. Of the address only a digest is stored.
"""

import functools
import hashlib
import re
import zlib
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from providers.enums import UseKind
from providers.index.version import catalogue_versions
from providers.models.policy import Searched
from search.asking.emergency import heed_changes
from search.counting.writer import count, count_uses
from search.signals import taps

CACHE = "pages"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
NO_TOKEN = b'name="csrfmiddlewaretoken" value=""'
# What a page depends on besides the catalogue, the day and the program itself.
SETTINGS = ("SEARCH_WEIGHTS", "FRESHNESS_DAYS", "REGION_CODE", "REGION_NAME", "DEMO", "TILES_URL")


class Made(NamedTuple):
    """An answer made just now; `may_cache` when its address says nothing that a person typed.

    `regions` are the codes of the youth regions whose help it shows; None for the whole country.
    `searched` is what it counts for as demand, each time that somebody gets it, and
    `shown` are the offers in it.
    """

    response: HttpResponse
    may_cache: bool
    regions: Collection[str] | None = None
    searched: Sequence[Searched] = ()
    shown: Sequence[int] = ()


class Cached(NamedTuple):
    """A page in the cache, and the version of the catalogue of its regions when it was made."""

    version: str
    regions: Collection[str] | None
    content: bytes
    content_type: str
    searched: Sequence[Searched]
    shown: Sequence[int]


def cached_or_made(request: HttpRequest, make: Callable[[], Made]) -> HttpResponse:
    """Return the page at this address as it was cached, or as `make` makes it."""
    if not settings.PAGE_CACHE_SECONDS or not is_anybody(request):
        made = make()
        _count(request, made)
        return made.response
    # Before anything of the page is read: what is written meanwhile makes it another page.
    versions, key = catalogue_versions(), _key(request)
    cached: Cached | None = caches[CACHE].get(key)
    if cached is not None and cached.version == versions.of(cached.regions):
        _count(request, cached)
        return _personal(request, cached)
    # A page that is new for a changed number may not be made with the old one.
    heed_changes(versions.of(None))
    made = make()
    _count(request, made)
    response = made.response
    if made.may_cache and response.status_code == 200:
        content = zlib.compress(TOKEN.sub(NO_TOKEN, response.content), 1)
        kind = response.headers["Content-Type"]
        version = versions.of(made.regions)
        cached = Cached(version, made.regions, content, kind, made.searched, made.shown)
        caches[CACHE].set(key, cached, settings.PAGE_CACHE_SECONDS)
    return response


def _count(request: HttpRequest, page: Made | Cached) -> None:
    count(request, page.searched)
    count_uses(request, UseKind.SHOWN, page.shown)


def is_anybody(request: HttpRequest) -> bool:
    """Whether nothing is known of who asks: any cookie may change the page.

    But for the token, and the number that tells browsers apart when they tap: no cached page reads
    that.
    """
    return request.method in {"GET", "HEAD"} and not (
        request.COOKIES.keys() - {settings.CSRF_COOKIE_NAME, taps.COOKIE}
    )


def _personal(request: HttpRequest, cached: Cached) -> HttpResponse:
    """Return a cached page with the token of who asks for it."""
    page = zlib.decompress(cached.content)
    if NO_TOKEN in page:
        token = get_token(request).encode()
        page = page.replace(NO_TOKEN, NO_TOKEN[:-1] + token + b'"')
    response = HttpResponse(page, content_type=cached.content_type)
    patch_vary_headers(response, ["Cookie"])
    return response


def _key(request: HttpRequest) -> str:
    parts = (
        request.get_full_path(),
        get_language() or "",
        str(timezone.localdate()),
        program_version(),
        *(repr(getattr(settings, name)) for name in SETTINGS),
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=20).hexdigest()


@functools.cache
def program_version() -> str:
    """Return what stands for the program and its templates, as they were at its start."""
    digest = hashlib.blake2b(digest_size=8)
    for app in ("search", "providers", "templates", "socialekaart"):
        for file in sorted((settings.BASE_DIR / app).rglob("*.*")):
            if file.suffix in {".py", ".html", ".css", ".js"}:
                digest.update(f"{file} {file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()
