"""Write the table of places."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from providers.enums import PointPrecision
from providers.geography.addresses import AddressPoint
from providers.models import Location
from providers.services import audit
from providers.services.offers import EditConflictError
from providers.services.providers import add_location
from providers.services.publishing.locations import update_location
from providers.sheets.rows import RowChange, RowSheet


class LocationWriter:
    """Writes the places of one table; a place whose address changed has the point of its postcode.

    No address is looked up elsewhere: a table may have hundreds.
    """

    def __init__(self, by: User, sheet: RowSheet) -> None:
        self.by, self.sheet = by, sheet
        self.names = [one.name for one in sheet.fields]

    def together(self, changes: Iterable[RowChange]) -> Iterable[list[RowChange]]:
        """Yield the changes one by one."""
        return ([one] for one in changes)

    def write(self, changes: Sequence[RowChange]) -> list[dict[str, Any]]:
        """Write a place; returns what undoing needs. Raises ValidationError."""
        (change,) = changes
        values = dict(change.values)
        if change.is_new:
            place = add_location(by=self.by, provider=self.sheet.provider, **values)
            return [{"key": str(place.pk), "new": True}]
        place = Location.objects.get(pk=change.key)
        before = {name: getattr(place, name) for name in self.names}
        row = {"key": change.key, "new": False, "before": before, "point": _point(place)}
        update_location(by=self.by, location=place, shown=before, point=None, **values)
        return [row]

    def undo(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put places back, with the point they had. Raises EditConflictError for one in use."""
        for row in rows:
            place = Location.objects.get(pk=row["key"])
            if row["new"]:
                self._remove(place)
                continue
            shown = {name: getattr(place, name) for name in self.names}
            point = AddressPoint(*row["point"]) if row["point"] else None
            update_location(by=self.by, location=place, shown=shown, point=point, **row["before"])

    def _remove(self, place: Location) -> None:
        if place.offers.exists() or place.runs.exists():
            raise EditConflictError
        audit.record(
            by=self.by,
            action="location.taken_back",
            subject=place.provider,
            changes={"location": str(place)},
        )
        place.delete()


def _point(place: Location) -> list[Any] | None:
    """Return the point of an address, as far as it is one; that of a postcode follows from it."""
    if place.precision != PointPrecision.ADDRESS or place.lat is None:
        return None
    return [place.lat, place.lon, place.municipality_id or ""]
