"""What a row says besides the start, so that one can choose and call without opening it."""

from dataclasses import dataclass

from providers.languages import lower_first
from providers.models import Offer, ServiceArea
from search.cards.reasons import way_in


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What one chooses by besides the start; empty when it is not known.

    `line` is what tells most of its group, wait or ages.
    """

    line: str = ""
    way_in: str = ""
    cost: str = ""
    phone: str = ""
    phone_hours: str = ""
    how_to_start: str = ""


def row_facts(offer: Offer, area: ServiceArea | None, line: str) -> RowFacts:
    """Return what the row of an offer says in this area."""
    provider = offer.provider
    return RowFacts(
        line=line,
        way_in=way_in(area).text if area else "",
        cost=lower_first(offer.cost),
        phone=provider.phone_of_intake,
        phone_hours=provider.hours_of_intake,
        how_to_start=offer.how_to_start,
    )
