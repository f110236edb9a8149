"""Tells networks apart for one day, without keeping any address.

A signal holds a keyed hash of the network it came from. The key is another one each day, so rows
of two days cannot be laid side by side. Only while somebody taps, and so gives the address, can it
be compared with older rows: with the key of the day of each of them.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

SALT = "providers.networks"
# After so many days no rule looks at it any more, and it is wiped (remove_expired).
REMEMBERED_DAYS = 60


@dataclass(frozen=True, slots=True)
class Network:
    """Where a tap comes from: an IPv4 address or IPv6 /64, in memory only; empty when unknown."""

    address: str = ""

    def on(self, day: dt.date) -> str:
        """Return what stands for this network in the rows of that day; empty when unknown."""
        if not self.address:
            return ""
        salt = f"{SALT}.{day.isoformat()}"
        return salted_hmac(salt, self.address, algorithm="sha256").hexdigest()

    def is_in(self, seen: Iterable[tuple[str, dt.date]]) -> bool:
        """Whether one of these hashes, each with the day of its row, is of this network."""
        return bool(self.address) and any(found == self.on(day) for found, day in seen)


NOWHERE = Network()
