"""The organisations that may be the main contractor of an offer, by their name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from providers.models import Offer, Provider, ServiceArea, YouthRegion
from providers.vocabulary.words import normalise


@dataclass(frozen=True, slots=True)
class Contractors:
    """Names in their order, and the numbers that go by each; of one name there may be two."""

    names: tuple[str, ...]
    numbers: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, offer: Offer, region: YouthRegion | None, areas: Iterable[ServiceArea]) -> Self:
        """Return those in this region that everybody sees, and whoever is one of these already."""
        shown = Provider.objects.visible().exclude(pk=offer.provider_id)
        here = shown.in_region(region) if region else shown.none()
        rows = dict(here.order_by("name").values_list("pk", "name"))
        mains = [area.main_contractor for area in areas if area.main_contractor]
        found: dict[str, tuple[int, ...]] = {}
        for number, name in (rows | {one.pk: one.name for one in mains}).items():
            found[normalise(name)] = (*found.get(normalise(name), ()), number)
        return cls(tuple(dict.fromkeys([*rows.values(), *(one.name for one in mains)])), found)

    def number_of(self, name: str) -> int:
        """Return the number of who goes by this name. Raises ValidationError."""
        numbers = self.numbers.get(normalise(name), ())
        if len(numbers) > 1:
            raise ValidationError(_("Zo heten er twee op de kaart. Vraag de regio dit te kiezen."))
        if not numbers:
            raise ValidationError(
                _("Deze organisatie staat hier niet op de kaart. Kies een naam uit de lijst.")
            )
        return numbers[0]
