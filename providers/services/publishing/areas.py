"""All municipalities of an offer written at once, as on a page that shows them all."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.models import User
from providers.enums import AccessRoute, ConfirmedVia, ContractStatus, OfferStatus
from providers.models import Offer, ServiceArea
from providers.models.areas import ROUTE_FIELDS
from providers.models.audit import region_codes, regions_text
from providers.services import audit
from providers.services.confirmations import confirm_offer
from providers.services.offers import EditConflictError, check_complete, publish_completed
from providers.services.waits import refresh_current_waits


@dataclass(frozen=True, slots=True)
class AreaTerms:
    """How an offer is given in one municipality (CBS code): ways in, who pays, until when.

    `main_contractor` is the number of the provider through whom it is paid, of a subcontractor.
    """

    municipality: str
    routes: tuple[AccessRoute, ...] = ()
    contract: ContractStatus = ContractStatus.UNKNOWN
    ends_on: dt.date | None = None
    main_contractor: int | None = None

    @classmethod
    def of(cls, area: ServiceArea) -> "AreaTerms":
        """Return the terms that are stored."""
        contract = ContractStatus(area.contract)
        return cls(
            area.municipality_id,
            tuple(area.routes),
            contract,
            area.ends_on,
            area.main_contractor_id,
        )

    @classmethod
    def from_json(cls, municipality: str, stored: dict[str, Any]) -> "AreaTerms":
        """Return the terms that an audit row holds."""
        return cls(
            municipality,
            tuple(AccessRoute(route) for route in stored["routes"]),
            ContractStatus(stored["contract"]),
            models.DateField().to_python(stored["ends_on"]),
            stored.get("main_contractor"),
        )

    def as_json(self) -> dict[str, Any]:
        """Return them as an audit row holds them."""
        main = {"main_contractor": self.main_contractor} if self.main_contractor else {}
        return {
            "routes": [str(route) for route in self.routes],
            "contract": str(self.contract),
            "ends_on": audit.plain(self.ends_on),
        } | main


@transaction.atomic
def set_service_areas(
    *,
    by: User | None,
    offer: Offer,
    areas: Iterable[AreaTerms],
    expected_version: int | None = None,
    confirmed_via: ConfirmedVia | None = None,
) -> Offer:
    """Say in which municipalities an offer is given, and how; elsewhere it is given no more.

    With `expected_version`, raises EditConflictError when somebody else saved in between. With
    `confirmed_via` somebody of the provider saves, which confirms the offer. Raises
    ValidationError, also when a published offer would lose its last way in.
    """
    fresh = Offer.objects.select_for_update().get(pk=offer.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise EditConflictError
    shown_before = audit.regions_shown_in([fresh])[0]
    changes = _write(fresh, {one.municipality: one for one in areas})
    if fresh.status == OfferStatus.PUBLISHED:
        check_complete(fresh)
    fresh.version += 1
    fresh.save(update_fields=["version", "updated_at"])
    # A municipality that comes back has measurements of before.
    refresh_current_waits([fresh.pk])
    shown_after = audit.regions_shown_in([fresh])[0]
    audit.record(
        by=by,
        action="offer.areas_set",
        subject=fresh,
        changes=changes,
        regions=_both(shown_before, shown_after),
    )
    publish_completed(by, fresh)
    fresh.refresh_from_db()
    return confirm_offer(by=by, offer=fresh, via=confirmed_via) if confirmed_via else fresh


def _write(offer: Offer, wanted: dict[str, AreaTerms]) -> dict[str, Any]:
    """Make the rows of this offer as wanted; returns {CBS code: [before, after]}."""
    stored = {area.municipality_id: area for area in offer.service_areas.all()}
    changes: dict[str, Any] = {}
    for code in sorted(stored.keys() | wanted.keys()):
        area, terms = stored.get(code), wanted.get(code)
        before = AreaTerms.of(area) if area else None
        if before == terms:
            continue
        changes[code] = [before and before.as_json(), terms and terms.as_json()]
        if terms:
            _save(area or ServiceArea(offer=offer, municipality_id=code), terms)
        elif area:
            area.delete()
    return changes


def _save(area: ServiceArea, terms: AreaTerms) -> None:
    set_terms(area, terms)
    area.full_clean()
    area.save()


def set_terms(area: ServiceArea, terms: AreaTerms) -> ServiceArea:
    """Put these terms on an area, without saving it."""
    for route, field in ROUTE_FIELDS.items():
        setattr(area, field, route in terms.routes)
    area.contract, area.ends_on = terms.contract, terms.ends_on
    area.main_contractor_id = terms.main_contractor
    return area


def _both(before: str, after: str) -> str:
    """Return the regions of either: who no longer gives help there was on its pages until now."""
    return regions_text({code for text in (before, after) for code in region_codes(text) if code})
