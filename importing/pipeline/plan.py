"""What a file has and the database lacks, as rows ready to be written."""

from dataclasses import dataclass, field

from providers.models import Location, Offer, Provider, WaitTime
from providers.services.bulk import OfferDraft


@dataclass(slots=True)
class Plan:
    """What would be written. Providers, locations and offers by their key in the source.

    ``all_offers`` has those that exist already too: outcomes of rows point to either.
    """

    providers: dict[str, Provider] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    offers: dict[str, OfferDraft] = field(default_factory=dict)
    waits: list[WaitTime] = field(default_factory=list)
    all_offers: dict[str, Offer] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind would be written."""
        return {
            "aanbieders": len(self.providers),
            "locaties": len(self.locations),
            "aanbod": len(self.offers),
            "werkgebieden": sum(len(draft.municipalities) for draft in self.offers.values()),
            "wachttijden": len(self.waits),
        }

    @property
    def made(self) -> dict[str, list[int]]:
        """The numbers of what was written, by kind, for who wants to undo it."""
        return {
            "providers": [row.pk for row in self.providers.values()],
            "locations": [row.pk for row in self.locations.values()],
            "offers": [draft.offer.pk for draft in self.offers.values()],
        }

    @property
    def nothing(self) -> bool:
        """Whether the database has everything already."""
        return not any(self.counts.values())
