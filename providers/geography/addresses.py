"""The point of an address, looked up in the national register through PDOK's Locatieserver.

Only addresses of providers go there. When it cannot be reached, or does not know the address, the
middle of the postcode area stands for it (Location.clean), and pages say so.
"""

import hashlib
import json
import re
import urllib.parse
import urllib.request
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache

from providers.geography.geometry import in_netherlands

POINT = re.compile(r"POINT\(([\d.]+) ([\d.]+)\)", re.ASCII)
MOST_BYTES = 100_000
CACHE_SECONDS = 30 * 24 * 3600
# How long nobody asks again once it could not be reached: a form must not wait for it each time.
AWAY_SECONDS = 120
AWAY = "addresses.away"
# What the cache holds of an address that the register does not know.
UNKNOWN = "unknown"


class AddressPoint(NamedTuple):
    """Where an address is, and in which municipality (CBS code)."""

    lat: float
    lon: float
    municipality: str


def find_address(street: str, postcode: str) -> AddressPoint | None:
    """Return the point of this address; None when it is not known or cannot be looked up."""
    number = _house_number(street)
    full = postcode.replace(" ", "").upper()
    if not settings.PDOK_URL or number is None or len(full) != 6:
        return None
    key = "addresses." + hashlib.blake2b(f"{full}{number}".encode(), digest_size=16).hexdigest()
    known = cache.get(key)
    if known is None and not cache.get(AWAY):
        known = _ask(full, number)
        if known is None:
            cache.set(AWAY, True, AWAY_SECONDS)
        else:
            cache.set(key, known, CACHE_SECONDS)
    return known if isinstance(known, AddressPoint) else None


def _house_number(street: str) -> str | None:
    """Return the number behind the name of a street: 12 of 'Plein 1813 12a'."""
    found = re.findall(r"(?<=\s)\d{1,5}", street, re.ASCII)
    return found[-1] if found else None


def _ask(postcode: str, number: str) -> AddressPoint | str | None:
    """Return the point, UNKNOWN, or None when there was no answer that could be read."""
    query = urllib.parse.urlencode(
        {
            "q": f"{postcode} {number}",
            "fq": f"type:adres AND postcode:{postcode} AND huisnummer:{number}",
            "fl": "centroide_ll,gemeentecode,postcode,huisnummer",
            "rows": 1,
        }
    )
    address = f"{settings.PDOK_URL}/free?{query}"
    try:
        # The address comes from a setting, and what is behind it is a public register.
        with urllib.request.urlopen(address, timeout=settings.PDOK_SECONDS) as answer:  # noqa: S310
            return _read(json.loads(answer.read(MOST_BYTES)), postcode)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(answer: Any, postcode: str) -> AddressPoint | str:
    docs = answer["response"]["docs"]
    if not docs or docs[0]["postcode"] != postcode:
        return UNKNOWN
    found = POINT.fullmatch(docs[0]["centroide_ll"])
    if found is None:
        return UNKNOWN
    lon, lat = float(found[1]), float(found[2])
    if not in_netherlands(lat, lon):
        return UNKNOWN
    return AddressPoint(lat, lon, f"GM{docs[0]['gemeentecode']}")
