"""Where a provider gives its offers, as a table: a line per offer and municipality."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from providers.enums import ContractStatus
from providers.models import Municipality, Offer, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.sheets.cells import one_of, quoted, read_day, read_flag, write_day, write_flag
from providers.sheets.offers import offers_of
from providers.sheets.rows import CellError, Field, Line, RowSheet
from providers.vocabulary.choices import choices
from providers.vocabulary.csv_file import Cells

OFFER, PLACE, TITLE = "aanbod", "gemeente", "titel"
REMOVE = "weghalen"
ROUTE_HEADINGS = ("zonder verwijzing", "via lokaal team", "via arts", "via rechter")


class AreaSheet(RowSheet):
    """Municipality, ways in, contract and end date; "weghalen" takes a municipality away."""

    kind = "gemeenten"
    keys = (OFFER, PLACE)
    information = (TITLE,)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The terms on which an offer is given."""
        routes = zip(ROUTE_HEADINGS, ROUTE_FIELDS.values(), strict=True)
        read, write, names = one_of(ContractStatus, ContractStatus.UNKNOWN)
        yes = ("ja", "nee")
        return (
            *(Field(heading, name, read_flag, write_flag, yes) for heading, name in routes),
            Field("contract", "contract", read, write, names),
            Field("tot en met", "ends_on", read_day, write_day, is_day=True),
            Field(REMOVE, "remove", read_flag, write_flag, yes),
        )

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """The offers that a line may be about, by number."""
        return {str(offer.pk): offer for offer in offers_of(self.provider)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, place in choices(Municipality).items():
            found.setdefault(place.name.lower(), []).append(code)
        return found

    def lines(self) -> list[Line]:
        """Return where each offer is given now."""
        rows = ServiceArea.objects.filter(offer__in=list(self.offers.values()))
        ordered = rows.select_related("municipality").order_by(
            "offer__title", "offer", "municipality__name", "pk"
        )
        return [self._line(area) for area in ordered]

    @cached_property
    def _given(self) -> set[str]:
        return {line.key for line in self.lines()}

    def _line(self, area: ServiceArea) -> Line:
        offer, place = self.offers[str(area.offer_id)], area.municipality
        names = [one.name for one in self.fields if one.name != "remove"]
        return Line(
            key=f"{offer.pk} {place.pk}",
            label=f"{offer.title}, {place.name}",
            keys={OFFER: str(offer.pk), PLACE: f"{place.pk} {place.name}", TITLE: offer.title},
            values={**{name: getattr(area, name) for name in names}, "remove": False},
            version=offer.version,
        )

    def key_of(self, cells: Cells) -> str:
        """Return the numbers of the offer and of the municipality."""
        if cells[OFFER] not in self.offers:
            raise CellError(OFFER, _("Dit nummer is niet van uw aanbod."))
        return f"{cells[OFFER]} {self._code(cells[PLACE])}"

    def _code(self, cell: str) -> str:
        code = cell.partition(" ")[0].upper()
        if code in choices(Municipality):
            return code
        named = self._by_name.get(cell.lower(), [])
        if len(named) != 1:
            text = _("Deze gemeente kennen we niet: “%(name)s”. Schrijf de naam of de CBS-code.")
            raise CellError(PLACE, text % {"name": quoted(cell)})
        return named[0]

    def new_label(self, cells: Cells) -> str:
        """Return which offer and where."""
        place = choices(Municipality)[self._code(cells[PLACE])]
        return f"{self.offers[cells[OFFER]].title}, {place.name}"

    def mistakes(
        self, key: str, cells: Cells, values: Mapping[str, Any]
    ) -> Iterable[tuple[str, str]]:
        """Yield that what is not there cannot be taken away."""
        if values["remove"] and key not in self._given:
            yield REMOVE, _("Hier geeft u dit niet. Laat deze rij weg.")
