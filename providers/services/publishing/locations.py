"""Places of a provider, as it keeps them itself: with a point, step-free or not, and hours."""

from typing import Any

from django.db import transaction

from accounts.models import User
from providers.enums import PointPrecision
from providers.geography.addresses import AddressPoint
from providers.models import Location, Municipality, Offer, PostalArea, Provider
from providers.services import audit
from providers.services.index import reindex
from providers.services.offers import EditConflictError, update_offer
from providers.services.providers import add_location

ADDRESS = ("street", "postcode", "town")


@transaction.atomic
def add_location_of_offer(
    *, by: User, offer: Offer, point: AddressPoint | None = None, **fields: Any
) -> Location:
    """Add a place of its provider and give the offer there; `point` is that of the address.

    Of two taps on one button the second adds none. Raises ValidationError.
    """
    Provider.objects.select_for_update().get(pk=offer.provider_id)
    same = Location.objects.filter(provider=offer.provider, source="", **fields).first()
    if same is not None:
        location = same
    else:
        place = fields | _point_fields(point) | _municipality(point, fields.get("postcode", ""))
        location = add_location(by=by, provider=offer.provider, **place)
    places = [*offer.locations.values_list("pk", flat=True), location.pk]
    update_offer(by=by, offer=offer, locations=places)
    return location


@transaction.atomic
def update_location(
    *,
    by: User,
    location: Location,
    shown: dict[str, Any],
    point: AddressPoint | None = None,
    **fields: Any,
) -> Location:
    """Change a place; `point` is that of the address, and counts when the address changed.

    `shown` is what stood in these fields when the page was opened: raises EditConflictError when
    somebody else saved in between. Raises ValidationError.
    """
    fresh = Location.objects.select_for_update().get(pk=location.pk)
    if any(getattr(fresh, name) not in {shown[name], fields[name]} for name in fields):
        raise EditConflictError
    changes = audit.changed_fields(fresh, fields)
    if changes.keys() & set(ADDRESS):
        fields |= _point_fields(point) | _municipality(point, fields.get("postcode", ""))
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    reindex(list(fresh.offers.values_list("pk", flat=True)))
    audit.record(
        by=by,
        action="location.updated",
        subject=fresh.provider,
        changes={"location": fresh.pk, **changes},
    )
    return fresh


def _point_fields(point: AddressPoint | None) -> dict[str, Any]:
    """Return the point as columns; without one the location takes that of its postcode."""
    if point is None:
        return {"lat": None, "lon": None, "precision": PointPrecision.NONE}
    return {"lat": point.lat, "lon": point.lon, "precision": PointPrecision.ADDRESS}


def _municipality(point: AddressPoint | None, postcode: str) -> dict[str, Any]:
    """Return in which municipality an address lies, as far as that is known."""
    found = Municipality.objects.filter(pk=point.municipality).first() if point else None
    if found is None:
        area = PostalArea.objects.select_related("municipality").filter(pk=postcode[:4]).first()
        found = area.municipality if area else None
    return {"municipality": found}
