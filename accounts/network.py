"""The network a request comes from: whom every limit counts."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64


def network_of(request: HttpRequest) -> str:
    """Return the IPv4 address or the IPv6 /64 that this request comes from.

    A household or an office has a /64 of its own, with more addresses than there are limits.
    Behind a proxy of ours its header counts, and of that only the last address: what stands
    before it was sent by the visitor.
    """
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        address = forwarded.rpartition(",")[2].strip() or address
    return _cut(address)


def _cut(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        # No address at all (a socket file): all of those together, and never more than a word.
        return re.sub(r"[^\w.:-]", "_", address[:64])
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        # What a server that listens on IPv6 calls an IPv4 address: cut to /64 they are all one.
        return str(found.ipv4_mapped)
    kept = int(found) >> (128 - IPV6_PREFIX) << (128 - IPV6_PREFIX)
    return str(ipaddress.IPv6Address(kept))
