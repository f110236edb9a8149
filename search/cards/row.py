"""What a row says besides the start, so that one can choose and call without opening it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from providers.languages import lower_first
from providers.models import GroupRun, Offer, ServiceArea
from providers.occupancy import occupancy
from providers.rules.freshness import Clocks
from search.cards.consult import Consult, consult_beside
from search.cards.reasons import way_in

# Where a sentence on the cost turns to what is besides; a comma between figures is none.
CLAUSE = re.compile(r"[,;.:]\s+")
FREE = "gratis"
# What makes free help cost something, for the reader and not for somebody else.
_READER = r"(?:je|u|zelf|ouders|gezinnen|deelnemers|kinderen|jongeren|iedereen)"
READER_PAYS = re.compile(
    rf"\d|€|\b{_READER} (?:betaal|betalen)|\bbetaa?l(?:t|en)? {_READER}\b"
    r"|\b(?:kost(?:en)?|bijdrage|behalve|korting|eigen rekening)\b",
    re.IGNORECASE,
)
PAID_FOR = re.compile(
    r"\b(?:betalen wij|wij betalen|geen (?:eigen|kosten|bijdrage)|kost(?:en)? niets"
    r"|(?<!niet )vergoed)",
    re.IGNORECASE,
)
# Free for some people, or at first only: how much of it is free, nobody can say in two words.
NOT_ALWAYS = re.compile(
    r"\b(?:daarna|daarboven|later|vanaf|anders|tenzij|mits|eerste|alleen (?:voor|met|als|in)"
    r"|volwassenen|niet-leden)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[;.:]\s+")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What one chooses by besides the start; empty when it is not known.

    `line` is what tells most of its group, wait or ages; `needed` that a group starts only when
    more people come; `full_cost` what the cost leaves out for want of room.
    """

    line: str = ""
    way_in: str = ""
    cost: str = ""
    phone: str = ""
    phone_hours: str = ""
    how_to_start: str = ""
    needed: str = ""
    full_cost: str = ""
    # Beside a wait of over four weeks: whether one can talk first, and with whom and when.
    consult: Consult | None = None


def row_facts(
    offer: Offer,
    area: ServiceArea | None,
    line: str,
    run: GroupRun | None,
    clocks: Clocks,
    weeks: float,
) -> RowFacts:
    """Return what the row of an offer says in this area; `weeks` until it starts."""
    provider = offer.provider
    full_cost = lower_first(offer.cost)
    cost = _short(full_cost) or _("kosten niet opgegeven")
    return RowFacts(
        line=line,
        way_in=way_in(area).text if area else "",
        cost=cost,
        phone=provider.phone_of_intake,
        phone_hours=provider.hours_of_intake,
        how_to_start=offer.how_to_start,
        needed=_needed(run, clocks) if run else "",
        full_cost="" if full_cost == cost else full_cost,
        consult=consult_beside(offer, weeks),
    )


def _short(cost: str) -> str:
    """Return the first part of what is said of the cost, and that there is more.

    What is free is called so in whole words: the opened row has the rest.
    """
    first, *more = CLAUSE.split(cost.rstrip("."), maxsplit=1)
    if not more:
        return first
    if first == FREE:
        return _how_free(more[0])
    is_free = FREE in first and not NOT_ALWAYS.search(first)
    return first if is_free else f"{first} …"


def _how_free(rest: str) -> str:
    """Return how free it is, by what follows on the word itself."""
    if NOT_ALWAYS.search(rest):
        return f"{FREE} …"
    sentences = SENTENCE.split(rest)
    if any(READER_PAYS.search(one) and not PAID_FOR.search(one) for one in sentences):
        return _("grotendeels gratis")
    return FREE


def _needed(run: GroupRun, clocks: Clocks) -> str:
    needed = occupancy(run, clocks).needed
    return _("let op: %(needed)s") % {"needed": needed} if needed else ""
