"""The offers somebody keeps to compare: a few numbers of offers in a cookie, and nothing else.

Nothing is stored on the server, and the cookie goes when the browser closes. It says nothing
about a child: which question was asked, for what age or where, is not in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase

from search.asking.need import Need

COOKIE = "sk_keuzelijst"
SALT = "search.shortlist.shortlist"
LONGEST_LIST = 12
PARAMETER = "aanbod"
# As many as anybody could have pasted into an address; the rest is not read.
MOST_READ = 50


@dataclass(frozen=True, slots=True)
class Shared:
    """A list in an address: the numbers in it, and how much of it could not be read."""

    offers: tuple[int, ...] = ()
    unreadable: int = 0
    left_off: int = 0


def kept_offers(request: HttpRequest) -> tuple[int, ...]:
    """Return the numbers of the offers this browser keeps, in the order in which they came."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return tuple(filter(None, map(_number, (text or "").split("."))))[:LONGEST_LIST]


def keep(response: HttpResponseBase, offers: Iterable[int]) -> None:
    """Let this browser keep these offers, out of reach of scripts; none removes the cookie."""
    wanted = list(dict.fromkeys(offers))[:LONGEST_LIST]
    if not wanted:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        ".".join(map(str, wanted)),
        salt=SALT,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def toggled(offers: Sequence[int], offer: int) -> tuple[int, ...]:
    """Return the list with this offer added, or without it when it was there."""
    if offer in offers:
        return tuple(kept for kept in offers if kept != offer)
    return (*offers, offer)


def read_shared(params: QueryDict) -> Shared:
    """Read the list in an address; what is no number is counted, never an error."""
    given = params.getlist(PARAMETER)[:MOST_READ]
    numbers = list(dict.fromkeys(filter(None, map(_number, given))))
    unreadable = sum(_number(text) is None for text in given)
    return Shared(tuple(numbers[:LONGEST_LIST]), unreadable, len(numbers[LONGEST_LIST:]))


def list_query(offers: Iterable[int], municipality: str = "") -> str:
    """Return the parameters that share a list: numbers of offers, and a municipality (slug)."""
    query = QueryDict(mutable=True)
    query.setlist(PARAMETER, [str(offer) for offer in offers])
    if municipality:
        query["gemeente"] = municipality
    return query.urlencode()


def family_query(offers: Iterable[int], municipality: str, need: Need) -> str:
    """Return the parameters of a page for the family: such a list, and what was asked."""
    return "&".join(filter(None, [list_query(offers, municipality), need.query]))


def _number(text: str) -> int | None:
    """Return a number that a row can have; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 16 else None
