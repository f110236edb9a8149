"""Write the table of municipalities, an offer at a time."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from accounts.models import User
from providers.enums import ContractStatus
from providers.models import Offer, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.services.publishing.areas import AreaTerms, set_service_areas
from providers.sheets.rows import RowChange, RowSheet


class AreaWriter:
    """Writes where offers are given; what a table does not name of an offer stays as it is."""

    def __init__(self, by: User, sheet: RowSheet) -> None:
        self.by = by

    def together(self, changes: Iterable[RowChange]) -> Iterable[list[RowChange]]:
        """Yield the changes of each offer together: it may not be without a way in between."""
        in_order = sorted(changes, key=lambda one: (int(_offer_of(one.key)), one.row))
        return (list(rows) for _offer, rows in groupby(in_order, lambda one: _offer_of(one.key)))

    def write(self, changes: Sequence[RowChange]) -> list[dict[str, Any]]:
        """Write the municipalities of an offer. Raises ValidationError, EditConflictError."""
        offer, stored = _stored(_offer_of(changes[0].key))
        terms = {code: AreaTerms.of(area) for code, area in stored.items()}
        # A municipality that is new has none.
        version = max(one.version for one in changes) or None
        rows = [_before(one.key, stored.get(_place_of(one.key))) for one in changes]
        for one in changes:
            code = _place_of(one.key)
            if one.values["remove"]:
                del terms[code]
            else:
                terms[code] = _terms(code, one, terms.get(code))
        set_service_areas(by=self.by, offer=offer, areas=terms.values(), expected_version=version)
        return rows

    def undo(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put the municipalities of each offer back. Raises ValidationError."""
        for number, parts in groupby(rows, lambda row: _offer_of(row["key"])):
            offer, stored = _stored(number)
            terms = {code: AreaTerms.of(area) for code, area in stored.items()}
            for row in parts:
                code = _place_of(row["key"])
                terms.pop(code, None)
                if row["terms"]:
                    # Rows that were stored earlier have it beside the terms.
                    main = {"main_contractor": row.get("main_contractor")}
                    terms[code] = AreaTerms.from_json(code, main | row["terms"])
            set_service_areas(by=self.by, offer=offer, areas=terms.values())


def _offer_of(key: str) -> str:
    return key.partition(" ")[0]


def _place_of(key: str) -> str:
    return key.partition(" ")[2]


def _stored(number: str) -> tuple[Offer, dict[str, ServiceArea]]:
    offer = Offer.objects.get(pk=number)
    return offer, {area.municipality_id: area for area in offer.service_areas.all()}


def _before(key: str, area: ServiceArea | None) -> dict[str, Any]:
    return {"key": key, "terms": AreaTerms.of(area).as_json() if area else None}


def _terms(code: str, change: RowChange, stored: AreaTerms | None) -> AreaTerms:
    """Return what a line says; through whom it is paid has no column, and stays."""
    routes = tuple(route for route, name in ROUTE_FIELDS.items() if change.values[name])
    contract = ContractStatus(change.values["contract"])
    main = stored.main_contractor if stored and contract == stored.contract else None
    return AreaTerms(code, routes, contract, change.values["ends_on"], main)
